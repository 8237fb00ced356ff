# shellcheck shell=sh
# A full disk, said in a sentence: before the work where it can be foreseen, and when it happens.

# free_bytes DIR
free_bytes() {
  df -Pk "$1" | awk 'NR == 2 { printf "%.0f", $4 * 1024 }'
}

# check_space BYTES
check_space() {
  space_free=$(free_bytes "$CARTULARY_CACHE")
  [ "$space_free" -ge "$1" ] || fail "$EXIT_IO" \
    "the disk under $CARTULARY_CACHE is too full: set-up needs $1 bytes ($(megabytes "$1")) and $space_free" \
    "($(megabytes "$space_free")) are free; make room, or set CARTULARY_CACHE to a folder on a larger disk"
}

# write_step WHAT BYTES COMMAND... : runs a command (or function) that writes; its words are shown only if it fails.
write_step() {
  step_what=$1
  step_bytes=$2
  shift 2
  step_output=$("$@" 2>&1 </dev/null) || step_failed "$?" "$step_what" "$step_bytes" "$step_output"
}

step_failed() {
  if ran_out_of_space "$1" "$4"; then
    fail "$EXIT_IO" "the disk under $CARTULARY_CACHE is full: $2 needs $3 bytes ($(megabytes "$3")) and" \
      "$(free_bytes "$CARTULARY_CACHE") are free, or this user may not write so much; make room and run the same command again"
  fi
  printf '%s\n' "$4" | last_words 12 >&2
  fail "$EXIT_FAILED" "$2 could not be made (the last words of what failed are above)"
}

# 153 is a command ended by SIGXFSZ: a limit on file sizes.
ran_out_of_space() {
  [ "$1" -eq 153 ] && return 0
  case $2 in
    *'No space left'* | *ENOSPC* | *'File too large'* | *EFBIG* | *'quota exceeded'*) return 0 ;;
    *) return 1 ;;
  esac
}
