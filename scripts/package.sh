# The archive for servers without Maven: "bandmaster package". Sourced by bandmaster.
# shellcheck shell=bash
: "${root:?}" "${programs:?}"

# Modules with programs that operators run; the rest is for people with the source tree.
readonly packaged_modules='bot/app agent'

# What goes into the archive beside the jars.
readonly packaged_files='bandmaster scripts/java.sh scripts/start.sh scripts/help.sh README.md CHANGELOG.md LICENSE'

run_package() {
  local name folder module file archive
  if [[ $# -gt 0 ]]; then
    say "Usage: bandmaster package. Builds target/bandmaster-<version>.tar.gz; takes no options."
    [[ $1 == --help || $1 == -h ]] || exit 2
    return
  fi
  find_java
  name=bandmaster-$(version)
  folder=$root/target/$name
  archive=$root/target/$name.tar.gz
  rm -rf "$folder"
  mkdir -p "$folder/lib" "$folder/scripts"
  # Words, on purpose: the names of the modules.
  # shellcheck disable=SC2086
  make_snapshots $packaged_modules
  for module in $packaged_modules; do
    package_module "$module" "$folder/lib"
  done
  for file in $packaged_files; do
    cp "$root/$file" "$folder/$file"
  done
  package_folder config '*.yaml' "$folder"
  package_folder config '*.sh' "$folder"
  package_folder docs '*' "$folder"
  version >"$folder/VERSION"
  make_archive "$folder" "$archive"
  rm -rf "$folder"
  say "Built $archive"
}

# Copies a module's jars and lists them in their order.
package_module() {
  local module=$1 lib=$2 class_path='' jar
  local -a jars
  make_snapshot "$module"
  IFS=: read -r -a jars <<<"$class_path"
  for jar in "${jars[@]}"; do
    cp "$jar" "$lib"
    printf '%s\n' "${jar##*/}"
  done >"$lib/${module##*/}.classpath"
}

# Copies those files of a folder that are meant for readers and operators. A pattern keeps out what
# else lies there, a key for instance.
package_folder() {
  local source=$1 pattern=$2 folder=$3 file
  (cd "$root" && find "$source" \( -name target -o -name src \) -prune -o -type f -name "$pattern" -print) |
    while IFS= read -r file; do
      mkdir -p "$folder/$(dirname "$file")"
      cp "$root/$file" "$folder/$file"
    done
}

# Equal contents make an equal archive: files in a fixed order, with a fixed time and owner. The
# time is the build's own, project.build.outputTimestamp.
make_archive() {
  local folder=$1 archive=$2 time
  time=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$root/pom.xml")
  chmod -R u=rwX,go=rX "$folder"
  tar --create --sort=name --mtime="$time" --owner=0 --group=0 --numeric-owner --format=gnu \
    --directory "$(dirname "$folder")" "$(basename "$folder")" | gzip -9 -n >"$archive.new"
  mv "$archive.new" "$archive"
}
