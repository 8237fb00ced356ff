# shellcheck shell=sh
# The commands. Each gathers what it needs, makes what is missing, and ends in the program it is for.

# What the appliance's command line knows; see command_client for why the launcher lists them.
CLIENT_COMMANDS='ingest search ask eval calibrate calibrations synonyms bench audit models index people keys groups grants labels
 levels rules mark purposes rights emergencies acts restore'

# exec_appliance ARG... : the launcher becomes the appliance, so that signals and the exit code are its own.
# A process whose memory ran out ends at once: half dead it would answer wrongly. CARTULARY_JAVA_OPTS wins.
# Lucene reads postings faster with the incubating vector module, of which the JVM warns on each start: worth it for
# the commands that stay or measure, noise for the others.
exec_appliance() {
  case $1 in
    serve | demo | eval | bench) vector_option=--add-modules=jdk.incubator.vector ;;
    *) vector_option= ;;
  esac
  # shellcheck disable=SC2086  # a list of options
  exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED $vector_option \
    -XX:+ExitOnOutOfMemoryError -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
    "-Dcartulary.demo=$demo_dir" "-Dcartulary.verifier=$verifier_jar" ${CARTULARY_JAVA_OPTS:-} \
    -jar "$appliance_jar" "$@"
}

# prepare PART... : finds or installs the tools that are needed to make what is missing, and sets up the parts.
prepare() {
  choose_platform
  [ -z "$(parts_missing "$@")" ] || need_for_set_up
  require
  set_up "$@"
}

need_for_set_up() {
  need gcc tar xz flock
  [ -n "${CARTULARY_ARTIFACTS:-}" ] || need npm mvn curl
}

# prepare_all : everything between a bare machine and a runnable appliance.
prepare_all() {
  need_for_build "$appliance_jar"
  # shellcheck disable=SC2086  # a list of names
  prepare $SETUP_PARTS
  build_appliance
  make_chat_copy
}

need_for_build() {
  jar_is_current "$1" || need git mvn flock
}

build_appliance() {
  build_jar "$appliance_jar" -pl appliance,compliance/verifier -am
}

# command_appliance demo|serve [--home DIR] ARG... : the commands that start an appliance.
command_appliance() {
  appliance_command=$1
  shift
  next_is_home=no
  for argument in "$@"; do
    shift
    case $next_is_home,$argument in
      yes,*) CARTULARY_HOME=$(absolute "$argument") && next_is_home=no ;;
      no,-h | no,--help) show_help "$appliance_command" && exit 0 ;;
      no,--home) next_is_home=yes ;;
      no,--home=*) CARTULARY_HOME=$(absolute "${argument#--home=}") ;;
      *) set -- "$@" "$argument" ;;
    esac
  done
  [ "$next_is_home" = no ] || usage_error "$appliance_command" '--home needs a folder'
  prepare_all
  exec_appliance "$appliance_command" "$@"
}

# command_client COMMAND ARG... : what the launcher does not know itself belongs to the appliance. Before the first
# build an unknown word is refused here, rather than after minutes of set-up.
command_client() {
  case " $CLIENT_COMMANDS " in
    *" $1 "*) ;;
    *) [ -f "$appliance_jar" ] || fail "$EXIT_USAGE" "there is no command '$1'; 'deploy/cartulary help' lists them" ;;
  esac
  if asks_for_help "$@"; then
    need_for_build "$appliance_jar"
    require
    build_appliance
  else
    prepare_all
  fi
  exec_appliance "$@"
}

asks_for_help() {
  for argument in "$@"; do
    case $argument in -h | --help) return 0 ;; esac
  done
  return 1
}

# command_verifier verify|verify-receipt|fsck ARG... : the standalone verifier needs neither appliance nor set-up.
command_verifier() {
  need_for_build "$verifier_jar"
  require
  build_jar "$verifier_jar" -pl compliance/verifier -am
  exec "$JAVA_HOME/bin/java" -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -jar "$verifier_jar" "$@"
}

# command_setup [--verify] [PART...] : all parts, the build and the model's copy; or only the parts that are named.
command_setup() {
  for argument in "$@"; do
    case $argument in
      -h | --help) show_help setup && exit 0 ;;
      --verify) [ $# -eq 1 ] || usage_error setup '--verify stands alone' ;;
      llama | postgresql | embedding | chat | reference | vectors | vectors_ml_dsa) ;;
      templates) need git ;;
      *) usage_error setup "setup does not know '$argument'" ;;
    esac
  done
  case ${1-} in
    '')
      prepare_all
      measure_chat_models
      say "ready; everything is in $CARTULARY_CACHE"
      ;;
    --verify) verify_cache ;;
    *)
      prepare "$@"
      say "ready: $*"
      ;;
  esac
}

# command_test [--long] : the gate. Maven is not told to stay offline: it asks the network only for what its
# local repository lacks, and a fresh machine lacks everything.
command_test() {
  test_long=false
  for argument in "$@"; do
    case $argument in
      -h | --help) show_help test && exit 0 ;;
      --long) test_long=true ;;
      *) usage_error test "test does not know '$argument'" ;;
    esac
  done
  need git mvn
  # shellcheck disable=SC2086  # a list of names
  prepare $SETUP_PARTS
  # Tests build the appliance anyway; only the copy of the chat model needs it beforehand.
  has_chat_copy || build_appliance
  make_chat_copy
  # In a subshell: without the templates the tests that need them are merely skipped.
  (prepare templates) || say 'going on without the chat templates; the tests that need them will be skipped'
  prefer_packages chromium go xmod openssl shellcheck ip node
  prefer_openai_client
  prefer_vectors
  quiet_maven
  cd "$root_dir" || fail "$EXIT_IO" "cannot enter $root_dir"
  # Modules that do not need each other side by side: most tests wait for processes as long as they compute.
  exec mvn -B -T 2 "-Dcartulary.long=$test_long" verify
}

command_help() {
  choose_help=${1-overview}
  case $choose_help,${2-} in audit,verify) choose_help=audit-verify ;; esac
  if [ -f "$deploy_dir/help/$choose_help.txt" ]; then
    show_help "$choose_help"
  else
    command_client "$choose_help" --help
  fi
}

show_help() {
  cat "$deploy_dir/help/$1.txt"
}
