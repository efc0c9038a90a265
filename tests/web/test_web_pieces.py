"""What is written without a template: as well escaped as what a template writes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from markupsafe import Markup

from eurohpc_kg.documents import Document
from eurohpc_kg.show import Line
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.negotiate import FORMS
from eurohpc_kg.web.pages.facts import Facts
from eurohpc_kg.web.pages.links import Links
from eurohpc_kg.web.pages.marks import Marks
from eurohpc_kg.web.pages.neighbours import Neighbour
from eurohpc_kg.web.pages.pieces import Pieces
from eurohpc_kg.web.records import FigureLine, Moment, Rank, Said

HARM = "\"><script>alert('1')</script>&"
JU = "https://w3id.org/eurohpc-kg/id/eurohpc-ju"
NODE = ox.NamedNode(JU)


@pytest.fixture
def pieces(built: Build, monkeypatch: pytest.MonkeyPatch) -> Pieces:
    monkeypatch.setattr(built, "footnotes", {})
    return Pieces("id/x", [FORMS["ttl"]], Links("id/x", built))


@pytest.fixture
def facts(pieces: Pieces) -> Facts:
    return pieces.facts(Marks({"urn:a": 1}), HARM)


def lines() -> list[Line]:
    text = ox.Literal(HARM)
    return [
        Line("about", HARM, "", NODE, ("urn:a",)),
        Line("about", HARM, "", ox.NamedNode("https://example.org/?a&b"), ()),
        Line("about", HARM, "de", text, ("urn:a",)),
        Line("about", HARM, "", text, ()),
    ]


def test_nothing_that_the_graph_says_is_html(pieces: Pieces, facts: Facts) -> None:
    document = Document(1, f"urn:{HARM}", HARM, HARM, HARM, HARM, f"https://x/{HARM}")
    figure = Said(HARM, HARM, HARM, ("urn:a",))
    for written in (
        pieces.footnotes([document]),
        pieces.things([(HARM, JU)]),
        facts.lines([(HARM, lines())]),
        facts.figures([FigureLine("q", HARM, HARM, [figure], [figure])], has_plans=True),
        facts.moments([Moment(HARM, "state", HARM, True, HARM, ())]),
        facts.ranks([Rank(HARM, JU, HARM, HARM, 1, {"rmax": HARM}, ())]),
        pieces.drawings().neighbours([Neighbour(JU, HARM, HARM, 1.5, 2.5, "end", "")]),
    ):
        assert isinstance(written, Markup)
        assert "<script" not in written
        assert "alert" in written or "%3Cscript" in written


def test_a_statement_has_its_marks_or_says_why_it_is_there(facts: Facts) -> None:
    written = facts.lines([("about", lines())]).splitlines()
    stated, followed = written[2:4]
    assert stated.startswith('<dd><a href="../id/eurohpc-ju.html">')
    assert stated.endswith('<a href="#source-1" aria-label="source 1">1</a></span></dd>')
    assert 'class="outside" href="https://example.org/?a&amp;b" rel="external"' in followed
    assert "-/explain.html?subject=" in followed
    assert '<span lang="de">' in written[4]


def test_a_footnote_says_what_is_known_of_a_document(pieces: Pieces) -> None:
    whole = Document(2, JU, "Title", "Publisher", "2025-10", "primary", "https://www.example.org/a")
    bare = Document(3, "urn:b", "Title", "", "", "", "urn:b")
    first, second = pieces.footnotes([whole, bare]).split("</li>")[:2]
    assert first == (
        '<ol class="sources">\n<li id="source-2" value="2">\nPublisher, '
        '<a href="../id/eurohpc-ju.html"><cite>Title</cite></a>, October 2025, '
        '<span class="standing">primary</span>, '
        '<a class="outside" href="https://www.example.org/a" rel="external">example.org</a>'
    )
    assert second == '\n<li id="source-3" value="3">\n<a href=""><cite>Title</cite></a>'


def test_a_footnote_is_numbered_by_its_page(pieces: Pieces) -> None:
    one = Document(1, JU, "T", "P", "", "", JU)
    first, other = pieces.footnotes([one]), pieces.footnotes([one.as_number(7)])
    assert str(first).replace('"source-1" value="1"', '"source-7" value="7"') == str(other)
