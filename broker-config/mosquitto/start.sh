#!/bin/sh
# Runs Mosquitto in the foreground, on loopback, for the identities of fleet.txt.
#   broker-config/mosquitto/start.sh [PORT] [FLEET] [ADDRESS]      then, elsewhere:
#   WAYBILL_MQTT_HOST=127.0.0.1 WAYBILL_MQTT_PORT=[PORT] ./waybill demo
set -eu
here=$(dirname "$(readlink -f "$0")")
port=${1:-1883}
fleet=${2:-$here/fleet.txt}
address=${3:-127.0.0.1}
PATH=$PATH:/usr/sbin

for program in mosquitto mosquitto_passwd; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "$program is not installed. Debian, Ubuntu: apt install mosquitto" >&2
    exit 1
  }
done

folder=$(mktemp -d)
broker=
stop() {
  [ -z "$broker" ] || kill "$broker" 2>/dev/null || true
  [ -z "$broker" ] || wait "$broker" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 0' INT TERM

umask 077
: >"$folder/passwords"
: >"$folder/acl"
while read -r kind first second third; do
  case $kind in
    device)
      mosquitto_passwd -b "$folder/passwords" "$second" "$third"
      own=device/$first/$second
      cat >>"$folder/acl" <<END
user $second
topic write $own/upload/request
topic write $own/upload/progress
topic write $own/upload/command/result
topic write $own/presence
topic read $own/upload/response/#
topic read $own/upload/error
topic read $own/upload/command
topic read $own/upload/event
END
      ;;
    gateway)
      mosquitto_passwd -b "$folder/passwords" "$first" "$second"
      cat >>"$folder/acl" <<END
user $first
topic write device/+/+/upload/response/#
topic write device/+/+/upload/error
topic write device/+/+/upload/command
topic write device/+/+/upload/event
topic read device/+/+/upload/request
topic read device/+/+/upload/progress
topic read device/+/+/upload/command/result
topic read device/+/+/presence
END
      ;;
    # May do nothing but connect.
    probe) mosquitto_passwd -b "$folder/passwords" "$first" "$second" ;;
  esac
done <"$fleet"

sed -e "s#@PORT@#$port#" -e "s#@ADDRESS@#$address#" -e "s#@FOLDER@#$folder#" "$here/mosquitto.conf" >"$folder/mosquitto.conf"
# Started by root it would become another user, who cannot read these files.
echo "user $(id -un)" >>"$folder/mosquitto.conf"
mosquitto -c "$folder/mosquitto.conf" &
broker=$!
wait "$broker"
