#!/bin/sh
# A hook of alerts.hooks: takes a node out of an HAProxy backend when it fails or leaves, and puts it
# back when it is there again. The server in the backend has the node's name.
#
#   hook-haproxy.sh <HAProxy's admin socket> <backend>
#
# The event is one line of JSON on standard input. It may come twice, which makes no difference here.
# Needs socat.
set -eu
socket=$1
backend=$2
read -r event

# Names of nodes are letters, digits, dots, dashes and underscores; anything else is not taken.
node=$(printf '%s' "$event" | sed -n 's/.*"node":"\([A-Za-z0-9._-]*\)".*/\1/p')
happened=$(printf '%s' "$event" | sed -n 's/.*"event":"\([a-z]*\)".*/\1/p')
[ -n "$node" ] || { echo "no node in: $event"; exit 2; }

case $happened in
  join) state=ready ;;
  leave | failed) state=maint ;;
  *) echo "nothing to do for '$happened'"; exit 0 ;;
esac

answer=$(echo "set server $backend/$node state $state" | socat -t 5 - "UNIX-CONNECT:$socket")
# HAProxy answers with an empty line, or with what is wrong.
[ -z "$answer" ] || { echo "$answer"; exit 1; }
