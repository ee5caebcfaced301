#!/bin/sh
# assemble.sh VERSION [DATE]
# Writes the section of a release to stdout: what stands in unreleased/, each file under its own title, in the order of their
# names. At a release it goes to the top of CHANGELOG.md, and the files of unreleased/ are deleted.
set -eu
version=${1:?usage: changelog/assemble.sh VERSION [DATE]}
printf '## %s (%s)\n' "$version" "${2:-$(date -u +%F)}"
for file in "$(dirname "$0")"/unreleased/*.md; do
  head -n 1 "$file" | grep -q '^### ' || { echo "$file does not begin with '### ' and a title" >&2; exit 1; }
  printf '\n'
  cat "$file"
done
