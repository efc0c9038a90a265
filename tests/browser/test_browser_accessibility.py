"""Every kind of page by axe: no violation of WCAG 2.2 AA, light and dark, wide and narrow.

What hangs on neither colours nor width is looked for once; the rest again dark and narrow. Long
lists are cut before that, as their entries are alike and axe takes a minute for thousands.
`EUROHPC_KG_SCREENSHOTS` names a folder to which each page is drawn, to be looked at by eye.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("axe_playwright_python", reason="the extra browser is not installed")

from axe_playwright_python.sync_playwright import Axe
from conftest import Opens
from kinds import ALL, THINGS
from reading import Manner, Reader, Scheme

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHOLE = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
MANNERS: list[tuple[Scheme, int]] = [
    ("light", 1280), ("light", 390), ("dark", 1280), ("dark", 390),
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
CUT = """() => document.querySelectorAll("ul, ol, dl, tbody, datalist, svg, #list, main, article")
  .forEach((list) => [...list.children].slice(20).forEach((entry) => entry.remove()))"""


def violations(reader: Reader, options: dict[str, Any]) -> list[str]:
    """Return what axe finds, one line an element."""
    answer = Axe().run(reader.page, options={**options, "resultTypes": ["violations"]}).response
    return [
        f"{reader.page.url} {reader.manner}: {rule['id']}: {rule['help']}: {node['html'][:200]}"
        f" {json.dumps(node['any'][:1])[:300]}"
        for rule in answer["violations"]
        for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize("kind", ALL)
def test_a_page_has_no_violation(opens: Opens, kind: str) -> None:
    reader = opens(Manner("light", 1280))
    reader.open(ALL[kind])
    found = []
    for scheme, width in MANNERS:
        reader.manner = Manner(scheme, width)
        reader.page.emulate_media(color_scheme=scheme)
        reader.page.set_viewport_size({"width": width, "height": 900})
        if reader.overflow() > 0:
            found.append(f"{reader.manner}: the page is wider than the window")
        draw(reader, kind)
    reader.page.evaluate(CUT)
    found += violations(reader, LOOKS)
    reader.manner = Manner("light", 1280)
    reader.page.emulate_media(color_scheme="light")
    reader.page.set_viewport_size({"width": 1280, "height": 900})
    found += violations(reader, WHOLE)
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


def draw(reader: Reader, kind: str) -> None:
    """Draw the page, where a folder for that is named."""
    folder = os.environ.get("EUROHPC_KG_SCREENSHOTS")
    if folder:
        name = f"{kind.replace(' ', '-').replace(',', '')}-{reader.manner}.png"
        reader.page.screenshot(path=Path(folder) / name, full_page=True)
