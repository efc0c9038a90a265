"""Diagrams: laid out without overlap, the same each time, and with all of it in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest

from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages import page, write_page
from eurohpc_kg.web.pages.diagrams import Arrow, Box, Diagram, PlacedBox, diagram, tree_diagram
from eurohpc_kg.web.pages.query_diagram import query_diagram

BOXES = [Box(name, name) for name in "abcd"]


def overlap(one: PlacedBox, other: PlacedBox) -> bool:
    return not (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def drawn(*pairs: str) -> Diagram:
    made = diagram("Title", BOXES, [Arrow(a, b, f"{a} to {b}") for a, b in pairs])
    assert made is not None
    return made


@pytest.mark.parametrize(
    "pairs", [("ab",), ("ab", "bc", "cd"), ("ab", "ac", "ad"), ("ab", "ba"), ("aa",), ("ad", "bd")]
)
def test_no_box_lies_on_another_and_all_lie_inside(pairs: tuple[str, ...]) -> None:
    made = drawn(*pairs)
    assert not any(overlap(*two) for two in combinations(made.boxes, 2))
    for one in made.boxes:
        assert 0 <= one.x <= one.x + one.width <= made.width
        assert 0 <= one.y <= one.y + one.height <= made.height


def test_what_leads_on_stands_further_right() -> None:
    places = {one.box.key: one.x for one in drawn("ab", "bc", "ac").boxes}
    assert places["a"] < places["b"] < places["c"]


def test_each_arrow_is_said_in_words() -> None:
    assert drawn("ab", "cd").words == ["a — a to b → b", "c — c to d → d"]


def test_the_same_gives_the_same() -> None:
    assert drawn("ab", "ac", "cd") == drawn("ab", "ac", "cd")


def test_nothing_to_draw_gives_nothing() -> None:
    assert diagram("Title", BOXES, []) is None
    assert diagram("Title", BOXES, [Arrow("a", "not there", "x")]) is None
    assert tree_diagram("Title", [(BOXES[0], [])], "is a kind of") is None


def test_a_tree_has_a_row_for_each_leaf_and_parents_beside_their_children() -> None:
    made = tree_diagram("Title", [(BOXES[0], [(BOXES[1], []), (BOXES[2], [])])], "is a kind of")
    assert made is not None
    place = {one.box.key: one for one in made.boxes}
    assert place["b"].y < place["a"].y < place["c"].y
    assert made.words == ["b is a kind of a", "c is a kind of a"]


def test_the_diagram_of_a_query_tells_what_may_be_missing_and_who_says_so(built: Build) -> None:
    found = query_diagram(
        built,
        """SELECT ?factory ?name WHERE {
          ?factory a ehpc:AIFactory .
          GRAPH ?source { ?factory ehpc:targetsSector/skos:broader* ?sector }
          OPTIONAL { ?factory rdfs:label ?name }
          FILTER EXISTS { ?factory ehpc:hasAntenna [] }
          FILTER NOT EXISTS { ?factory ehpc:partOf ?whole }
          FILTER(LANG(?name) = "en")
        }""",
    )
    assert found is not None
    assert found.drawing is not None
    assert found.drawing.words == [
        "?factory — targets sector → · (in ?source)",
        "· — broader, any number of times → ?sector (in ?source)",
        "?factory — label → ?name (if there)",
        "?factory — has antenna → · (must hold)",
    ]
    factory = next(one.box for one in found.drawing.boxes if one.box.name == "?factory")
    assert factory.note == "AI Factory"
    assert factory.style == "asked"
    assert found.conditions == [
        "FILTER NOT EXISTS { ?factory ehpc:partOf ?whole }",
        'FILTER(LANG(?name) = "en")',
    ]


def test_a_query_that_can_not_be_read_has_no_diagram(built: Build) -> None:
    assert query_diagram(built, "SELECT nonsense") is None


@pytest.mark.parametrize("slug", ["planned-against-actual", "factories-targeting-sector"])
def test_the_page_of_a_question_draws_its_query(built: Build, slug: str) -> None:
    svg = svg_of(built, f"question/{slug}", "query-title")
    assert "Diagram of the query" in "".join(svg.itertext())


def test_every_question_has_a_diagram(built: Build) -> None:
    missing = [
        slug
        for slug, question in built.questions.items()
        if query_diagram(built, question.text) is None
    ]
    assert missing == []


def test_the_ontology_is_drawn_with_links(built: Build) -> None:
    svg = svg_of(built, "ontology", "kinds-title")
    links = [one.get("href") for one in svg.iter("{http://www.w3.org/2000/svg}a")]
    assert "ontology/Supercomputer.html" in links
    html = write_page(page(built, "ontology"), built).decode()  # type: ignore[arg-type]
    assert 'id="theme-ComputingSystem-title"' in html
    assert "supercomputer is a kind of computing system" in html


def test_a_class_is_drawn_with_what_it_is_related_to(built: Build) -> None:
    svg = svg_of(built, "ontology/AIFactory", "around-title")
    assert "has antenna" in "".join(svg.itertext())


def svg_of(built: Build, path: str, title: str) -> ET.Element:
    made = page(built, path)
    assert made is not None
    html = write_page(made, built).decode()
    end = html.index("</svg>", html.index(f'<title id="{title}"')) + len("</svg>")
    text = html[html.rindex("<svg", 0, end) : end]
    return ET.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
