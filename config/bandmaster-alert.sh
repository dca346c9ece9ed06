#!/bin/sh
# Raises an alert in Slack through this server's agent, for instance from cron:
#
#   backup || bandmaster-alert.sh critical backup "the nightly backup failed"
#
# Usage: bandmaster-alert.sh info|warning|critical KIND SUMMARY…
# KIND is one word; alerts of one kind share a message, and repeated ones from the same server are
# counted. The agent sends it within seconds; while the broker is unreachable it waits in the state folder.
set -eu
state=${BANDMASTER_STATE:-/var/lib/bandmaster-agent}

usage() {
  echo "Usage: $0 info|warning|critical KIND SUMMARY…" >&2
  exit 2
}

[ $# -ge 3 ] || usage
severity=$1
kind=$2
shift 2
case $severity in info | warning | critical) ;; *) usage ;; esac
case $kind in *[!A-Za-z0-9_.-]* | [_.-]* | '') usage ;; esac
if ! [ -d "$state/alerts" ]; then
  echo "No folder $state/alerts. Is the agent running here? Set BANDMASTER_STATE to its state folder." >&2
  exit 1
fi
# Written under another name first: the agent must not read half of it.
file=$state/alerts/$(date +%s)-$$
(umask 077 && printf '%s\n%s\n%s\n' "$severity" "$kind" "$*" | head -c 4000 >"$file.new")
mv "$file.new" "$file.alert"
