#!/bin/sh
# The bucket, and a user who may do in it what docs/stores.md lists; safe to repeat.
set -eu
export MC_CONFIG_DIR=/tmp/mc
mc alias set waybill "http://storage:$STORAGE_PORT" "$MINIO_ROOT_USER" "$MINIO_ROOT_PASSWORD" >/dev/null
mc mb --ignore-existing "waybill/$WAYBILL_STORAGE_BUCKET"
sed "s/@BUCKET@/$WAYBILL_STORAGE_BUCKET/" /setup/rights.json >/tmp/rights.json
mc admin policy create waybill waybill /tmp/rights.json
mc admin user add waybill "$WAYBILL_STORAGE_ACCESS_KEY" "$WAYBILL_STORAGE_SECRET_KEY"
# Attached already is an error of mc's.
mc admin policy attach waybill waybill --user "$WAYBILL_STORAGE_ACCESS_KEY" 2>/dev/null ||
  mc admin policy entities waybill --user "$WAYBILL_STORAGE_ACCESS_KEY" | grep -q waybill
echo "bucket $WAYBILL_STORAGE_BUCKET is ready"
