#!/usr/bin/env bash
# hdt-java's library, which reads HDT, with all it needs, from Maven Central; build/stores/hdt.
. "$(dirname "$0")/common.sh"
[ -d "$STORES/hdt" ] && exit
need java default-jre-headless
need mvn maven
cat >"$STORES/hdt-pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>hdt</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.rdfhdt</groupId><artifactId>hdt-java-cli</artifactId><version>3.0.1</version>
    </dependency>
  </dependencies>
</project>
POM
rm -rf "$STORES/hdt.part"
mvn -q -B -f "$STORES/hdt-pom.xml" dependency:copy-dependencies \
  -DoutputDirectory="$STORES/hdt.part" || absent "hdt-java (Maven Central can't be reached)"
mv "$STORES/hdt.part" "$STORES/hdt"
