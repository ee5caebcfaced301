#!/bin/sh
# train.sh [SECONDS]: runs the programs of the images for a while beside the embedded stack, so that the JVM can write
# down what it has loaded and learned: /opt/trained/{control-api,gateway,agent}.aot.
set -eu
seconds=${1:-40}
. "$(dirname "$0")/ports.sh"
work=$(mktemp -d)
mkdir -p /opt/trained
cd "$work"
export MALLOC_ARENA_MAX=2 LC_ALL=C.UTF-8

fail() {
  echo "train: $*" >&2
  tail -n 20 "$work"/*.log >&2
  exit 1
}
patiently() {
  what=$1
  shift
  for _ in $(seq 300); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.5
  done
  fail "$what did not come"
}
program() { /opt/jre/bin/java "$@"; }
server() { program -Xmx128m @/opt/waybill/java.options io.waybill.server.Main "$@"; }
ready() { /opt/jre/bin/java @/opt/waybill/probe.options "$1"; }

"$JAVA_HOME/bin/java" -Xmx512m @/opt/stack/java.options io.waybill.allinone.Main \
  up --services postgres,broker,storage --data-dir "$work/stack" --postgres-port "$base" \
  --storage-port "$((base + 1))" --mqtt-port "$WAYBILL_MQTT_PORT" >stack.log 2>&1 &
stack=$!
patiently "the embedded stack" grep -q '^ready in' stack.log
export WAYBILL_DATABASE_URL=jdbc:postgresql://127.0.0.1:$base/waybill
export WAYBILL_STORAGE_ENDPOINT=http://127.0.0.1:$((base + 1))
server admin migrate
server admin seed

/opt/jre/bin/java -Xmx128m -XX:AOTCacheOutput=/opt/trained/control-api.aot @/opt/waybill/java.options \
  io.waybill.server.Main control-api >control-api.log 2>&1 &
api=$!
/opt/jre/bin/java -Xmx256m -XX:AOTCacheOutput=/opt/trained/gateway.aot @/opt/waybill/java.options \
  io.waybill.server.Main gateway >gateway.log 2>&1 &
gateway=$!
patiently "control-api" ready "$WAYBILL_HTTP_PORT"
patiently "the gateway" ready "$WAYBILL_GATEWAY_HTTP_PORT"

WAYBILL_AGENT_STATE_DIR=$work/agent program -XX:AOTCacheOutput=/opt/trained/agent.aot @/opt/waybill-agent/java.options io.waybill.agent.Main \
  upload /src/seeds/robot-run-42.mcap
"$JAVA_HOME/bin/java" -Xmx128m -cp "/opt/waybill-agent/lib/*" /src/images/Train.java "$seconds"

# A cache is written when its program ends by itself.
kill "$api" "$gateway"
wait "$api" || true
wait "$gateway" || true
kill "$stack"
wait "$stack" || true
for cache in control-api gateway agent; do
  [ -s /opt/trained/$cache.aot ] || fail "$cache left no AOT cache"
done
ls -l /opt/trained
rm -rf "$work"
