#!/bin/sh
# Speaks with the script as the bot does.
set -e
cd "$(dirname "$0")"
echo '{"type":"describe","api":"__API_LEVEL__"}' | ./__NAME__.py | grep -q '"name": "__NAME__"'
printf '%s\n' '{"type":"plan","command":"__NAME__","arguments":{}}' \
  '{"type":"nodes","nodes":[{"name":"web1"}]}' | ./__NAME__.py | grep -q '"nodes": \["web1"\]'
echo "__NAME__: ok"
