# shellcheck shell=sh
# Where things lie. Everything else in the launcher asks here.

# choose_paths : exports CARTULARY_HOME and CARTULARY_CACHE as absolute paths.
choose_paths() {
  if is_root; then
    default_home=/var/lib/cartulary
    default_cache=/var/cache/cartulary
  else
    default_home=${XDG_DATA_HOME:-${HOME:-}/.local/share}/cartulary
    default_cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}/cartulary
  fi
  CARTULARY_HOME=$(absolute "${CARTULARY_HOME:-$default_home}")
  CARTULARY_CACHE=$(absolute "${CARTULARY_CACHE:-$default_cache}")
  export CARTULARY_HOME CARTULARY_CACHE

  appliance_jar=$root_dir/appliance/target/cartulary.jar
  verifier_jar=$root_dir/compliance/verifier/target/cartulary-verifier.jar
  demo_dir=$deploy_dir/demo
}

# choose_platform : sets platform as the artifacts are named. Libraries for arm64 are pinned too, but the appliance has
# never run there.
choose_platform() {
  case $(uname -m) in
    x86_64 | amd64) platform=x64 ;;
    *) fail "$EXIT_MISSING" "this machine is a $(uname -m); the appliance runs on x86_64 only so far" ;;
  esac
}

is_root() {
  [ "$(id -u)" -eq 0 ]
}

# absolute PATH : PATH seen from the root folder; it need not exist.
absolute() {
  case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$(pwd)/$1" ;;
  esac
}
