#!/bin/sh
# Mosquitto in compose.yaml: the gateways with the password of .env, and the devices of the development seed.
set -eu
umask 077
{
  grep '^device' /broker-config/fleet.txt
  for gateway in 1 2; do
    echo "gateway waybill-gateway-$gateway $WAYBILL_MQTT_PASSWORD"
  done
} >/tmp/fleet
exec /broker-config/start.sh 1883 /tmp/fleet 0.0.0.0
