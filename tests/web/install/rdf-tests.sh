#!/usr/bin/env bash
# W3C's tests of SPARQL, to build/w3c/rdf-tests (or $EUROHPC_KG_W3C): one commit of them from GitHub.
# Where that can't be reached, the earlier form of the same tests from a release of Jena, which
# Maven Central has (48 MB, half a minute). Where neither can, the tests are skipped, and this says so.
. "$(dirname "$0")/../../stores/install/common.sh"
PLACE="${EUROHPC_KG_W3C:-$ROOT/build/w3c/rdf-tests}"
FROM="${1:-https://github.com/w3c/rdf-tests.git}"
COMMIT=ad541a5f0479f0798608c4801369d97b8e08b36f
JENA=6.1.0
ROOMS=(sparql/sparql11/protocol sparql/sparql11/service-description)

from_github() {
  git init -q "$PLACE" && cd "$PLACE" &&
    git sparse-checkout set --no-cone "${ROOMS[@]/#//}" &&
    GIT_TERMINAL_PROMPT=0 timeout 60 git fetch -q --depth 1 --filter=blob:none "$FROM" "$COMMIT" &&
    git checkout -q FETCH_HEAD
}

from_jena() {
  from_maven "org.apache.jena:jena:$JENA:zip:source-release" jena-source.zip || return
  local room
  for room in "${ROOMS[@]}"; do
    mkdir -p "$PLACE/$room"
    python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' \
      "$STORES/jena-source.zip" "jena-$JENA/jena-arq/testing/rdf-tests-cg/$room/manifest.ttl" \
      > "$PLACE/$room/manifest.ttl" || return
  done
}

[ -e "$PLACE/sparql/sparql11/protocol/manifest.ttl" ] && exit 0
for way in from_github from_jena; do
  rm -rf "$PLACE"
  (set +e; "$way") && exit 0
done
rm -rf "$PLACE"
echo "W3C's tests can be had neither from $FROM nor from Maven Central: they are skipped" >&2
