#!/usr/bin/env bash
# Makes a RabbitMQ user with the rights that a bot or a node needs, and no others. The password is read from standard
# input. Usage: broker-rights.sh bot|node|enrol <user> [--env <environment>] [--vhost <virtual host>] [--prefix <prefix>]
# [--collective <name>]. A node needs --env. Environment, prefix and collective are those of the configuration. A user of
# the kind enrol may only ask for entry: machines share it that have no user of their own yet.
set -euo pipefail

usage() {
  echo "usage: $0 bot <user> [--vhost <virtual host>] [--prefix <prefix>]" >&2
  echo "       $0 node <user> --env <environment> [--vhost <virtual host>] [--prefix <prefix>] [--collective <name>]" >&2
  echo "       $0 enrol <user> [--vhost <virtual host>] [--prefix <prefix>]" >&2
  echo "The password is read from standard input." >&2
  exit 2
}

# One word of a queue's name or a routing key: letters, digits and "-" stay, every other byte becomes _ and two digits.
word() {
  local hex byte out=""
  for hex in $(printf '%s' "$1" | od -An -v -tx1); do
    byte=$(printf "\\x$hex")
    case "$byte" in
      [A-Za-z0-9-]) out+="$byte" ;;
      *) out+="_$hex" ;;
    esac
  done
  if [ "${#out}" -gt 96 ]; then
    out="${out:0:60}__$(printf '%s' "$1" | sha256sum | cut -c1-32)"
  fi
  printf '%s' "$out"
}

[ $# -ge 2 ] || usage
kind=$1 user=$2 vhost=/bandmaster prefix=bandmaster env="" collective=main
shift 2
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case "$1" in
    --vhost) vhost=$2 ;;
    --prefix) prefix=$2 ;;
    --env) env=$2 ;;
    --collective) collective=$2 ;;
    *) usage ;;
  esac
  shift 2
done
case "$kind" in
  bot | enrol) ;;
  node) [ -n "$env" ] || { echo "a node needs --env, as in its agent.yaml" >&2; usage; } ;;
  *) usage ;;
esac
export LC_ALL=C

# The prefix as a pattern that matches itself only.
p=$(printf '%s' "$prefix" | sed 's/[^A-Za-z0-9_-]/\\&/g')

IFS= read -r password || true
[ -n "$password" ] || { echo "no password came on standard input" >&2; exit 2; }
exec </dev/null

rabbitmqctl -q list_vhosts name | grep -qxF -- "$vhost" || rabbitmqctl -q add_vhost "$vhost"
if rabbitmqctl -q list_users | cut -f1 | grep -qxF -- "$user"; then
  printf '%s' "$password" | rabbitmqctl -q change_password "$user"
else
  printf '%s' "$password" | rabbitmqctl -q add_user "$user"
fi

if [ "$kind" = bot ]; then
  rabbitmqctl -q set_permissions -p "$vhost" "$user" "^$p\." "^$p\." "^$p\."
elif [ "$kind" = enrol ]; then
  rabbitmqctl -q set_permissions -p "$vhost" "$user" '^$' "^$p\.event\$" '^$'
  rabbitmqctl -q set_topic_permissions -p "$vhost" "$user" "$prefix.event" '^enroll\.[^.]+$' '^$'
else
  node=$(word "$user") where=$(word "$env") fleet=$(word "$collective")
  own="$p\.(live|inbox)\.$node"
  # A user who declares a queue with a dead-letter exchange must be allowed to write to that exchange.
  rabbitmqctl -q set_permissions -p "$vhost" "$user" \
    "^$own\$" \
    "^($own|$p\.(reply|event|dead))\$" \
    "^($own|$p\.request|$p\.service\.$fleet\..*)\$"
  # It binds its queues to the keys of requests that concern it, and to no others: its own, and those for everybody in
  # its environment or in all.
  rabbitmqctl -q set_topic_permissions -p "$vhost" "$user" "$prefix.request" '^$' \
    "^(n|q)\.$fleet\.$node\$|^[ab]\.$fleet\.($where|_)\.[^.]+\$|^s\.$fleet\.[^.]+\$"
  rabbitmqctl -q set_topic_permissions -p "$vhost" "$user" "$prefix.reply" "^[^.]+\.[^.]+\.$node\$" '^$'
  rabbitmqctl -q set_topic_permissions -p "$vhost" "$user" "$prefix.dead" "^q\.$fleet\.$node\$" '^$'
  rabbitmqctl -q set_topic_permissions -p "$vhost" "$user" "$prefix.event" \
    "^(presence\.$where\.$node\.[a-z]+|job\.[^.]+\.$node\.[a-z]+|alert\.$where\.[a-z]+\.$node|enroll\.$node)\$" '^$'
fi
echo "$user may use $vhost as a $kind"
