#!/usr/bin/env bash
# Eclipse RDF4J server: its web archive, and Jetty's runner to run it, from Maven Central.
. "$(dirname "$0")/common.sh"
from_maven org.eclipse.rdf4j:rdf4j-http-server:4.1.3:war rdf4j-server.war
from_maven org.eclipse.jetty:jetty-runner:9.4.57.v20241219 jetty-runner.jar
