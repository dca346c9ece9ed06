# Builds what a program needs, when it is missing or older than its sources. Sourced by bandmaster.
#
# What is started lies apart from what Maven writes, so that a build never pulls the jars away
# from under a running program:
#   <module>/target/classpath            the module's dependencies, written by Maven at "package"
#   <module>/target/launcher/<key>/      a snapshot: our jars, copied, and
#     classpath                          all jars in their order, one per line
#     sources                            what the snapshot was made from
#     start-<jdk>.aot                    classes prepared for a fast start with that JDK
#   <module>/target/launcher/current     the key of the snapshot to start; as old as its sources
# The key is made of the contents of our jars and the names of the others: equal sources give an
# equal key, since builds are reproducible.
# shellcheck shell=bash
: "${root:?}"

# How many snapshots of a module are kept: a program may still run from an earlier one.
readonly kept_snapshots=3

# Names the first source file, or source folder for the sake of deleted files, among these modules
# that was changed after the stamp. Tests and configuration files need no build.
changed_since() {
  local stamp=$1
  shift
  find "$@" \( -name target -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/*' \) -newer "$stamp" -print 2>&1 | head -n 1
}

# The folder of the snapshot found.
snapshot=''

# Sets snapshot to the module's snapshot and class_path to its jars, and returns 0 if it is whole
# and younger than its sources.
find_snapshot() {
  local launcher=$root/$1/target/launcher key jar
  local -a sources jars
  [[ -s $launcher/current ]] || return 1
  key=$(<"$launcher/current")
  snapshot=$launcher/$key
  [[ -s $snapshot/classpath && -s $snapshot/sources ]] || return 1
  mapfile -t sources <"$snapshot/sources"
  [[ -z $(changed_since "$launcher/current" "${sources[@]}") ]] || return 1
  mapfile -t jars <"$snapshot/classpath"
  for jar in "${jars[@]}"; do
    [[ -e $jar ]] || return 1
  done
  # The files that start, prepare and package read it.
  # shellcheck disable=SC2034
  class_path=$(IFS=: && printf '%s' "${jars[*]}")
}

# Copies the jars just built into a snapshot and makes it the current one.
take_snapshot() {
  local module=$1 started=$2 launcher=$root/$1/target/launcher jar key fresh name
  local -a built=() jars=() sources=("$root/pom.xml" "$root/$module")
  IFS=: read -r -a jars <<<"$(<"$root/$module/target/classpath")"
  jars=("$(own_jar "$module")" "${jars[@]}")
  for jar in "${jars[@]}"; do
    if [[ $jar == "$root"/* ]]; then
      built+=("$jar")
      sources+=("${jar%/target/*}")
    fi
  done
  key=$( (cksum "${built[@]}" && printf '%s\n' "${jars[@]}") | cksum)
  key=${key// /-}
  mkdir -p "$launcher"
  if [[ ! -d $launcher/$key ]]; then
    fresh=$(mktemp -d "$launcher/fresh.XXXXXX")
    cp "${built[@]}" "$fresh"
    for jar in "${jars[@]}"; do
      name=${jar##*/}
      [[ $jar == "$root"/* ]] && printf '%s\n' "$launcher/$key/$name" || printf '%s\n' "$jar"
    done >"$fresh/classpath"
    printf '%s\n' "${sources[@]}" | sort -u >"$fresh/sources"
    chmod 755 "$fresh"
    mv "$fresh" "$launcher/$key"
  fi
  touch "$launcher/$key"
  printf '%s\n' "$key" >"$launcher/current.new"
  touch -r "$started" "$launcher/current.new"
  mv "$launcher/current.new" "$launcher/current"
  forget_old_snapshots "$launcher"
}

forget_old_snapshots() {
  local folder
  # Our own names, without spaces or line ends.
  # shellcheck disable=SC2012
  ls -dt "$1"/*/ | tail -n "+$((kept_snapshots + 1))" | while IFS= read -r folder; do
    rm -rf "$folder"
  done
}

own_jar() {
  local jar
  for jar in "$root/$1/target/"bandmaster-*-"$(version)".jar; do
    printf '%s\n' "$jar"
  done | head -n 1
}

find_maven() {
  if [[ -n ${MAVEN_HOME:-} && -x $MAVEN_HOME/bin/mvn ]]; then
    maven=$MAVEN_HOME/bin/mvn
  else
    maven=$(command -v mvn) ||
      die "needs Maven 3.8.7 or newer to build: install it (on Debian: apt-get install maven) or set MAVEN_HOME."
  fi
  # Without these, Maven's own libraries make JDK 25 print warnings nobody can act on.
  export MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
}

# Only one launcher builds at a time; the second waits and then finds the work done. The lock ends
# with this process: its children are started without it. Where there is no flock, there is no lock.
lock_builds() {
  if ! mkdir -p "$root/target" 2>/dev/null || [[ ! -w $root/target ]]; then
    die "has something to build and may not write to $root/target: let its owner build first."
  fi
  exec 9>"$root/target/launcher.lock"
  if command -v flock >/dev/null && ! flock --nonblock 9; then
    say "Waiting for another build of this source tree …"
    flock 9
  fi
}

unlock_builds() { exec 9>&-; }

build() {
  local module=$1 started=$root/target/launcher.started log=$root/target/launcher.log maven
  find_maven
  say "Building (the first time takes a minute or two) …"
  touch "$started"
  if ! "$maven" -B -ntp -q -f "$root/pom.xml" -pl "$module" -am package \
    -Dmaven.test.skip=true -Dspotless.check.skip=true >"$log" 2>&1 </dev/null 9>&-; then
    cat "$log" >&2
    die "could not build $module; Maven's words are above."
  fi
  take_snapshot "$module" "$started"
}

# Makes sure of a module's snapshot: sets snapshot and class_path.
make_snapshot() {
  local module=$1
  if ! find_snapshot "$module"; then
    lock_builds
    find_snapshot "$module" || build "$module"
    unlock_builds
    find_snapshot "$module" || die "the sources of $module changed while they were built; run the command again."
  fi
}

# Makes a program ready to start: sets class_path and aot_cache.
prepare() {
  local command=$1 module=$2 main=$3
  [[ -e $root/$module/src/main/java/${main//.//}.java ]] ||
    die "this source tree has no $main in $module, so there is nothing to start."
  make_snapshot "$module"
  find_cache "$command" "$main"
}
