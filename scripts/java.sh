# Finds a JDK. Sourced by bandmaster, which provides packaged and die.
# shellcheck shell=bash
: "${packaged:?}"

# The oldest Java that Bandmaster runs on.
readonly oldest_java=25

# Folders in which installers of all kinds put their JDKs, one per line.
installed_jdks() {
  local folder
  for folder in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/*jdk* /opt/*java* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/.asdf/installs/java/* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    [[ ! -d $folder ]] || printf '%s\n' "$folder"
  done
}

# The home of the java on the path, or nothing.
java_on_path() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java") || return 0
  printf '%s\n' "${java%/bin/java}"
}

# Prints the feature version (25) of the Java in a folder, or 0. Every JDK since 9 has a file
# "release"; reading it is faster than starting the JVM to ask.
java_version_in() {
  local home=$1 line
  if [[ -x $home/bin/java && -r $home/release ]]; then
    while IFS= read -r line; do
      if [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]]; then
        printf '%s\n' "${BASH_REMATCH[1]}"
        return
      fi
    done <"$home/release"
  fi
  printf '0\n'
}

# A source tree needs the compiler too; an unpacked archive only runs.
suits() {
  local home=$1
  [[ -n $home && $(java_version_in "$home") -ge $oldest_java ]] || return 1
  [[ $packaged == yes || -x $home/bin/javac ]]
}

# Sets and exports JAVA_HOME: the JAVA_HOME given, else the java on the path, else the oldest that
# suits among those installed. Returns 1 where there is none.
look_for_java() {
  local home version best=''
  for home in "${JAVA_HOME:-}" "$(java_on_path)"; do
    if suits "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  while IFS= read -r home; do
    if suits "$home"; then
      version=$(java_version_in "$home")
      if [[ -z $best || $version -lt ${best%% *} ]]; then
        best="$version $home"
      fi
    fi
  done < <(installed_jdks)
  [[ -n $best ]] || return 1
  export JAVA_HOME=${best#* }
}

find_java() {
  look_for_java ||
    die "no JDK $oldest_java or newer found: install one (for example Eclipse Temurin $oldest_java) or set JAVA_HOME."
}
