#!/usr/bin/env bash
# What the tests in a browser need beside `make test`: Debian's Chromium, Playwright for Python and
# axe (pip), and Oxigraph's WebAssembly build and the editor YASGUI (npm), in build/browser.
set -euo pipefail
cd "$(dirname "$0")/../.."

# need PROGRAM PACKAGE: install a Debian package unless its program is there.
need() {
  command -v "$1" >/dev/null 2>&1 && return
  [ "$(id -u)" = 0 ] || { echo "install $2 (as root: apt-get install $2)" >&2; exit 3; }
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

need chromium chromium
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[browser]'
need npm npm
[ -s build/browser/node_modules/oxigraph/web_bg.wasm ] && [ -d build/browser/node_modules/@zazuko/yasgui ] ||
  npm install --silent --no-fund --no-audit --prefix build/browser oxigraph@0.5 @zazuko/yasgui@4
