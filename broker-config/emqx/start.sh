#!/bin/sh
# EMQX in compose.yaml: the gateways with the password of .env; devices, and what they may, are asked for at control-api.
# EMQX reads users.csv when its own user database is made, and adds nobody twice.
set -eu
umask 077
{
  echo user_id,password,is_superuser
  for gateway in 1 2; do
    echo "waybill-gateway-$gateway,$WAYBILL_MQTT_PASSWORD,false"
  done
} >/opt/emqx/data/users.csv
sed -e "s#@CONTROL_API@#${WAYBILL_CONTROL_API:-control-api:18081}#" -e "s#@SECRET@#$WAYBILL_INTERNAL_SECRET#" \
  /broker-config/emqx/emqx.conf >/opt/emqx/etc/emqx.conf
cp /broker-config/emqx/acl.conf /opt/emqx/etc/
exec /usr/bin/docker-entrypoint.sh /opt/emqx/bin/emqx foreground
