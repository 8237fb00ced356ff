# shellcheck shell=sh
# One way in for every file from outside: fetched into the work folder, checked against its pin, then renamed
# into downloads/<sha256>-<name>.

MAVEN_DEPENDENCY_PLUGIN=org.apache.maven.plugins:maven-dependency-plugin:3.9.0

# pin KEY : sets pin_name, pin_bytes, pin_sha256 and pin_origin from artifacts.txt.
pin() {
  while read -r pin_key pin_name pin_bytes pin_sha256 pin_origin; do
    [ "$pin_key" = "$1" ] && return 0
  done <"$deploy_dir/lib/artifacts.txt"
  fail "$EXIT_FAILED" "artifacts.txt has no line for $1"
}

# obtain KEY : sets artifact to the checked file. Ends the launcher where it cannot be had.
obtain() {
  try_obtain "$1" && return 0
  [ -z "${CARTULARY_ARTIFACTS:-}" ] || fail "$EXIT_MISSING" "CARTULARY_ARTIFACTS is $CARTULARY_ARTIFACTS, where" \
    "$pin_name is missing: place it there ($pin_origin, $pin_bytes bytes, SHA-256 $pin_sha256)"
  fail "$EXIT_IO" "cannot fetch $pin_name from $pin_origin (the last words of what failed are above):" \
    "look at the network and run the same command again, or place the file in a folder and name it by CARTULARY_ARTIFACTS"
}

# try_obtain KEY : as obtain, but returns 1 where the file cannot be fetched. A wrong hash always ends the launcher.
try_obtain() {
  pin "$1"
  artifact=$CARTULARY_CACHE/downloads/$pin_sha256-$pin_name
  if [ -f "$artifact" ]; then
    [ "$(sha256_of "$artifact")" = "$pin_sha256" ] && return 0
    say "$artifact was damaged since it was fetched; fetching it again"
    rm -f "$artifact"
  fi
  fetched=$work_dir/$pin_name
  if [ -n "${CARTULARY_ARTIFACTS:-}" ]; then
    take_from_folder "$CARTULARY_ARTIFACTS" || return 1
  else
    fetch_from_origin || return 1
  fi
  keep_if_genuine
}

# take_from_folder DIR : a folder of plain files, or the downloads folder of another cache; 1 where the file is missing.
take_from_folder() {
  for offered in "$1/$pin_name" "$1/$pin_sha256-$pin_name"; do
    if [ -e "$offered" ]; then
      say "  taking $pin_name ($(megabytes "$pin_bytes")) from $1"
      write_step "$pin_name" "$pin_bytes" copy_stream "$offered" "$fetched"
      return 0
    fi
  done
  return 1
}

copy_stream() {
  cat "$1" >"$2"
}

fetch_from_origin() {
  say "  fetching $pin_name ($(megabytes "$pin_bytes"))"
  case $pin_origin in
    npm:*) fetch_output=$(fetch_npm "${pin_origin#npm:}" 2>&1) ;;
    maven:*) fetch_output=$(fetch_maven "${pin_origin#maven:}" 2>&1) ;;
    pool:*) fetch_output=$(fetch_pool "${pin_origin#pool:}" 2>&1) ;;
    source:*) fetch_output=$(fetch_debian_source "${pin_origin#source:}" 2>&1) ;;
    *) fail "$EXIT_FAILED" "artifacts.txt has no known origin for $pin_name: $pin_origin" ;;
  esac || fetch_failed "$?"
}

fetch_failed() {
  if ran_out_of_space "$1" "$fetch_output"; then
    step_failed "$1" "$pin_name" "$pin_bytes" "$fetch_output"
  fi
  printf '%s\n' "$fetch_output" | last_words 5 >&2
  return 1
}

# npm's own cache goes to the work folder: the tarball is kept in downloads/ anyway, and HOME may be small.
fetch_npm() {
  (cd "$work_dir" && npm_config_cache=$work_dir/npm npm_config_update_notifier=false \
    npm pack "$1" --silent --pack-destination "$work_dir" && rm -rf "$work_dir/npm")
}

fetch_maven() {
  (quiet_maven && cd "$work_dir" && mvn -q -B "$MAVEN_DEPENDENCY_PLUGIN:copy" "-Dartifact=$1" \
    "-DoutputDirectory=$work_dir" -Dmdep.useBaseVersion=true)
}

# keep_if_genuine : the one gate between the outside and the cache.
keep_if_genuine() {
  [ -f "$fetched" ] || fail "$EXIT_FAILED" "$pin_origin did not bring a file named $pin_name"
  found_sha256=$(sha256_of "$fetched")
  if [ "$found_sha256" != "$pin_sha256" ]; then
    rm -f "$fetched"
    fail "$EXIT_FAILED" "$pin_name has the wrong SHA-256 and was not used: expected $pin_sha256, found $found_sha256." \
      "Run the same command again; if the hash stays wrong, somebody on the way changed the file or the registry replaced it:" \
      "place the genuine file ($pin_bytes bytes) in a folder and name it by CARTULARY_ARTIFACTS"
  fi
  # Durable before it gets its name: after a power cut the name must not stand for half a file.
  write_step "$pin_name" "$pin_bytes" sync "$fetched"
  write_step "$pin_name" "$pin_bytes" mv "$fetched" "$artifact"
}

sha256_of() {
  sha256sum "$1" | cut -d ' ' -f 1
}

# expect_sha256 FILE SHA256 WHAT : for files that come out of a checked archive.
expect_sha256() {
  expect_found=$(sha256_of "$1")
  [ "$expect_found" = "$2" ] || fail "$EXIT_FAILED" "$3 has the wrong SHA-256 and was not used: expected $2, found $expect_found"
}
