# The whole suite: "bandmaster test [--module <folder>] [--only <test class>] [--long]". Sourced by
# bandmaster.
# shellcheck shell=bash
: "${root:?}"

# shellcheck source=scripts/services.sh
source "$root/scripts/services.sh"

# How many of the slowest classes are named at the end.
readonly slowest_shown=20

print_test_help() {
  cat <<'HELP'
Usage: bandmaster test [--module <folder>] [--only <test class>] [--long]

Runs all tests of all modules, including those that need RabbitMQ, PostgreSQL, Chromium, Node.js,
Alertmanager, Serf, Ansible, an SSH server, curl and Python.
Starts installed services that are stopped; as root on Debian, installs missing packages; otherwise
lists them. Prints the slowest classes and one line of counts, and succeeds only if no test failed or
was skipped.

  --module <folder>    only this module (bot/engine, plugins/api, ...), built with those it needs
  --only <test class>  only this test class (JobTest, or JobTest#method)
  --long               also run the long forms of tests: takes half an hour to an hour more

Environment: BANDMASTER_TEST_AMQP_URI and BANDMASTER_TEST_POSTGRESQL_URL name a broker and a
database to use instead of the local ones; CHROMIUM and CHROMEDRIVER name the programs to use.
HELP
}

test_reports() {
  find "$root" -name node_modules -prune -o \
    -path '*/target/*-reports/TEST-*.xml' -print
}

# Sums one attribute of all test suites: a number as in <testsuite … tests="12" …>.
sum_of() {
  local attribute=$1 sum=0 number
  while IFS= read -r number; do
    sum=$((sum + number))
  done < <(test_reports | while IFS= read -r report; do
    grep -o -m 1 '<testsuite [^>]*' "$report" | grep -o " $attribute=\"[0-9]*\"" | grep -o '[0-9]*' || true
  done)
  printf '%s\n' "$sum"
}

# Names the classes that took longest, how long, and how many tests each has.
print_slowest() {
  local report suite name='' time=0 tests=0
  printf 'The %d slowest test classes (several run at the same time):\n' "$slowest_shown"
  test_reports | while IFS= read -r report; do
    suite=$(grep -o -m 1 '<testsuite [^>]*' "$report") || continue
    [[ $suite =~ \ name=\"([^\"]*)\" ]] && name=${BASH_REMATCH[1]}
    [[ $suite =~ \ time=\"([^\"]*)\" ]] && time=${BASH_REMATCH[1]//,/}
    [[ $suite =~ \ tests=\"([0-9]*)\" ]] && tests=${BASH_REMATCH[1]}
    printf '%s %s %s\n' "$time" "$tests" "$name"
  done | LC_ALL=C sort -rn | awk -v shown="$slowest_shown" \
    'NR <= shown { printf "%8.1f s %5d  %s\n", $1, $2, $3 }'
}

refuse_test() {
  say "bandmaster test: $1; \"bandmaster test --help\" lists the options."
  exit 2
}

run_test() {
  local module='' only='' excluded=long code=0 run failed skipped maven
  while [[ $# -gt 0 ]]; do
    case $1 in
      -h | --help)
        print_test_help
        return
        ;;
      --module | --only)
        [[ $# -ge 2 ]] || refuse_test "$1 needs a value"
        [[ $1 == --only ]] || module=$2
        [[ $1 == --module ]] || only=$2
        shift 2
        ;;
      --long)
        excluded=''
        shift
        ;;
      *) refuse_test "unknown option \"$1\"" ;;
    esac
  done
  [[ -z $module || -e $root/$module/pom.xml ]] || refuse_test "no module in the folder \"$module\""
  ensure_services
  find_maven
  lock_builds
  local -a arguments=(-B -ntp -f "$root/pom.xml" "-Dexcluded.tests=$excluded" --fail-at-end)
  [[ -z $module ]] || arguments+=(-pl "$module" -am)
  # Modules on the way to the one asked for have no such test, which is no mistake.
  [[ -z $only ]] || arguments+=("-Dtest=$only" -Dsurefire.failIfNoSpecifiedTests=false)
  # Counts are of this run alone.
  test_reports | while IFS= read -r report; do rm -f "$report"; done
  "$maven" "${arguments[@]}" verify </dev/null 9>&- || code=$?
  unlock_builds
  run=$(sum_of tests)
  failed=$(($(sum_of failures) + $(sum_of errors)))
  skipped=$(sum_of skipped)
  print_slowest
  report "$code" "$run" "$failed" "$skipped"
}

# Prints the counts and exits with what they mean. Where the build stopped, the counts say too
# little, and the last line says so instead.
report() {
  local code=$1 run=$2 failed=$3 skipped=$4
  printf 'Tests run: %d, failed: %d, skipped: %d\n' "$run" "$failed" "$skipped"
  if [[ $code -ne 0 && $failed -eq 0 ]]; then
    die "the build stopped before all tests could run; see Maven's output above."
  elif [[ $run -eq 0 ]]; then
    die "no test ran."
  elif [[ $skipped -ne 0 ]]; then
    say "Tests were skipped; a skipped test counts as a failure."
    code=1
  fi
  printf 'bandmaster: %d passed, %d failed, %d skipped\n' "$((run - failed - skipped))" "$failed" "$skipped"
  [[ $code -eq 0 && $failed -eq 0 ]] || exit 1
}
