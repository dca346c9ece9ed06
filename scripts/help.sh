# The help page and the suggestions. Sourced by bandmaster, which provides programs and chores.
# shellcheck shell=bash
: "${root:?}" "${packaged:?}" "${programs:?}" "${chores:?}"

# The version, from the file an archive carries or from the root pom.xml.
version() {
  if [[ -e $root/VERSION ]]; then
    cat "$root/VERSION"
  else
    sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$root/pom.xml" | head -n 1
  fi
}

# Is there something behind this module here? An archive carries the bot and the agent only.
is_here() {
  [[ $packaged == no || -e $root/lib/${1##*/}.classpath ]]
}

print_help() {
  local command module about
  printf 'bandmaster %s: run commands on a fleet from Slack, and follow the results in the thread.\n\n' "$(version)"
  printf 'Usage: bandmaster <command> [options]\n\n'
  while read -r command module _ _ _ about; do
    if [[ -n $command ]] && is_here "$module"; then
      printf '  %-10s %s\n' "$command" "$about"
    fi
  done <<<"$programs"
  while read -r command about; do
    if [[ -n $command && ($packaged == no || $command == help) ]]; then
      printf '  %-10s %s\n' "$command" "$about"
    fi
  done <<<"$chores"
  printf '\n"bandmaster <command> --help" shows the help of a command.\n'
}

# How many letters must be added, removed, changed or swapped with the next to make one word the
# other. Rows of the table are distances between beginnings of the two words.
edit_distance() {
  local one=$1 other=$2 row=() above=() two_above=() i j cost best
  for ((j = 0; j <= ${#other}; j++)); do row[j]=$j; done
  for ((i = 1; i <= ${#one}; i++)); do
    two_above=("${above[@]}")
    above=("${row[@]}")
    row[0]=$i
    for ((j = 1; j <= ${#other}; j++)); do
      cost=1
      [[ ${one:i-1:1} != "${other:j-1:1}" ]] || cost=0
      best=$((above[j - 1] + cost))
      ((above[j] + 1 >= best)) || best=$((above[j] + 1))
      ((row[j - 1] + 1 >= best)) || best=$((row[j - 1] + 1))
      if ((i > 1 && j > 1)) && [[ ${one:i-2:2} == "${other:j-1:1}${other:j-2:1}" ]]; then
        ((two_above[j - 2] + 1 >= best)) || best=$((two_above[j - 2] + 1))
      fi
      row[j]=$best
    done
  done
  printf '%s\n' "${row[${#other}]}"
}

# Prints " Did you mean …?" where a command is at most two letters away, one for short words.
suggest() {
  local word=$1 command distance nearest='' least=3
  [[ ${#word} -le 20 ]] || return 0
  ((${#word} > 3)) || least=2
  while read -r command _; do
    [[ -n $command ]] || continue
    distance=$(edit_distance "$word" "$command")
    if ((distance < least)); then
      least=$distance
      nearest=$command
    fi
  done <<<"$programs$chores"
  [[ -z $nearest ]] || printf ' Did you mean "%s"?' "$nearest"
}
