# shellcheck shell=sh
# Fills CARTULARY_CACHE. Each part lies in a folder that appears by one rename when it is complete, so
# "is it there?" is a complete answer, a second run does nothing, and a kill leaves at most a work folder
# that the next run removes.

SETUP_PARTS='llama postgresql embedding chat'

# set_up PART... : makes the parts that are missing.
set_up() {
  missing_parts=$(parts_missing "$@")
  [ -n "$missing_parts" ] || return 0
  # The order of the first check and the lock does not matter for safety: every part is looked at again inside.
  open_cache
  missing_parts=$(parts_missing "$@")
  if [ -n "$missing_parts" ]; then
    # shellcheck disable=SC2086  # a list of names
    check_space "$(space_needed $missing_parts)"
    say "setting up in $CARTULARY_CACHE (once): $missing_parts"
    for setup_part in $missing_parts; do
      setup_start=$(date +%s)
      "install_$setup_part"
      say "  $setup_part is ready after $(($(date +%s) - setup_start)) s"
    done
  fi
  close_cache
}

parts_missing() {
  parts_found=
  for part_wanted in "$@"; do
    "has_$part_wanted" || parts_found="$parts_found $part_wanted"
  done
  printf '%s' "${parts_found# }"
}

# space_needed PART... : bytes at the fullest moment, measured with a margin of about a tenth.
space_needed() {
  space_sum=0
  for space_part in "$@"; do
    case $space_part in
      llama) space_sum=$((space_sum + 50000000)) ;;
      postgresql) space_sum=$((space_sum + 180000000)) ;;
      embedding) space_sum=$((space_sum + 95000000)) ;;
      reference) space_sum=$((space_sum + 290000000)) ;;
      chat) space_sum=$((space_sum + 1100000000)) ;;
      templates) space_sum=$((space_sum + 180000000)) ;;
      openai_client) space_sum=$((space_sum + 20000000)) ;;
      vectors) space_sum=$((space_sum + 16000000)) ;;
      vectors_ml_dsa) space_sum=$((space_sum + 3000000)) ;;
    esac
  done
  printf '%s' "$space_sum"
}

# open_cache : makes the cache, takes its lock, and makes an empty work folder in it.
# Children inherit the lock, so that a download whose launcher was killed is not disturbed by the next one.
open_cache() {
  # PostgreSQL runs as another user when the launcher is root: what we make must be readable by everybody.
  caller_umask=$(umask)
  umask 022
  { mkdir -p "$CARTULARY_CACHE" 2>/dev/null && [ -w "$CARTULARY_CACHE" ]; } ||
    fail "$EXIT_IO" "cannot write to the cache $CARTULARY_CACHE: make it writable, or set CARTULARY_CACHE to a folder that is"
  for cache_folder in downloads llama postgresql models reference templates; do
    write_step "$cache_folder" 4096 mkdir -p "$CARTULARY_CACHE/$cache_folder"
  done
  exec 9>>"$CARTULARY_CACHE/lock"
  flock -n 9 || {
    say "another set-up is running in $CARTULARY_CACHE; waiting for it"
    flock -w 3600 9 || fail "$EXIT_FAILED" "another set-up has held $CARTULARY_CACHE/lock for an hour: see what it does, then try again"
  }
  work_dir=$CARTULARY_CACHE/work
  rm -rf "$work_dir"
  write_step 'the work folder' 4096 mkdir "$work_dir"
  trap close_cache EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

close_cache() {
  trap - EXIT INT TERM HUP
  rm -rf "$work_dir"
  umask "$caller_umask"
  exec 9>&-
}

# publish WORK-TREE FINAL-DIR : lists the tree's hashes in it, makes it durable, and lets it appear at once.
publish() {
  write_step "${2##*/}" 100000 list_hashes "$1"
  write_step "${2##*/}" 100000 sync -f "$1"
  write_step "${2##*/}" 4096 mv -T "$1" "$2"
}

list_hashes() {
  cd "$1" && find . -type f ! -name SHA256SUMS -exec sha256sum {} + >"$work_dir/sums" && mv "$work_dir/sums" SHA256SUMS
}

# verify_cache : hashes everything again that set-up installed; finds decay, not an attacker who also edits the list.
verify_cache() {
  verify_failed=
  for verify_sums in "$CARTULARY_CACHE"/*/*/SHA256SUMS; do
    [ -f "$verify_sums" ] || continue
    verify_dir=$(dirname "$verify_sums")
    if (cd "$verify_dir" && sha256sum --quiet -c SHA256SUMS) >&2; then
      say "intact: $verify_dir"
    else
      verify_failed=$verify_dir
    fi
  done
  [ -z "$verify_failed" ] || fail "$EXIT_FAILED" "$verify_failed is damaged (the files are named above): remove that folder and run 'deploy/cartulary setup'"
}
