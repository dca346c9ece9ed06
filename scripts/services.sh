# Makes sure of what the tests need beside Maven and Java: RabbitMQ, PostgreSQL, Chromium with its
# driver, Node.js, Alertmanager, Serf, Ansible, an SSH server, curl, socat and Python. Of the two servers what is installed and
# stopped is started; on Debian, root gets what is missing through apt-get; otherwise the missing
# things are named. Sourced by test.sh.
# shellcheck shell=bash
: "${root:?}" "${oldest_java:?}"

# The PostgreSQL role and database of the tests, made on this machine's own server only.
readonly test_database=bandmaster_test

# Seconds a service may take to answer after its start.
readonly service_patience=60

# Is anything listening on this port of this machine?
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

await_port() {
  local name=$1 port=$2 deadline=$((SECONDS + service_patience))
  until listens "$port"; do
    ((SECONDS < deadline)) ||
      die "$name was started but does not listen on port $port after $service_patience s; see its log in /var/log."
    sleep 0.5
  done
}

is_root() { [[ $(id -u) -eq 0 ]]; }

has() { command -v "$1" >/dev/null; }

# Can missing packages be installed here without asking?
installs() { is_root && [[ -e /etc/debian_version ]] && has apt-get; }

has_systemd() { [[ -d /run/systemd/system ]]; }

# --- What is missing -------------------------------------------------------------------------

# PostgreSQL keeps its server programs off the path on Debian.
has_postgresql() { has pg_ctlcluster || has postgres || listens 5432; }

chromium_here() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [[ -n $name ]] && command -v "$name"; then return; fi
  done
}

# Prints the Debian packages that are missing, one per line; names the JDK as plain "jdk".
missing_packages() {
  look_for_java || printf 'jdk\n'
  has mvn || [[ -n ${MAVEN_HOME:-} ]] || printf 'maven\n'
  [[ -n ${BANDMASTER_TEST_AMQP_URI:-} ]] || listens 5672 || has rabbitmq-server || printf 'rabbitmq-server\n'
  [[ -n ${BANDMASTER_TEST_POSTGRESQL_URL:-} ]] || has_postgresql || printf 'postgresql\n'
  [[ -n ${BANDMASTER_TEST_POSTGRESQL_URL:-} ]] || has psql || printf 'postgresql-client\n'
  [[ -n $(chromium_here) ]] || printf 'chromium\n'
  has "${CHROMEDRIVER:-chromedriver}" || printf 'chromium-driver\n'
  has node || printf 'nodejs\n'
  has npm || printf 'npm\n'
  has prometheus-alertmanager || printf 'prometheus-alertmanager\n'
  has serf || printf 'serf\n'
  has ansible-playbook || printf 'ansible-core\n'
  [[ -x /usr/sbin/sshd ]] || printf 'openssh-server\n'
  has ssh || printf 'openssh-client\n'
  has ip || printf 'iproute2\n'
  has curl || printf 'curl\n'
  has socat || printf 'socat\n'
  has python3 || printf 'python3\n'
}

# The name of the package with a JDK that is new enough, or "jdk" where this Debian has none.
jdk_package() {
  local name
  for name in "openjdk-$oldest_java-jdk-headless" "temurin-$oldest_java-jdk"; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      printf '%s\n' "$name"
      return
    fi
  done
  printf 'jdk\n'
}

install_packages() {
  local -a packages=("$@")
  say "Installing with apt-get: ${packages[*]/#jdk/a JDK} …"
  apt-get update -qq </dev/null >&2 || say "apt-get update failed; continuing with the existing package lists."
  packages=("${packages[@]/#jdk/$(jdk_package)}")
  [[ " ${packages[*]} " != *" jdk "* ]] ||
    die "this Debian has no package for JDK $oldest_java: install one (for example Eclipse Temurin $oldest_java) or set JAVA_HOME."
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null >&2 ||
    die "apt-get could not install ${packages[*]}; see its output above."
}

# Debian starts what it installs. The tests start these themselves, each on a port of its own, so
# what has just been installed for them is stopped; what was there before is left alone.
stop_installed() {
  local name
  for name in prometheus-alertmanager serf openssh-server; do
    if [[ " $* " != *" $name "* ]]; then continue; fi
    # The service of the SSH server has a name of its own.
    if has_systemd; then
      systemctl disable --now "${name/#openssh-server/ssh}" </dev/null >&2 || true
    elif [[ -x /etc/init.d/${name/#openssh-server/ssh} ]]; then
      "/etc/init.d/${name/#openssh-server/ssh}" stop </dev/null >&2 || true
    fi
  done
}

ensure_installed() {
  local -a missing
  mapfile -t missing < <(missing_packages)
  if [[ ${#missing[@]} -eq 0 ]]; then return; fi
  installs || die "the tests need Debian packages that are not installed: ${missing[*]/#jdk/JDK $oldest_java}. Install them, or run this as root on Debian."
  install_packages "${missing[@]}"
  stop_installed "${missing[@]}"
  mapfile -t missing < <(missing_packages)
  [[ ${#missing[@]} -eq 0 ]] || die "still missing after installation: ${missing[*]}."
}

# --- RabbitMQ --------------------------------------------------------------------------------

ensure_rabbitmq() {
  if [[ -z ${BANDMASTER_TEST_AMQP_URI:-} ]]; then
    if ! listens 5672; then
      start_rabbitmq
      await_port RabbitMQ 5672
    fi
    export BANDMASTER_TEST_AMQP_URI=amqp://guest:guest@127.0.0.1:5672
  fi
}

start_rabbitmq() {
  is_root || die "RabbitMQ is installed but not running: start it (as root: systemctl start rabbitmq-server), or set BANDMASTER_TEST_AMQP_URI."
  say "Starting RabbitMQ …"
  if has_systemd; then
    systemctl start rabbitmq-server
  else
    rabbitmq-server -detached </dev/null >&2
  fi
}

# --- PostgreSQL ------------------------------------------------------------------------------

ensure_postgresql() {
  if [[ -z ${BANDMASTER_TEST_POSTGRESQL_URL:-} ]]; then
    if ! listens 5432; then
      start_postgresql
      await_port PostgreSQL 5432
    fi
    ensure_test_database
    export BANDMASTER_TEST_POSTGRESQL_URL="jdbc:postgresql://127.0.0.1:5432/$test_database?user=$test_database&password=$test_database"
  fi
}

start_postgresql() {
  is_root || die "PostgreSQL is installed but not running: start it (as root: systemctl start postgresql), or set BANDMASTER_TEST_POSTGRESQL_URL."
  say "Starting PostgreSQL …"
  if has_systemd; then
    systemctl start postgresql
  else
    start_postgresql_cluster
  fi
}

# Starts Debian's cluster on port 5432 and makes one where there is none.
start_postgresql_cluster() {
  local version
  if ! pg_lsclusters --no-header | grep -q .; then
    version=$(printf '%s\n' /usr/lib/postgresql/*/ | sort -V | tail -n 1)
    pg_createcluster "$(basename "$version")" main >&2
  fi
  pg_lsclusters --no-header | while read -r version cluster port _; do
    if [[ $port == 5432 ]]; then
      pg_ctlcluster --skip-systemctl-redirect "$version" "$cluster" start </dev/null >&2
    fi
  done
}

# Runs psql as the role of the tests; the password is no secret, the database is thrown away.
psql_as_tester() {
  PGPASSWORD=$test_database psql -X -q -h 127.0.0.1 -U "$test_database" -d "$test_database" "$@"
}

# Runs psql as the server's superuser.
psql_as_superuser() {
  if is_root && id postgres >/dev/null 2>&1; then
    (cd / && su postgres -s /bin/sh -c 'psql -X -q -v ON_ERROR_STOP=1 -d postgres')
  else
    psql -X -q -w -v ON_ERROR_STOP=1 -h 127.0.0.1 -U postgres -d postgres
  fi
}

# A role and a database may each be there already, from an earlier or a concurrent run.
ensure_test_database() {
  if psql_as_tester -c 'select 1' >/dev/null 2>&1; then return; fi
  say "Creating the PostgreSQL database $test_database …"
  psql_as_superuser >/dev/null <<SQL || die "cannot create the PostgreSQL role and database \"$test_database\" (with the same password): create them, or set BANDMASTER_TEST_POSTGRESQL_URL."
select 'create role $test_database' where not exists (select from pg_roles where rolname = '$test_database') \gexec
alter role $test_database login createdb password '$test_database';
select 'create database $test_database owner $test_database' where not exists (select from pg_database where datname = '$test_database') \gexec
SQL
  psql_as_tester -c 'select 1' >/dev/null ||
    die "the PostgreSQL role \"$test_database\" cannot log in on 127.0.0.1 with its password: see pg_hba.conf, or set BANDMASTER_TEST_POSTGRESQL_URL."
}

# --- All of it -------------------------------------------------------------------------------

# Leaves JAVA_HOME, BANDMASTER_TEST_AMQP_URI, BANDMASTER_TEST_POSTGRESQL_URL, CHROMIUM and
# CHROMEDRIVER in the environment, where the tests look for them.
ensure_services() {
  local driver
  ensure_installed
  find_java
  ensure_rabbitmq
  ensure_postgresql
  CHROMIUM=$(chromium_here)
  driver=$(command -v "${CHROMEDRIVER:-chromedriver}")
  export CHROMIUM CHROMEDRIVER=$driver
}
