# shellcheck shell=sh
# Finds a JDK 25, wherever it was installed. The default `java` of a Debian 12 machine is 17.

JAVA_NEEDED=25

# find_java : exports JAVA_HOME, or returns 1 where no JDK 25 is to be found.
# An explicit CARTULARY_JAVA_HOME is taken at its word: a wrong one is an error, not a hint.
find_java() {
  if [ -n "${CARTULARY_JAVA_HOME:-}" ]; then
    java_fits "$CARTULARY_JAVA_HOME" || fail "$EXIT_MISSING" \
      "CARTULARY_JAVA_HOME is $CARTULARY_JAVA_HOME, which is not a JDK $JAVA_NEEDED" \
      "($(java_described "$CARTULARY_JAVA_HOME")): set it to the folder of one, or unset it"
    use_java "$CARTULARY_JAVA_HOME"
    return 0
  fi
  for java_candidate in "${JAVA_HOME:-/nowhere}" "${CARTULARY_JVM_DIR:-/usr/lib/jvm}"/* \
    /usr/java/* /opt/java/* /opt/*jdk* "${HOME:-/nowhere}"/.sdkman/candidates/java/* \
    "${HOME:-/nowhere}"/.jdks/* "$(java_on_path)"; do
    if java_fits "$java_candidate"; then
      use_java "$java_candidate"
      return 0
    fi
  done
  return 1
}

use_java() {
  JAVA_HOME=$1
  export JAVA_HOME
}

# java_fits DIR : a JDK (not only a run time) whose file `release` names the major version that we need.
java_fits() {
  [ -r "$1/release" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  grep -q "^JAVA_VERSION=\"${JAVA_NEEDED}[.\"]" "$1/release"
}

java_described() {
  if [ -r "$1/release" ]; then
    grep '^JAVA_VERSION=' "$1/release" || printf 'its file "release" names no version'
  else
    printf 'it has no file "release"'
  fi
}

# java_on_path : the folder of the `java` on PATH; it is often reached through symbolic links.
java_on_path() {
  java_command=$(command -v java) || java_command=/nowhere/bin/java
  java_command=$(readlink -f "$java_command" || printf '%s' "$java_command")
  dirname "$(dirname "$java_command")"
}
