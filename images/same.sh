#!/bin/sh
# same.sh [TARGET...]: builds images of this checkout twice from nothing, and tells which files are not the same in both.
# Ends with 0 when those are AOT caches alone: docs/compose.md says why. Without a target: all three.
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- control-api gateway agent
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Bytes, links and modes; no times.
contents() {
  container=$(docker create "$1")
  mkdir "$work/files"
  docker export "$container" | tar -x -C "$work/files" --exclude='dev/*' --exclude='proc/*' --exclude='sys/*'
  docker rm "$container" >/dev/null
  (
    cd "$work/files"
    find . -type f -exec sha256sum {} +
    find . -type l -printf 'link %p %l\n'
    find . ! -type l -printf 'mode %p %m %U:%G\n'
  ) | sort
  rm -rf "$work/files"
}

wrong=0
for target; do
  for build in first second; do
    docker build -q --no-cache --target "$target" -t "waybill-same:$build" . >/dev/null
    contents "waybill-same:$build" >"$work/$build"
    docker rmi "waybill-same:$build" >/dev/null
  done
  differ=$(diff "$work/first" "$work/second" | sed -n 's/^[<>] [^ ]* *\([^ ]*\).*/\1/p' | sort -u)
  echo "$target: $(grep -c '^[0-9a-f]\{64\} ' "$work/first") files; these differ: ${differ:-none}"
  [ -z "$(printf '%s\n' "$differ" | grep -v '\.aot$')" ] || wrong=1
done
exit "$wrong"
