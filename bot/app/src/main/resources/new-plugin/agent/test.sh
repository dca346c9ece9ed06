#!/bin/sh
# Runs the module as the agent does.
set -e
cd "$(dirname "$0")"
echo '{"path":"/","limit":100}' | ./__NAME__.py | grep -q '"ok": true'
echo "__NAME__: ok"
