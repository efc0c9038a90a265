#!/usr/bin/env bash
# Comunica's command line for SPARQL endpoints, from npm.
. "$(dirname "$0")/common.sh"
need npm npm
[ -x "$STORES/comunica/node_modules/.bin/comunica-sparql" ] ||
  npm install --silent --no-fund --no-audit --prefix "$STORES/comunica" @comunica/query-sparql@4 ||
  absent "@comunica/query-sparql (npm failed)"
