# shellcheck shell=sh
# Debian 13's package index, in a folder of its own: signatures are checked, nothing is installed, and the
# machine's apt configuration is only read. Its mirror is the one that this machine uses.

DEBIAN_SUITE=trixie
DEBIAN_KEYRING=${CARTULARY_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

# debian_mirror : prints the address of the machine's Debian mirror.
debian_mirror() {
  command -v apt-get >/dev/null || {
    echo "this machine has no apt-get; set-up reads Debian's package index with it"
    return 1
  } >&2
  mirror=$(mirror_in_index)
  if [ -z "$mirror" ]; then
    # A fresh machine has no index yet: read one into the work folder.
    mkdir -p "$work_dir/lists/partial"
    apt-get -q -o Dir::State::Lists="$work_dir/lists" -o APT::Sandbox::User=root update >&2 || return 1
    mirror=$(mirror_in_index -o Dir::State::Lists="$work_dir/lists")
  fi
  [ -n "$mirror" ] || {
    echo "apt's configuration on this machine names no mirror of Debian"
    return 1
  } >&2
  printf '%s' "${mirror%/}"
}

mirror_in_index() {
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-bookworm}")
  # shellcheck disable=SC2016  # apt's own variables
  apt-get "$@" indextargets --format '$(REPO_URI)|$(RELEASE)' | sed -n "s/|$codename\$//p" | sed -n 1p
}

# debian_apt KINDS COMMAND... : apt-get in the work folder, with the index of KINDS (deb, deb-src) read first.
debian_apt() {
  apt_kinds=$1
  shift
  apt_dir=$work_dir/apt
  apt_mirror=$(debian_mirror) || return 1
  mkdir -p "$apt_dir/etc" "$apt_dir/lists/partial" "$apt_dir/cache/archives/partial" || return 1
  printf 'Types: %s\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$apt_kinds" "$apt_mirror/" "$DEBIAN_SUITE" "$DEBIAN_KEYRING" >"$apt_dir/etc/suite.sources" || return 1
  debian_apt_get -q update && (cd "$work_dir" && debian_apt_get -q "$@")
}

debian_apt_get() {
  apt-get -o APT::Sandbox::User=root -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$apt_dir/etc" \
    -o Dir::State::Lists="$apt_dir/lists" -o Dir::Cache="$apt_dir/cache" "$@"
}

fetch_pool() {
  pool_mirror=$(debian_mirror) || return 1
  curl -fsS --retry 3 --connect-timeout 20 --max-time 900 -o "$fetched" "$pool_mirror/pool/$1"
}

fetch_debian_source() {
  debian_apt deb-src source --download-only "$1"
}

# obtain_headers KEY : sets artifact to PostgreSQL's server headers. Point releases vanish from Debian's pool, so
# where the pinned one is gone, the current one is taken: apt has checked it against Debian's signed index.
obtain_headers() {
  pin "$1"
  artifact=$CARTULARY_CACHE/downloads/$pin_sha256-$pin_name
  if [ -f "$artifact" ] || [ -n "${CARTULARY_ARTIFACTS:-}" ]; then
    obtain "$1"
    return 0
  fi
  say "  fetching ${pin_origin#deb:} ($(megabytes "$pin_bytes"), and Debian's index, 10 MB)"
  fetch_output=$(debian_apt deb download "${pin_origin#deb:}" 2>&1) || {
    fetch_failed "$?" || fail "$EXIT_IO" "cannot fetch $pin_name from Debian's index (the last words of apt-get are above):" \
      "look at the network and run the same command again, or place the file in a folder and name it by CARTULARY_ARTIFACTS"
  }
  fetched=$work_dir/$pin_name
  if [ -f "$fetched" ]; then
    keep_if_genuine
  else
    keep_newer_headers "$work_dir/${pin_origin#deb:}"_*.deb
  fi
}

keep_newer_headers() {
  [ -f "$1" ] || fail "$EXIT_FAILED" "apt-get brought no package ${pin_origin#deb:}"
  say "  Debian now serves ${1##*/} instead of $pin_name; its signature was checked by apt"
  artifact=$CARTULARY_CACHE/downloads/$(sha256_of "$1")-${1##*/}
  write_step "${1##*/}" "$pin_bytes" mv "$1" "$artifact"
}
