#!/usr/bin/env bash
# Makes a RabbitMQ user with the rights that a bot or a node needs, and no others. The password is read from standard
# input. Usage: broker-rights.sh bot|node <user> [virtual host]
set -euo pipefail

usage() {
  echo "usage: $0 bot|node <user> [virtual host]; the password is read from standard input" >&2
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
kind=$1 user=$2 vhost=${3:-/bandmaster}
export LC_ALL=C

IFS= read -r password || true
[ -n "$password" ] || { echo "no password came on standard input" >&2; exit 2; }
exec </dev/null

rabbitmqctl -q list_vhosts name | grep -qxF -- "$vhost" || rabbitmqctl -q add_vhost "$vhost"
if rabbitmqctl -q list_users | cut -f1 | grep -qxF -- "$user"; then
  printf '%s' "$password" | rabbitmqctl -q change_password "$user"
else
  printf '%s' "$password" | rabbitmqctl -q add_user "$user"
fi

case "$kind" in
  bot)
    rabbitmqctl -q set_permissions -p "$vhost" "$user" '^bandmaster\.' '^bandmaster\.' '^bandmaster\.'
    ;;
  node)
    node=$(word "$user")
    own="bandmaster\.(live|inbox)\.$node"
    # A user who declares a queue with a dead-letter exchange must be allowed to write to that exchange.
    rabbitmqctl -q set_permissions -p "$vhost" "$user" \
      "^$own\$" \
      "^($own|bandmaster\.(reply|event|dead))\$" \
      "^($own|bandmaster\.request|bandmaster\.service\..*)\$"
    rabbitmqctl -q set_topic_permissions -p "$vhost" "$user" bandmaster.reply "^[^.]+\.[^.]+\.$node\$" '^$'
    rabbitmqctl -q set_topic_permissions -p "$vhost" "$user" bandmaster.dead "^q\.[^.]+\.$node\$" '^$'
    rabbitmqctl -q set_topic_permissions -p "$vhost" "$user" bandmaster.event \
      "^(presence\.[^.]+\.$node\.[a-z]+|job\.[^.]+\.$node\.[a-z]+|alert\.[^.]+\.[a-z]+\.$node|enroll\.$node)\$" '^$'
    ;;
  *) usage ;;
esac
echo "$user may use $vhost as a $kind"
