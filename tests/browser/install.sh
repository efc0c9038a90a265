#!/usr/bin/env bash
# What the tests in a browser need beside `make test`: Debian's Chromium, Playwright for Python and
# axe (pip), and Oxigraph's WebAssembly build and the editor YASGUI (npm), in build/browser.
. "$(dirname "$0")/../stores/install/common.sh"
cd "$ROOT"

need chromium chromium
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[browser]'
need npm npm
[ -s build/browser/node_modules/oxigraph/web_bg.wasm ] && [ -d build/browser/node_modules/@zazuko/yasgui ] ||
  npm install --silent --no-fund --no-audit --prefix build/browser oxigraph@0.5 @zazuko/yasgui@4
