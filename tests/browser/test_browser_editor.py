"""YASGUI, the editor that most endpoints are asked with, on a page of another host.

``make test-browser`` installs it from npm; SIB's editor, which is built upon it, is tested by its
requests (`tests/web/test_web_clients.py`).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest
from host import hosting
from playwright.sync_api import Browser, expect

from conftest import ROOT

YASGUI = ROOT / "build" / "browser" / "node_modules" / "@zazuko" / "yasgui" / "build"
FACTORIES = """PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name {
  ?factory a ehpc:AIFactory ; rdfs:label ?name
  FILTER (LANG(?name) = "en" && ?name IN ("JUPITER AI Factory"@en, "LUMI AI Factory"@en))
} ORDER BY ?name"""


@pytest.fixture(scope="module")
def editor(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a page with the editor in it."""
    if not YASGUI.is_dir():
        pytest.skip("YASGUI is not installed: make test-browser")
    folder = tmp_path_factory.mktemp("editor")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        shutil.copy(YASGUI / name, folder)
    (folder / "index.html").write_text(page(f"{address.rstrip('/')}/sparql"), encoding="utf-8")
    with hosting(folder) as host:
        yield f"{host}/index.html"


def page(endpoint: str) -> str:
    settings = json.dumps({"persistenceId": None, "requestConfig": {"endpoint": endpoint}})
    return f"""<!doctype html>
<meta charset="utf-8">
<title>Editor</title>
<link rel="stylesheet" href="yasgui.min.css">
<div id="here"></div>
<script src="yasgui.min.js"></script>
<script>window.editor = new Yasgui(document.getElementById("here"), {settings})</script>
"""


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_yasgui_asks_and_shows_the_answer(browser: Browser, editor: str, method: str) -> None:
    seen = browser.new_page()
    try:
        seen.goto(editor)
        seen.evaluate(
            """([query, method]) => {
              const tab = window.editor.getTab();
              tab.setRequestConfig({method});
              tab.getYasqe().setValue(query);
            }""",
            [FACTORIES, method],
        )
        seen.locator(".yasqe_queryButton").click()
        rows = seen.locator(".yasr table tbody tr")
        expect(rows).to_have_count(2, timeout=30_000)
        assert "JUPITER AI Factory" in rows.nth(0).inner_text()
        assert "LUMI AI Factory" in rows.nth(1).inner_text()
    finally:
        seen.close()
