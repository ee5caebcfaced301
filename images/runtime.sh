#!/bin/sh
# Puts a Java runtime into /opt/jre, and into /rootfs what it needs of an operating system: the C library, a
# user, a folder for temporary files. No shell, no package manager, nothing else to keep up to date.
set -eu
# jdk.httpserver and jdk.management are named because nothing finds them but running: ComposedSystemTest.
jlink --output /opt/jre --no-man-pages --no-header-files --strip-java-debug-attributes \
  --add-modules java.base,java.logging,java.naming,java.net.http,java.security.jgss,java.sql,java.management,jdk.httpserver,jdk.management,jdk.unsupported,jdk.crypto.cryptoki \
  --generate-cds-archive
rm -rf /opt/jre/legal /opt/jre/bin/keytool /opt/jre/bin/rmiregistry /opt/jre/bin/jrunscript

mkdir -p /rootfs/etc /rootfs/tmp /rootfs/var/lib/waybill
chmod 1777 /rootfs/tmp
chown 10001:10001 /rootfs/var/lib/waybill
echo 'waybill:x:10001:10001:waybill:/var/lib/waybill:/nonexistent' >/rootfs/etc/passwd
echo 'waybill:x:10001:' >/rootfs/etc/group
echo 'hosts: files dns' >/rootfs/etc/nsswitch.conf
find /opt/jre -name '*.so' -o -path '*/bin/java' -o -name jspawnhelper | xargs ldd 2>/dev/null |
  awk '$2 == "=>" && $3 ~ "^/" { print $3 } $1 ~ "^/lib.*ld-" { print $1 }' | grep -v '^/opt/jre' | sort -u |
  while read -r library; do
    mkdir -p "/rootfs$(dirname "$library")"
    cp -L "$library" "/rootfs$library"
  done
