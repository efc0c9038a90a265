#!/usr/bin/env bash
# W3C's tests of SPARQL, one commit of them, to build/w3c/rdf-tests (or $EUROHPC_KG_W3C).
# They lie on GitHub only; where that can't be reached, this says so, and the tests are skipped.
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
PLACE="${EUROHPC_KG_W3C:-$ROOT/build/w3c/rdf-tests}"
FROM="${1:-https://github.com/w3c/rdf-tests.git}"
COMMIT=ad541a5f0479f0798608c4801369d97b8e08b36f

[ -e "$PLACE/sparql/sparql11/protocol/manifest.ttl" ] && exit 0
rm -rf "$PLACE"
git init -q "$PLACE"
cd "$PLACE"
git sparse-checkout set --no-cone /sparql/sparql11/protocol /sparql/sparql11/service-description
GIT_TERMINAL_PROMPT=0 timeout 60 git fetch -q --depth 1 --filter=blob:none "$FROM" "$COMMIT" &&
  git checkout -q FETCH_HEAD || {
  rm -rf "$PLACE"
  echo "W3C's tests can't be fetched from $FROM: the tests that need them are skipped" >&2
}
