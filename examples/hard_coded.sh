#!/usr/bin/env bash
# A client that knows the service by its real address and has credentials of its own, as many scripts do: the design most
# like a picture, as a file, and a clearance report of the market.
#
#     patsnap-emulator verify --intercept -- examples/hard_coded.sh https://pictures.example/kettle.png
#
# Only with --intercept does it stay on this machine. It wants curl and Python, and takes the first "no" for an answer.
set -euo pipefail

service=https://connect.patsnap.com
client=hard-coded-client
secret=hard-coded-secret
picture=${1:?the address of a picture}
every=${2:-2} # seconds between two questions whether the report is done

# One value of an answer, by its path; an answer that is a refusal or has no such value ends the script.
value() {
  python3 -c '
import json, sys
try:
    value = json.load(sys.stdin)
    if value.get("status") is not True and "token" not in value:
        sys.exit("refused: {error_code} {error_msg}".format(**value))
    for name in sys.argv[1].split("."):
        value = value[int(name)] if isinstance(value, list) else value[name]
    print(value)
except (ValueError, KeyError, IndexError, TypeError, AttributeError):
    sys.exit("the answer has no " + sys.argv[1])
' "$1"
}

# A call with the token: the path, then the body.
call() {
  curl --silent --show-error --max-time 30 --header "Authorization: Bearer $token" \
    --header "Content-Type: application/json" --data "$2" "$service$1?apikey=$client"
}

token=$(curl --silent --show-error --max-time 30 --user "$client:$secret" \
  --data grant_type=client_credentials "$service/oauth/token" | value data.token)

found=$(call /search/patent/image-single "{\"url\": \"$picture\", \"patent_type\": \"D\", \"model\": 1, \"limit\": 5}")
nearest=$(value data.patent_messages.0.patent_pn <<< "$found")
link=$(value data.patent_messages.0.url <<< "$found")
file=$(mktemp)
trap 'rm -f "$file"' EXIT
curl --silent --show-error --fail --max-time 30 --output "$file" "$link"
echo "nearest design: $nearest, a picture of $(wc -c < "$file") bytes"

order="{\"url\": \"$picture\", \"country\": [\"US\", \"CN\"], \"lang\": \"en\"}"
task=$(call /ai/image-search/submit "$order" | value data.task_id)
for _ in {1..15}; do
  sleep "$every"
  report=$(call /ai/image-search/report "{\"task_id\": \"$task\"}")
  state=$(value data.task_status <<< "$report")
  [ "$state" != 3 ] || { echo "the report failed" >&2; exit 1; }
  [ "$state" != 2 ] || { value data.report.comparisons.0.suggestion <<< "$report"; exit; }
done
echo "the report takes too long" >&2
exit 1
