#!/usr/bin/env bash
# Apache Jena Fuseki, with TDB2 in it: one jar from Maven Central.
. "$(dirname "$0")/common.sh"
from_maven org.apache.jena:jena-fuseki-server:5.5.0 fuseki.jar
