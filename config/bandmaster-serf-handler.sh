#!/bin/sh
# Sends a Serf event to the bot: an event handler for the Serf agents of two or three servers.
#
#   serf agent -event-handler /usr/local/bin/bandmaster-serf-handler.sh …
#
# BANDMASTER_WEBHOOK_URL         the bot's webhook of kind "serf"
# BANDMASTER_WEBHOOK_TOKEN_FILE  a file with its token, which only Serf's user can read
#
# Needs curl and awk. Serf's input is never evaluated by a shell. The token appears in no process
# list. The same event may be sent any number of times.
set -eu
url=${BANDMASTER_WEBHOOK_URL:-http://127.0.0.1:8088/webhooks/serf}
token_file=${BANDMASTER_WEBHOOK_TOKEN_FILE:-/etc/bandmaster/serf-webhook-token}

# Serf sends this output to the sender of a query.
exec >&2

case ${SERF_EVENT:-} in
  member-join | member-leave | member-failed | member-update | member-reap | user) ;;
  *) exit 0 ;;
esac

token=$(cat "$token_file")
case $token in
  *[!A-Za-z0-9._~+/=-]* | '')
    echo "$0: $token_file must hold one word of letters, digits and . _ ~ + / = -"
    exit 1
    ;;
esac

# Serf's standard input as JSON. Members come one a line, separated by tabs: name, address, role, tags.
as_json() {
  LC_ALL=C tr -d '\000' | LC_ALL=C awk '
    BEGIN {
      for (i = 1; i < 32; i++) escaped[sprintf("%c", i)] = sprintf("\\u%04x", i)
      escaped["\""] = "\\\""
      escaped["\\"] = "\\\\"
      event = ENVIRON["SERF_EVENT"]
    }
    function text(value,    out, i, each) {
      out = ""
      for (i = 1; i <= length(value); i++) {
        each = substr(value, i, 1)
        out = out (each in escaped ? escaped[each] : each)
      }
      return "\"" out "\""
    }
    event == "user" { payload = payload (NR > 1 ? "\n" : "") $0 }
    event != "user" && $0 != "" {
      fields = split($0, field, "\t")
      members = members (members == "" ? "" : ",") "{\"name\":" text(field[1]) \
        ",\"address\":" text(fields > 1 ? field[2] : "") \
        ",\"role\":" text(fields > 2 ? field[3] : "") \
        ",\"tags\":" text(fields > 3 ? field[4] : "") "}"
    }
    END {
      printf "{\"event\":%s,\"self\":%s", text(event), text(ENVIRON["SERF_SELF_NAME"])
      if (event == "user")
        printf ",\"name\":%s,\"ltime\":%s,\"payload\":%s}", text(ENVIRON["SERF_USER_EVENT"]),
          text(ENVIRON["SERF_USER_LTIME"]), text(payload)
      else
        printf ",\"members\":[%s]}", members
    }'
}

# Serf waits for this script before it gives the next event, so it does not try for long.
as_json | curl --silent --show-error --fail --output /dev/null \
  --max-time 10 --retry 3 --retry-connrefused --retry-max-time 20 \
  --header 'Content-Type: application/json' --data-binary @- --config /dev/fd/3 --url "$url" 3<<CONFIG
header = "Authorization: Bearer $token"
CONFIG
