# Builds what a program needs, when it is missing or older than its sources. Sourced by bandmaster.
#
# What is started lies apart from what Maven writes, so that a build never pulls the jars away
# from under a running program:
#   <module>/target/classpath            the module's dependencies, written by Maven at "package"
#   <module>/target/launcher/<key>/      a snapshot: our jars, copied, and
#     classpath                          all jars in their order, one per line
#     sources                            the folders it was made from
#     start-<jdk>.aot                    classes prepared for a fast start with that JDK
#   <module>/target/launcher/current     the key of the snapshot to start; as old as its sources
#   <module>/target/launcher/checksum    what the contents of the sources amounted to
# The key is made of the contents of our jars and the names of the others: equal sources give an
# equal key, since builds are reproducible.
#
# A source tree may be copied, moved or made read-only: paths within it are kept relative to it, and
# where a copy has made every source look new, their contents decide.
# shellcheck shell=bash
: "${root:?}"

# How many snapshots of a module are kept: a program may still run from an earlier one.
readonly kept_snapshots=3

# Names the first source file, or source folder for the sake of deleted files, below these folders
# that was changed after the stamp. Tests and configuration files need no build.
changed_since() {
  local stamp=$1
  shift
  (cd "$root" && find "$@" \( -name target -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/*' \) -newer "$stamp" -print 2>&1) | head -n 1
}

# Prints a checksum of the names and contents of the source files below these folders.
checksum_of() {
  (cd "$root" && find "$@" \( -name target -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/*' \) -type f -print0 | LC_ALL=C sort -zu | xargs -0 cksum) 2>&1 | cksum
}

# The folder of the snapshot found.
snapshot=''

# Sets snapshot to the module's snapshot and class_path to its jars, and returns 0 if it is whole
# and made from the sources as they are.
find_snapshot() {
  local launcher=$root/$1/target/launcher key jar
  local -a sources jars=()
  [[ -s $launcher/current ]] || return 1
  key=$(<"$launcher/current")
  snapshot=$launcher/$key
  [[ -s $snapshot/classpath && -s $snapshot/sources ]] || return 1
  mapfile -t sources <"$snapshot/sources"
  is_up_to_date "$launcher" "${sources[@]}" || return 1
  while IFS= read -r jar; do
    # What lies in the source tree is listed relative to it.
    [[ $jar == /* ]] || jar=$root/$jar
    [[ -e $jar ]] || return 1
    jars+=("$jar")
  done <"$snapshot/classpath"
  # The files that start, prepare and package read it.
  # shellcheck disable=SC2034
  class_path=$(IFS=: && printf '%s' "${jars[*]}")
}

# Are the sources older than the current snapshot? Where one is younger, as all may be in a copy of
# the tree, equal contents do as well, and are remembered where that is allowed.
is_up_to_date() {
  local launcher=$1 now=''
  shift
  [[ -n $(changed_since "$launcher/current" "$@") ]] || return 0
  [[ -s $launcher/checksum ]] || return 1
  if [[ -w $launcher && -w $launcher/current ]]; then
    now=$(mktemp "$launcher/now.XXXXXX")
  fi
  if [[ $(checksum_of "$@") != "$(<"$launcher/checksum")" ]]; then
    rm -f "$now"
    return 1
  fi
  if [[ -n $now ]]; then
    touch -r "$now" "$launcher/current"
    rm -f "$now"
  fi
}

# Copies the jars just built into a snapshot and makes it the current one.
take_snapshot() {
  local module=$1 started=$2 launcher=$root/$1/target/launcher jar key fresh folder
  local -a built=() jars=() sources=(pom.xml "$module")
  IFS=: read -r -a jars <<<"$(<"$root/$module/target/classpath")"
  jars=("$(own_jar "$module")" "${jars[@]}")
  for jar in "${jars[@]}"; do
    if [[ $jar == "$root"/* ]]; then
      built+=("$jar")
      folder=${jar#"$root/"}
      folder=${folder%/target/*}
      sources+=("$folder")
      # What a module inherits from the folders it lies in.
      while [[ $folder == */* ]]; do
        folder=${folder%/*}
        [[ ! -e $root/$folder/pom.xml ]] || sources+=("$folder/pom.xml")
      done
    fi
  done
  mapfile -t sources < <(printf '%s\n' "${sources[@]}" | sort -u)
  key=$( (cd "$root" && cksum "${built[@]#"$root/"}" && printf '%s\n' "${jars[@]#"$root/"}") | cksum)
  key=${key// /-}
  mkdir -p "$launcher"
  if [[ ! -d $launcher/$key ]]; then
    fresh=$(mktemp -d "$launcher/fresh.XXXXXX")
    cp "${built[@]}" "$fresh"
    for jar in "${jars[@]}"; do
      [[ $jar != "$root"/* ]] || jar=$module/target/launcher/$key/${jar##*/}
      printf '%s\n' "$jar"
    done >"$fresh/classpath"
    printf '%s\n' "${sources[@]}" >"$fresh/sources"
    chmod 755 "$fresh"
    mv "$fresh" "$launcher/$key"
  fi
  touch "$launcher/$key"
  rm -f "$launcher/checksum"
  checksum_of "${sources[@]}" >"$launcher/checksum.new"
  printf '%s\n' "$key" >"$launcher/current.new"
  touch -r "$started" "$launcher/current.new"
  mv "$launcher/current.new" "$launcher/current"
  # A source that was changed meanwhile may or may not be in the jars.
  if [[ -z $(changed_since "$launcher/current" "${sources[@]}") ]]; then
    mv "$launcher/checksum.new" "$launcher/checksum"
  else
    rm -f "$launcher/checksum.new"
  fi
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
      die "building needs Maven 3.8.7 or newer: install it (on Debian: apt-get install maven) or set MAVEN_HOME."
  fi
  # Without these, Maven's own libraries make JDK 25 print warnings nobody can act on.
  export MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
}

# Only one launcher builds at a time; the second waits and then finds the work done. The lock ends
# with this process: its children are started without it. Where there is no flock, there is no lock.
lock_builds() {
  if ! mkdir -p "$root/target" 2>/dev/null || [[ ! -w $root/target ]]; then
    die "something must be built, but $root/target is not writable: let its owner build first."
  fi
  exec 9>"$root/target/launcher.lock"
  if command -v flock >/dev/null && ! flock --nonblock 9; then
    say "Waiting for another build of this source tree …"
    flock 9
  fi
}

unlock_builds() { exec 9>&-; }

# Builds modules with what they need, in one run of Maven.
build() {
  local started=$root/target/launcher.started log=$root/target/launcher.log maven module
  find_maven
  say "Building (the first time takes a minute or two) …"
  touch "$started"
  if ! "$maven" -B -ntp -q -T 1C -f "$root/pom.xml" -pl "$(IFS=, && printf '%s' "$*")" -am package \
    -Dmaven.test.skip=true -Dspotless.check.skip=true >"$log" 2>&1 </dev/null 9>&-; then
    cat "$log" >&2
    die "could not build $*; see Maven's output above."
  fi
  for module in "$@"; do
    take_snapshot "$module" "$started"
  done
}

# Makes sure of the snapshots of modules, and builds those that are missing together.
make_snapshots() {
  local module
  local -a missing
  mapfile -t missing < <(without_snapshot "$@")
  [[ ${#missing[@]} -gt 0 ]] || return 0
  lock_builds
  mapfile -t missing < <(without_snapshot "${missing[@]}")
  [[ ${#missing[@]} -eq 0 ]] || build "${missing[@]}"
  unlock_builds
}

# Names those of these modules that have no snapshot of their sources as they are.
without_snapshot() {
  local module
  for module in "$@"; do
    find_snapshot "$module" || printf '%s\n' "$module"
  done
}

# Makes sure of a module's snapshot: sets snapshot and class_path.
make_snapshot() {
  local module=$1
  if ! find_snapshot "$module"; then
    make_snapshots "$module"
    find_snapshot "$module" || die "the sources of $module changed during the build; run the command again."
  fi
}

# Makes a program ready to start: sets class_path and aot_cache.
prepare() {
  local command=$1 module=$2 main=$3
  [[ -e $root/$module/src/main/java/${main//.//}.java ]] ||
    die "this source tree has no $main in $module."
  make_snapshot "$module"
  find_cache "$command" "$main"
}
