# Starts a prepared program. Sourced by bandmaster.
# shellcheck shell=bash
: "${root:?}"

# Set by prepare and use_packaged: the jars in their order, joined by colons, and the file of
# prepared classes (an AOT cache) that goes with exactly these jars, if there is one.
class_path=''
aot_cache=''

# The class path of an archive: lib/<module>.classpath names the jars in lib/ in their order.
use_packaged() {
  local list=$root/lib/${1##*/}.classpath jar
  [[ -e $list ]] || die "this archive contains only the bot and the agent; for the rest, use a source tree."
  while IFS= read -r jar; do
    class_path+=${class_path:+:}$root/lib/$jar
  done <"$list"
}

# Sets java_options for a life: "short", "server", or "server:<heap>".
# The serial collector and a small first heap keep the process small and quick to start; a short
# program ends before the optimising compiler would have paid for itself. This collector lets old
# garbage lie until the heap is full, so what stays for months gets a bound: docs/how-to/monitoring.md
# says what it is enough for. A process whose heap is full ends, and is begun again with all it had
# stored, rather than limp. Sixteen carriers for
# virtual threads, however few cores there are: threads that load classes hold theirs, and when all
# are held by threads that wait for one another nothing moves any more.
choose_java_options() {
  java_options=(-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms32m
    -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED
    -Djdk.virtualThreadScheduler.parallelism=16)
  case $1 in
    short) java_options+=(-XX:TieredStopAtLevel=1) ;;
    server:*) java_options+=("-Xmx${1#server:}") ;;
  esac
  java_options+=("-Dbandmaster.home=$root")
  # Words, on purpose: several options may be given.
  # shellcheck disable=SC2206
  java_options+=(${BANDMASTER_JAVA_OPTS:-})
}

# Java reads and writes text in the locale's character set: names and emoji need UTF-8.
ensure_utf8() {
  local locale=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
  case $locale in
    *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
}

# Becomes the program, so that Ctrl-C and signals reach it and its exit code is ours.
start_program() {
  local life=$1 main=$2
  shift 2
  local java_options
  choose_java_options "$life"
  # Work that fills an agent's heap fails and is reported; the agent and its other jobs go on.
  [[ $main != *.AgentMain ]] || java_options+=(-XX:-ExitOnOutOfMemoryError)
  ensure_utf8
  # Few pools of native memory: the C library would make one for each of many threads and keep it.
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  # A cache that does not fit is ignored by the JVM; its warnings about it help nobody here.
  [[ -z $aot_cache ]] || java_options+=("-XX:AOTCache=$aot_cache" '-Xlog:aot*=off,cds*=off')
  # A script that puts the demo into the background has Ctrl-C ignored for it; then it would never
  # say that it stops, and leave its files behind.
  local reset=()
  if [[ $main == *.Demo ]] && env --default-signal=INT true 2>/dev/null; then
    reset=(env --default-signal=INT)
  fi
  exec ${reset[@]+"${reset[@]}"} "$JAVA_HOME/bin/java" "${java_options[@]}" -cp "$class_path" "$main" "$@"
}
