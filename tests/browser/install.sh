#!/usr/bin/env bash
# What the tests in a browser need beside `make test`: Debian's Chromium, Playwright for Python and
# axe (pip), and from npm, in build/browser, Oxigraph's WebAssembly build, the editor YASGUI, and
# Mermaid, which draws the charts of `explain`.
. "$(dirname "$0")/../stores/install/common.sh"
cd "$ROOT"

need chromium chromium
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[browser]'
need npm npm
packages=build/browser/node_modules
[ -s $packages/oxigraph/web_bg.wasm ] && [ -d $packages/@zazuko/yasgui ] && [ -d $packages/mermaid ] ||
  npm install --silent --no-fund --no-audit --prefix build/browser oxigraph@0.5 @zazuko/yasgui@4 mermaid@11
