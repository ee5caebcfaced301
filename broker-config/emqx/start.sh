#!/bin/sh
# EMQX in compose.yaml: the gateways with the password of .env, the devices of the development seed, and rights that
# deny what they do not name. EMQX reads users.csv when its own user database is made, and adds nobody twice.
set -eu
umask 077
{
  echo user_id,password,is_superuser
  grep '^device' /broker-config/mosquitto/fleet.txt | while read -r _ _ device credential; do
    echo "$device,$credential,false"
  done
  for gateway in 1 2; do
    echo "waybill-gateway-$gateway,$WAYBILL_MQTT_PASSWORD,false"
  done
} >/opt/emqx/data/users.csv
cp /broker-config/emqx/emqx.conf /broker-config/emqx/acl.conf /opt/emqx/etc/
exec /usr/bin/docker-entrypoint.sh /opt/emqx/bin/emqx foreground
