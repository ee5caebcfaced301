#!/bin/sh
# jars.sh MODULE FOLDER OPTIONS-FILE [JVM-OPTION...]
# Copies the jars of one program out of a finished build, and writes what `java @FOLDER/java.options` needs:
# the class path in the order of the build, written out because an AOT cache is good for exactly one.
set -eu
module=$1 folder=$2 options=$3
shift 3
mkdir -p "$folder/lib"
class_path=
for jar in "$module"/target/"$module"-*.jar $(tr ':' ' ' <"$module/target/classpath"); do
  name=$(basename "$jar")
  # Libraries of one name from two groups.
  while [ -e "$folder/lib/$name" ]; do name=x-$name; done
  cp "$jar" "$folder/lib/$name"
  class_path=$class_path${class_path:+:}$folder/lib/$name
done
# What is in it, and under which licences: CycloneDX. Maven writes none while it is offline.
[ ! -e "$module/target/sbom.json" ] || cp "$module/target/sbom.json" "$folder/"
# An AOT cache is good for jars of one size and one time, and a builder that finds a layer with the same bytes takes that one,
# with its times.
touch -d "@${SOURCE_DATE_EPOCH:-0}" "$folder"/lib/*
{
  # Bytes, so that such a builder sees another folder when the times are others.
  echo "# Its jars have the time $(date -u -d "@${SOURCE_DATE_EPOCH:-0}" +%FT%TZ)."
  grep -v '^#' "$options"
  printf '%s\n' "$@" -Xlog:disable -Xlog:all=error:stderr -cp "$class_path"
} >"$folder/java.options"
# The health check: one class, and no more JVM than it needs.
printf '%s\n' -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx8m -XX:-UsePerfData -Xlog:disable \
  -cp "${class_path%%:*}" io.waybill.server.Probe >"$folder/probe.options"
