#!/bin/sh
# A certificate authority for development and trials: whoever reads its folder can become any device. In production
# use the one that you have.
#   broker-config/ca.sh FOLDER init                  ca.crt, ca.key, and an empty list of revoked certificates, ca.crl
#   broker-config/ca.sh FOLDER server NAME [NAME…]   NAME.crt, NAME.key; every name or address that clients use
#   broker-config/ca.sh FOLDER device DEVICE_ID      DEVICE_ID.crt, DEVICE_ID.key; CN is the device's id
#   broker-config/ca.sh FOLDER revoke DEVICE_ID      puts all of its own on ca.crl; SIGHUP has the broker read that
set -eu
umask 077
usage() {
  sed -n 's/^#   //p' "$0" >&2
  exit 2
}
[ $# -ge 2 ] || usage
folder=$1
action=$2
shift 2
mkdir -p "$folder"
cd "$folder"
export OPENSSL_CONF="$PWD/openssl.cnf"

sign() { # NAME DAYS EXTENSIONS
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -subj "/CN=$1" -out "$1.csr"
  openssl ca -batch -notext -days "$2" -extensions extensions -extfile /dev/stdin -in "$1.csr" -out "$1.crt" <<END
[extensions]
$3
END
  rm "$1.csr"
}

# Every certificate of this name that was not revoked yet: who has an older one must not get in with it.
revoke_all() { # NAME
  awk -F '\t' -v name="/CN=$1" '$6 == name { found = 1 } END { exit !found }' issued ||
    { echo "$1 was never given a certificate here" >&2; exit 1; }
  for serial in $(awk -F '\t' -v name="/CN=$1" '$1 != "R" && $6 == name { print $4 }' issued); do
    openssl ca -revoke "$serial.pem"
  done
}

case $action in
  init)
    [ ! -e ca.key ] || { echo "there is one in $folder already" >&2; exit 1; }
    cat >openssl.cnf <<END
[req]
distinguished_name = name
[name]
[ca]
default_ca = authority
[authority]
dir = $PWD
database = $PWD/issued
new_certs_dir = $PWD
certificate = $PWD/ca.crt
private_key = $PWD/ca.key
rand_serial = yes
default_md = sha256
default_crl_days = 365
policy = policy
unique_subject = no
[policy]
commonName = supplied
[authority_extensions]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
END
    : >issued
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout ca.key -out ca.crt \
      -subj "/CN=Waybill development CA" -extensions authority_extensions
    openssl ca -gencrl -out ca.crl
    ;;
  server)
    [ $# -ge 1 ] || usage
    names=
    for name; do
      case $name in
        *:* | *[0-9].[0-9]*.[0-9]*.[0-9]*) names="$names,IP:$name" ;;
        *) names="$names,DNS:$name" ;;
      esac
    done
    sign "$1" 398 "subjectAltName = ${names#,}
extendedKeyUsage = serverAuth"
    ;;
  device)
    [ $# -eq 1 ] || usage
    sign "$1" 398 "extendedKeyUsage = clientAuth"
    ;;
  revoke)
    [ $# -eq 1 ] || usage
    revoke_all "$1"
    openssl ca -gencrl -out ca.crl
    ;;
  *) usage ;;
esac
