# shellcheck shell=sh
# What must be on the machine beforehand. Everything that is missing is gathered first and then either
# installed (Debian packages, when we are root) or named in one sentence.

missing_packages=

# need WHAT... : notes the Debian package of each tool that is absent.
# Tools: git mvn gcc npm curl tar xz flock (set-up and build), chromium go xmod openssl shellcheck ip node (tests).
need() {
  for tool in "$@"; do
    has_tool "$tool" || note_package "$(package_of "$tool")"
  done
}

note_package() {
  case " $missing_packages " in
    *" $1 "*) ;;
    *) missing_packages="$missing_packages $1" ;;
  esac
}

has_tool() {
  case $1 in
    # gcc alone cannot compile: Debian only recommends the C library's headers.
    gcc) command -v gcc >/dev/null && [ -e /usr/include/stdio.h ] ;;
    xmod) [ -d /usr/share/gocode/src/golang.org/x/mod ] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

package_of() {
  case $1 in
    mvn) echo maven ;;
    gcc) echo gcc libc6-dev ;;
    xz) echo xz-utils ;;
    flock) echo util-linux ;;
    go) echo golang-go ;;
    xmod) echo golang-golang-x-mod-dev ;;
    ip) echo iproute2 ;;
    node) echo nodejs ;;
    *) echo "$1" ;;
  esac
}

# require : finds JDK 25, installs what `need` noted, and ends with one sentence if anything is still missing.
require() {
  java_missing=
  find_java || java_missing="JDK $JAVA_NEEDED (for example Eclipse Temurin $JAVA_NEEDED, from adoptium.net or your\
distributor; unpack it under /usr/lib/jvm or set CARTULARY_JAVA_HOME to its folder)"
  missing_packages=${missing_packages# }
  if [ -n "$missing_packages" ] && can_install; then
    install_packages "$missing_packages"
    missing_packages=
  fi
  if [ -n "$missing_packages" ] && [ -n "$java_missing" ]; then
    fail "$EXIT_MISSING" "missing: $java_missing, and the Debian packages $missing_packages" \
      "(as root: apt-get install $missing_packages)"
  elif [ -n "$missing_packages" ]; then
    fail "$EXIT_MISSING" "missing: the Debian packages $missing_packages (as root: apt-get install $missing_packages)"
  elif [ -n "$java_missing" ]; then
    fail "$EXIT_MISSING" "missing: $java_missing"
  fi
}

# prefer_packages TOOL... : as `need` and `require`, but for tools without which tests are merely skipped.
prefer_packages() {
  missing_packages=
  need "$@"
  missing_packages=${missing_packages# }
  [ -n "$missing_packages" ] || return 0
  if can_install; then
    (install_packages "$missing_packages") || say "going on without them; the tests that need them will be skipped"
  else
    say "the tests that need the Debian packages $missing_packages will be skipped" \
      "(as root: apt-get install $missing_packages)"
  fi
  missing_packages=
}

can_install() {
  is_root && command -v apt-get >/dev/null
}

install_packages() {
  say "installing the Debian packages $1"
  # shellcheck disable=SC2086  # a list of names
  install_output=$(
    export DEBIAN_FRONTEND=noninteractive
    { apt-get -q update && apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $1; } 2>&1
  ) || {
    printf '%s\n' "$install_output" | tail -n 5 >&2
    fail "$EXIT_MISSING" "apt-get could not install $1 (its last words are above): install them by hand and try again"
  }
}
