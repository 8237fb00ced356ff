# shellcheck shell=sh
# Builds the jars from the sources beside the launcher, only when they are missing or old.

# Maven's own libraries use what JDK 25 warns about; four warnings on each start tell the reader nothing.
quiet_maven() {
  MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
  export MAVEN_OPTS
}

# jar_is_current JAR : it was built, or found current by a build, after the last change of any source.
# The stamp is there because Maven leaves a jar alone when only a library beside it changed.
jar_is_current() {
  [ -f "$1" ] || return 1
  [ -f "$root_dir/pom.xml" ] || return 0
  nothing_is_newer_than "$1" || { [ -f "$1.built" ] && nothing_is_newer_than "$1.built"; }
}

# Folders count too: their time changes when a file in them is deleted or renamed.
nothing_is_newer_than() {
  newer=$(find "$root_dir" \( -name target -o -name '.git' -o -path '*/src/test' -o -path "$deploy_dir" \) -prune \
    -o \( -name pom.xml -o -path '*/src/*' \) -newer "$1" -print | head -n 1)
  [ -z "$newer" ]
}

# build_jar JAR MAVEN-ARGUMENT... : one build at a time in this source tree; others wait and then find it current.
build_jar() {
  build_target=$1
  shift
  jar_is_current "$build_target" && return 0
  exec 8<"$root_dir/pom.xml"
  flock 8
  if ! jar_is_current "$build_target"; then
    run_build "$build_target" "$@"
  fi
  exec 8<&-
}

run_build() {
  run_build_target=$1
  shift
  say "building ${run_build_target##*/} with Maven (a minute or two the first time)"
  run_build_start=$(date +%s)
  mkdir -p "${run_build_target%/*}"
  : >"$run_build_target.building"
  # Formatting is checked by `test`; a run needs neither that check nor the download of its tools.
  run_build_output=$(
    quiet_maven
    cd "$root_dir" && mvn -q -B -DskipTests -Dspotless.check.skip=true "$@" package 2>&1
  ) || {
    printf '%s\n' "$run_build_output" | last_words 40 >&2
    fail "$EXIT_FAILED" "Maven could not build ${run_build_target##*/} (its words are above)"
  }
  [ -f "$run_build_target" ] || fail "$EXIT_FAILED" "Maven ended well but left no $run_build_target"
  # The time at which the build began: a source changed meanwhile counts as newer.
  mv "$run_build_target.building" "$run_build_target.built"
  say "built in $(($(date +%s) - run_build_start)) s"
}
