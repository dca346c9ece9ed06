#!/bin/sh
# Has the agent of this server tell people in Slack, for instance from cron:
#
#   backup || bandmaster-alert.sh critical backup "the nightly backup failed"
#
# Usage: bandmaster-alert.sh info|warning|critical KIND SUMMARY…
# KIND is one word; alerts of one kind share a message, and the same one from the same server counts
# up. The agent takes it within seconds; while the broker is away it waits in the state folder.
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
  echo "There is no folder $state/alerts. Is the agent running here? BANDMASTER_STATE names its state folder." >&2
  exit 1
fi
# Written under another name first: the agent must not read half of it.
file=$state/alerts/$(date +%s)-$$
(umask 077 && printf '%s\n%s\n%s\n' "$severity" "$kind" "$*" | head -c 4000 >"$file.new")
mv "$file.new" "$file.alert"
