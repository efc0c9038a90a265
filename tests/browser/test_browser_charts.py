"""The charts that `explain --format mermaid` writes, drawn by Mermaid itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from host import hosting
from playwright.sync_api import Browser, Page

from conftest import ROOT

MERMAID = ROOT / "build" / "browser" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
PAGE = """<!doctype html>
<meta charset="utf-8">
<title>Charts</title>
<script src="mermaid.min.js"></script>
<script>mermaid.initialize({startOnLoad: false})</script>
"""
NODES = """async chart => {
  const host = document.createElement("div");
  host.innerHTML = (await mermaid.render("chart", chart)).svg;
  return [...host.querySelectorAll(".node")].map(node => node.textContent.trim());
}"""
EXPLAINED = [
    ("it holds", "leonardo", "in-country", "italy", "Leonardo · in country · Italy"),
    ("by a figure", "leonardo", "ehpc:linpackPerformance", "241.2", "best-figures"),
    ("said by documents", "lumi", "ehpc:locatedIn", "kajaani", "LUMI · located in · Kajaani"),
    ("it does not hold", "lumi", "in-country", "spain", "missing: LUMI · located in · Spain"),
]


@pytest.fixture(scope="module")
def drawing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return a page that can draw charts."""
    if not MERMAID.is_file():
        pytest.skip("Mermaid is not installed: make test-browser")
    folder = tmp_path_factory.mktemp("charts")
    shutil.copy(MERMAID, folder)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    with hosting(folder) as host:
        page = browser.new_page()
        page.goto(f"{host}/index.html")
        yield page
        page.close()


@pytest.mark.parametrize("case", EXPLAINED, ids=lambda case: case[0])
def test_mermaid_draws_an_explanation(drawing: Page, case: tuple[str, str, str, str, str]) -> None:
    _, subject, predicate, value, shown = case
    command = [sys.executable, "-m", "eurohpc_kg", "explain", subject, predicate, value]
    chart = subprocess.run(
        [*command, "--format", "mermaid", "--all"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    nodes = drawing.evaluate(NODES, chart)
    assert shown in nodes
    assert len(nodes) == chart.count('"') / 2


def test_mermaid_shows_signs_as_they_are(drawing: Page) -> None:
    from eurohpc_kg.explain.as_mermaid import _escaped

    text = """<b>"R&D"</b> #1 `x` [a](b) {c} -- ;"""
    chart = f'flowchart BT\n  s1["{_escaped(text)}"]\n'
    assert drawing.evaluate(NODES, chart) == [text]
