#!/bin/sh
# train.sh JRE OPTIONS CACHE: has the agent upload a recording to the embedded stack, so that the JVM can write down what it
# has loaded and learned.
set -eu
root=$(dirname "$(dirname "$(readlink -f "$0")")")
jre=$1 options=$2 cache=$3
. "$root/images/ports.sh"
work=$(mktemp -d)
stack=
clean_up() {
  [ -z "$stack" ] || { kill "$stack" 2>/dev/null && wait "$stack" || true; }
  rm -rf "$work"
}
trap clean_up EXIT
fail() {
  echo "train: $*" >&2
  tail -n 20 "$work"/*.log >&2
  exit 1
}
cd "$root"
stack_jars=$(ls all-in-one/target/all-in-one-*.jar):$(cat all-in-one/target/classpath)
MALLOC_ARENA_MAX=2 "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Xlog:disable \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$stack_jars" io.waybill.allinone.Main \
  up --data-dir "$work/stack" --postgres-port "$base" --storage-port "$((base + 1))" \
  --mqtt-port "$WAYBILL_MQTT_PORT" --http-port "$WAYBILL_HTTP_PORT" --gateway-port "$WAYBILL_GATEWAY_HTTP_PORT" \
  >"$work/stack.log" 2>&1 &
stack=$!
for _ in $(seq 240); do
  grep -q '^ready in' "$work/stack.log" && break
  kill -0 "$stack" 2>/dev/null || fail "the embedded stack ended"
  sleep 0.5
done
WAYBILL_AGENT_STATE_DIR=$work/agent "$jre/bin/java" "-XX:AOTCacheOutput=$cache" "@$options" io.waybill.agent.Main \
  upload seeds/robot-run-42.mcap >"$work/agent.log" 2>&1 || fail "the upload did not go well"
[ -s "$cache" ] || fail "the agent left no AOT cache"
