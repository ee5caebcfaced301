# Five ports that are nobody's, from $base on, below those that connections are given. To be sourced: some builders
# run in the network of their machine, where a stack may be running.
taken() {
  for port in 0 1 2 3 4; do
    grep -q ":$(printf '%04X' $(($1 + port))) " /proc/net/tcp /proc/net/tcp6 2>/dev/null && return
  done
  return 1
}
base=20000
while taken "$base" || [ "$base" = 20000 ]; do
  base=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 2400 * 5))
done
export WAYBILL_MQTT_PORT=$((base + 2)) WAYBILL_HTTP_PORT=$((base + 3)) WAYBILL_GATEWAY_HTTP_PORT=$((base + 4))
