# Prepares the classes of a program for a fast start: an AOT cache of the JVM, bound to one snapshot
# of the jars and to one JDK. Sourced by bandmaster; build.sh finds the snapshot and class path.
# shellcheck shell=bash disable=SC2154
: "${root:?}"

# Seconds after which preparing classes is given up.
readonly training_limit=90

# Sets training to the arguments of a short run that goes the program's usual way and ends by
# itself, or to nothing where a program has no such run without a network.
choose_training() {
  case $1 in
    dev.bandmaster.demo.Demo) training=(--headless --as ann --say ping) ;;
    *) training=() ;;
  esac
}

# Sets aot_cache, and makes the cache the first time. A failure to make one is not repeated until
# the sources or the JDK change: everything works without, only slower to start.
find_cache() {
  local main=$1 jdk stem training
  choose_training "$main"
  [[ ${#training[@]} -gt 0 && ${BANDMASTER_AOT:-on} != off ]] || return 0
  jdk=$(cksum <"$JAVA_HOME/release")
  stem=$snapshot/start-${jdk%% *}
  if [[ ! -e $stem.log && -w $snapshot ]]; then
    lock_builds
    [[ -e $stem.log ]] || train "$main" "$stem"
    unlock_builds
  fi
  # start_program reads it.
  # shellcheck disable=SC2034
  [[ ! -e $stem.aot ]] || aot_cache=$stem.aot
}

# Runs the program once and lets the JVM write down what it loaded. The log comes last: with it,
# the training counts as done.
train() {
  local main=$1 stem=$2 java_options
  say "Preparing a fast start (once per build) …"
  choose_java_options short
  if bounded "$JAVA_HOME/bin/java" "${java_options[@]}" "-XX:AOTCacheOutput=$stem.new" \
    -cp "$class_path" "$main" "${training[@]}" >"$stem.new.log" 2>&1 </dev/null 9>&- &&
    [[ -s $stem.new ]]; then
    mv "$stem.new" "$stem.aot"
  fi
  rm -f "$stem.new" "$stem.new.config"
  mv "$stem.new.log" "$stem.log"
}

# Runs a command for at most training_limit seconds, where the system can bound it.
bounded() {
  if command -v timeout >/dev/null; then
    timeout --kill-after=5 "$training_limit" "$@"
  else
    "$@"
  fi
}
