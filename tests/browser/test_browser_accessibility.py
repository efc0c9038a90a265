"""Every kind of page by axe: no violation of WCAG 2.2 AA, light and dark, wide and narrow.

What hangs on neither colours nor width is looked for once; the rest again dark and narrow. Long
lists are cut before that, as their entries are alike and axe takes a minute for thousands.
`EUROHPC_KG_SCREENSHOTS` names a folder to which each page is drawn, to be looked at by eye.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("axe_playwright_python", reason="the extra browser is not installed")

from axe_playwright_python.sync_playwright import Axe
from kinds import PAGES, THINGS
from playwright.sync_api import Browser
from reading import Manner, Reader

from conftest import Opens

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHOLE = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
MANNERS = [
    Manner("light", 1280), Manner("light", 390), Manner("dark", 1280), Manner("dark", 390),
]  # fmt: skip
# What differs with colours and width.
LOOKS = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "target-size",
                   "scrollable-region-focusable"],
    }
}  # fmt: skip

# Leave the first entries of each list, table and row of sections.
CUT = """() => document
  .querySelectorAll("ul, ol, dl, dl > div, tbody, datalist, svg, .marks, main, #list")
  .forEach((list) => [...list.children].slice(16).forEach((entry) => entry.remove()))"""


def violations(reader: Reader, options: dict[str, Any]) -> list[str]:
    """Return what axe finds, one line an element."""
    answer = Axe().run(reader.page, options={**options, "resultTypes": ["violations"]}).response
    return [
        f"{reader.page.url} {reader.manner}: {rule['id']}: {rule['help']}: {node['html'][:200]}"
        f" {json.dumps(node['any'][:1])[:300]}"
        for rule in answer["violations"]
        for node in rule["nodes"][:3]
    ]


@pytest.fixture(scope="module")
def looker(browser: Browser, address: str) -> Iterator[Reader]:
    """Return one reader for all pages: a window of one's own for each takes as long as axe."""
    reader = Reader(browser, address, Manner())
    yield reader
    reader.close()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_no_violation(looker: Reader, kind: str) -> None:
    looker.open(PAGES[kind])
    found = [f"{one}: wider than the window" for one in MANNERS if turned(looker, one, kind) > 0]
    looker.page.evaluate(CUT)
    found += violations(looker, LOOKS)  # in the last manner
    turned(looker, MANNERS[0])
    found += violations(looker, WHOLE)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", THINGS)
def test_the_page_of_a_thing_of_each_class_has_no_violation(looker: Reader, kind: str) -> None:
    manner = MANNERS[[*THINGS].index(kind) % len(MANNERS)]  # one template: each manner in turn
    looker.open(f"id/{THINGS[kind]}.html")
    found = [f"{manner}: wider than the window"] if turned(looker, manner, kind) > 0 else []
    looker.page.evaluate(CUT)
    found += violations(looker, WHOLE)
    assert not found, "\n".join(found)


def test_a_thing_of_each_class_is_looked_at(opens: Opens) -> None:
    reader = opens()
    query = """SELECT DISTINCT ?class WHERE { GRAPH ?graph { ?thing a ?class }
      FILTER (?graph != <https://w3id.org/eurohpc-kg/graph/inferred>)
      FILTER (STRSTARTS(STR(?thing), "https://w3id.org/eurohpc-kg/id/")) }"""
    reply = reader.context.request.post(
        f"{reader.address}sparql", form={"query": query}, headers={"accept": "text/csv"}
    )
    classes = {line.rpartition("#")[2] for line in reply.text().split()[1:]}
    assert classes == {*THINGS}


def turned(reader: Reader, manner: Manner, kind: str = "") -> int:
    """Read on in another manner; return by how many pixels the page is too wide.

    The page of a ``kind`` is drawn, where a folder for that is named.
    """
    reader.manner = manner
    reader.page.emulate_media(color_scheme=manner.scheme)
    reader.page.set_viewport_size({"width": manner.width, "height": 900})
    folder = os.environ.get("EUROHPC_KG_SCREENSHOTS")
    if folder and kind:
        name = f"{kind.replace(' ', '-').replace(',', '')}-{manner}.png"
        reader.page.screenshot(path=Path(folder) / name, full_page=True)
    return reader.overflow()


def test_the_watch_is_awake(looker: Reader) -> None:
    looker.open("-/about.html")
    turned(looker, MANNERS[0])
    looker.page.evaluate("""() => {
      const pale = Object.assign(document.createElement("p"), { textContent: "too pale" });
      pale.style.color = "#ccc";
      const field = document.createElement("input");
      document.querySelector("main").append(pale, field);
    }""")
    found = " ".join(violations(looker, WHOLE))
    assert "color-contrast" in found
    assert "label" in found
