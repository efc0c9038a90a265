# What the install scripts share: where things go, and how a file comes from Maven Central.
# Sourced, not run.

set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
STORES="${EUROHPC_KG_STORES:-$ROOT/build/stores}"
mkdir -p "$STORES"

have() { command -v "$1" >/dev/null 2>&1; }

# absent WHAT: say that something can't be had here; its tests are skipped (status 3).
absent() {
  echo "can't be installed here: $1; what needs it is skipped" >&2
  exit 3
}

# need PROGRAM PACKAGE: install a Debian package unless its program is there.
need() {
  have "$1" && return
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || absent "$2 (as root: apt-get install $2)"
    as_root=(sudo -n)
  fi
  have apt-get || absent "$2 (there is no apt-get)"
  "${as_root[@]}" apt-get update -qq || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$2" >/dev/null || absent "$2 (apt-get failed)"
}

# from_maven GROUP:ARTIFACT:VERSION[:TYPE[:CLASSIFIER]] FILE: put an artifact of Maven Central at $STORES/FILE.
from_maven() {
  need java default-jre-headless
  [ -s "$STORES/$2" ] && return
  need mvn maven
  local group artifact version type classifier
  IFS=: read -r group artifact version type classifier <<<"$1"
  type="${type:-jar}"
  mvn -q -B dependency:get -Dtransitive=false \
    -Dartifact="$group:$artifact:$version:$type${classifier:+:$classifier}" ||
    absent "$artifact $version (Maven Central can't be reached)"
  local local_repository="${MAVEN_REPOSITORY:-$HOME/.m2/repository}"
  cp "$local_repository/${group//.//}/$artifact/$version/$artifact-$version${classifier:+-$classifier}.$type" "$STORES/$2.part"
  mv "$STORES/$2.part" "$STORES/$2"
}
