# shellcheck shell=sh
# Words to the person at the terminal. All of them go to standard error, so that standard output
# stays free for what a command prints (--json).

# 1: anything without a code of its own, a wrong hash among it; 2: wrong use;
# 69: a prerequisite is missing (EX_UNAVAILABLE of sysexits.h); 74: a disk or the network failed (EX_IOERR).
EXIT_FAILED=1
EXIT_USAGE=2
EXIT_MISSING=69
EXIT_IO=74

say() {
  printf 'cartulary: %s\n' "$*" >&2
}

# fail CODE WORDS... : says the words and ends the launcher.
fail() {
  fail_code=$1
  shift
  say "$*"
  exit "$fail_code"
}

# usage_error COMMAND WORDS...
usage_error() {
  usage_command=$1
  shift
  fail "$EXIT_USAGE" "$*; 'deploy/cartulary help $usage_command' shows its use"
}

# megabytes BYTES : as a person reads it, never rounded down to 0.
megabytes() {
  printf '%s MB' "$((($1 + 999999) / 1000000))"
}

# last_words LINES : the end of what a tool said, without what Maven says at the end of every failure.
last_words() {
  sed -e 's/\x1b\[[0-9;]*m//g' -e '/^$/d' -e '/^\[ERROR\] *$/d' -e '/Re-run Maven/d' -e '/stack trace of the errors/d' \
    -e '/For more information about the errors/d' -e '/^\[ERROR\] \[Help 1\]/d' | tail -n "$1"
}
