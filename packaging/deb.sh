#!/bin/sh
# deb.sh FOLDER [VERSION]: makes FOLDER/waybill-agent_VERSION_ARCHITECTURE.deb of a finished build; ./waybill package does both.
# For this machine's architecture, because it runs what it ships. Needs a JDK 25 in JAVA_HOME and dpkg-deb.
#   SOURCE_DATE_EPOCH   the time of every file in it; else that of the last commit
#   WAYBILL_AOT_CACHE   what an earlier build has learned, in place of learning again: with the same build, time and
#                       cache, the package is the same, byte for byte
#   DPKG_DEB_COMPRESSOR_TYPE   xz, or none where it is to be quick
set -eu
root=$(dirname "$(dirname "$(readlink -f "$0")")")
mkdir -p "$1"
folder=$(readlink -f "$1")
version=${2:-$(sed -n 's|^ *<version>\(.*\)</version>|\1|p' "$root/pom.xml" | head -n 1 | sed 's/-SNAPSHOT/~snapshot/')}
architecture=$(dpkg --print-architecture)
: "${SOURCE_DATE_EPOCH:=$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/pom.xml")}"
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
umask 022
source=$root/packaging/debian
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
home=/usr/lib/waybill-agent
doc=$tree/usr/share/doc/waybill-agent

put() { install -D -m "$1" "$source/$2" "$tree/$3"; }
put 755 waybill-agent usr/bin/waybill-agent
put 644 waybill-agent.service usr/lib/systemd/system/waybill-agent.service
put 644 environment etc/waybill-agent/environment
put 644 copyright usr/share/doc/waybill-agent/copyright
put 644 lintian-overrides usr/share/lintian/overrides/waybill-agent

mkdir -p "$tree$home"
"$JAVA_HOME/bin/jlink" --output "$tree$home/jre" --no-man-pages --no-header-files --strip-java-debug-attributes \
  --add-modules java.base,java.logging,java.naming,java.net.http,java.security.jgss,java.sql,java.management,jdk.management,jdk.unsupported,jdk.crypto.cryptoki
rm -rf "$tree$home/jre/bin/keytool" "$tree$home/jre/lib/jexec"
mv "$tree$home/jre/legal" "$doc/openjdk"
chmod -R u+w "$doc/openjdk"

(cd "$root" && images/jars.sh device-agent "$tree$home" device-agent/src/main/jvm/agent.jvmopts)
rm "$tree$home/probe.options"
cp "$tree$home/java.options" "$work/java.options"
sed -i "s|$tree||g" "$tree$home/java.options"

"$JAVA_HOME/bin/java" -cp "$tree$home/lib/*" "$root/packaging/Pages.java" "$work" "$(date -d "@$SOURCE_DATE_EPOCH" +%F)"
mkdir -p "$tree/usr/share/man/man1" "$tree/usr/share/bash-completion/completions"
gzip -9n <"$work/waybill-agent.1" >"$tree/usr/share/man/man1/waybill-agent.1.gz"
sed 1d "$work/waybill-agent.bash" >"$tree/usr/share/bash-completion/completions/waybill-agent"
{
  printf 'waybill-agent (%s) unstable; urgency=medium\n\n  * Built from this commit; what is new is in changelog/ of the sources.\n\n' "$version"
  printf ' -- Waybill <maintainers@waybill.example.org>  %s\n' "$(date -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n >"$doc/changelog.gz"

# A cache is good for jars and a runtime of one size and one time.
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
if [ -n "${WAYBILL_AOT_CACHE:-}" ]; then
  cp "$WAYBILL_AOT_CACHE" "$tree$home/agent.aot"
else
  "$root/packaging/train.sh" "$tree$home/jre" "$work/java.options" "$tree$home/agent.aot"
fi
chmod 644 "$tree$home/agent.aot"

# What the C library must have.
libc=$(find "$tree$home/jre" -name '*.so' -o -path '*/bin/java' | xargs grep -aoh 'GLIBC_2\.[0-9]*' | sort -uV | tail -n 1)
mkdir "$tree/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@LIBC@/${libc#GLIBC_}/" \
  -e "s/@SIZE@/$(du -sk --exclude=DEBIAN "$tree" | cut -f 1)/" "$source/control" >"$tree/DEBIAN/control"
echo /etc/waybill-agent/environment >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do
  install -m 755 "$source/$script" "$tree/DEBIAN/$script"
done
(cd "$tree" && find etc usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
package=$folder/waybill-agent_${version}_$architecture.deb
dpkg-deb --root-owner-group -Z"${DPKG_DEB_COMPRESSOR_TYPE:-xz}" --threads-max=1 --build "$tree" "$package.new" >/dev/null
mv "$package.new" "$package"
printf '%s\n' "$package"
