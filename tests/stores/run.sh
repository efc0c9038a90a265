#!/usr/bin/env bash
# run.sh PYTHON: the conformance suite, two stores at a time; the results are build/stores-*.xml.
set -uo pipefail
mkdir -p build
rm -f build/stores-*.xml
failed=0 running=()
for stores in "virtuoso or oxigraph" "fuseki or rdf4j"; do
  name=${stores// or /-}
  EUROHPC_KG_TEST_STORES=1 "$1" -m pytest tests/test_stores.py -k "$stores" --durations=5 \
    --junitxml="build/stores-$name.xml" >"build/stores-$name.log" 2>&1 &
  running+=($!)
done
for process in "${running[@]}"; do wait "$process" || failed=1; done
cat build/stores-*.log
exit "$failed"
