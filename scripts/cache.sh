# Prepares the classes of a program for a fast start: an AOT cache of the JVM, bound to one snapshot
# of the jars, to the folder it lies in and to one JDK. Sourced by bandmaster; build.sh finds the
# snapshot and class path.
# shellcheck shell=bash disable=SC2154
: "${root:?}"

# Seconds after which preparing classes is aborted.
readonly training_limit=90

# Seconds after which a program that would run forever is stopped. By then it has opened a
# new store and tried to connect.
readonly training_span=6

# Sets training to the arguments of a run that goes the program's usual way without a network, or to
# nothing where there is none, and surroundings to what is put in front of the program for it.
choose_training() {
  local command=$1 data=$2
  surroundings=()
  case $command in
    demo) training=(--headless --as ann --say ping) ;;
    run)
      training=()
      command -v timeout >/dev/null || return 0
      # Nothing listens on these ports.
      surroundings=(timeout "$training_span" env
        SLACK_APP_TOKEN=xapp-nobody-listens SLACK_BOT_TOKEN=xoxb-nobody-listens
        SLACK_API_URL=http://127.0.0.1:1/api/ BANDMASTER_BROKER=amqp://127.0.0.1:1
        "BANDMASTER_DATA=$data" BANDMASTER_WEB_PORT=0)
      training=(run --config "$root/config/bandmaster.yaml")
      ;;
    *) training=() ;;
  esac
}

# Sets aot_cache, and makes the cache the first time. A failure to make one is not repeated until
# the sources, the JDK or the place of the jars change: everything works without, only slower to start.
find_cache() {
  local command=$1 main=$2 jdk stem data training surroundings
  [[ ${BANDMASTER_AOT:-on} != off ]] || return 0
  jdk=$(cksum <"$JAVA_HOME/release")
  stem=$snapshot/start-${jdk%% *}
  data=$stem.data
  choose_training "$command" "$data"
  if [[ ${#training[@]} -gt 0 && -w $snapshot ]] && ! is_trained "$stem"; then
    lock_builds
    is_trained "$stem" || train "$main" "$stem"
    unlock_builds
  fi
  if [[ -e $stem.aot ]] && is_trained "$stem"; then
    # start_program reads it.
    # shellcheck disable=SC2034
    aot_cache=$stem.aot
  fi
}

# Was the program run for its cache, with the jars as and where they are now?
is_trained() { [[ -e $1.log && -s $1.jars && $(<"$1.jars") == "$(jars_now)" ]]; }

# What the JVM compares: where the jars lie, and how old and large they are.
jars_now() {
  local -a jars
  IFS=: read -r -a jars <<<"$class_path"
  printf '%s\n' "$class_path" "$(stat -c '%Y %s' "${jars[@]}" 2>/dev/null || stat -f '%m %z' "${jars[@]}")" | cksum
}

# Runs the program once and lets the JVM write down what it loaded. The log comes last: with it,
# the training counts as done.
train() {
  local main=$1 stem=$2 java_options status=0
  say "Preparing a fast start (once per build and folder) …"
  rm -f "$stem.aot" "$stem.log"
  choose_java_options short
  bounded "${surroundings[@]}" "$JAVA_HOME/bin/java" "${java_options[@]}" \
    "-XX:AOTCacheOutput=$stem.new" \
    -cp "$class_path" "$main" "${training[@]}" >"$stem.new.log" 2>&1 </dev/null 9>&- || status=$?
  # 124: it was stopped at its time limit, as intended.
  if [[ ($status == 0 || $status == 124) && -s $stem.new ]]; then
    mv "$stem.new" "$stem.aot"
  fi
  rm -rf "$stem.new" "$stem.new.config" "$stem.data"
  jars_now >"$stem.jars"
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
