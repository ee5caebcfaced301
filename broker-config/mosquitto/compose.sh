#!/bin/sh
# Mosquitto in compose.yaml: the gateways with the password of .env, the devices of the development seed, and the
# health check, which has a user of its own: a name is a session here, and whoever takes a gateway's ends it.
set -eu
umask 077
{
  grep '^device' /broker-config/fleet.txt
  for gateway in 1 2; do
    echo "gateway waybill-gateway-$gateway $WAYBILL_MQTT_PASSWORD"
  done
  echo "probe waybill-probe $WAYBILL_MQTT_PASSWORD"
} >/tmp/fleet
exec /broker-config/start.sh 1883 /tmp/fleet 0.0.0.0
