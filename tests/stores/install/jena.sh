#!/usr/bin/env bash
# Jena's command line (arq, rsparql, riot), from Maven Central.
. "$(dirname "$0")/common.sh"
from_maven org.apache.jena:apache-jena:5.5.0:tar.gz jena.tar.gz
[ -d "$STORES/jena" ] || {
  mkdir "$STORES/jena.part"
  tar -xzf "$STORES/jena.tar.gz" -C "$STORES/jena.part" --strip-components=1
  mv "$STORES/jena.part" "$STORES/jena"
}
