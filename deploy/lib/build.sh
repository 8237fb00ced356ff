# shellcheck shell=sh
# Builds the jars from the sources beside the launcher, only when they are missing or old.

# Maven's own libraries use what JDK 25 warns about; four warnings on each start tell the reader nothing.
quiet_maven() {
  MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
  export MAVEN_OPTS
}

# jar_is_current JAR : it was built, or found current by a build, after the last change of its sources, and no build
# of it was cut short. The stamp is there because Maven leaves a jar alone when only a library beside it changed.
jar_is_current() {
  [ -f "$1" ] && [ ! -e "$1.building" ] || return 1
  [ -f "$root_dir/pom.xml" ] || return 0
  no_source_is_newer_than "$1" "$1" || { [ -f "$1.built" ] && no_source_is_newer_than "$1" "$1.built"; }
}

# no_source_is_newer_than JAR FILE : the verifier is made of its own folder only, the appliance of all.
no_source_is_newer_than() {
  case $1 in
    "$verifier_jar") newer=$(newer_sources "$2" "$root_dir/pom.xml" "$root_dir/compliance/verifier") ;;
    *) newer=$(newer_sources "$2" "$root_dir") ;;
  esac
  [ -z "$newer" ]
}

# newer_sources FILE PATH... : prints the first. Folders count too: their time changes when a file in them is deleted.
newer_sources() {
  newer_than=$1
  shift
  find "$@" \( -name target -o -name '.git' -o -path '*/src/test' -o -path "$deploy_dir" \) -prune \
    -o \( -name pom.xml -o -path '*/src/*' \) -newer "$newer_than" -print | head -n 1
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
