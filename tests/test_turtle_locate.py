"""Where a triple stands in a house-form text."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode

from eurohpc_kg.names import read_prefixes
from eurohpc_kg.repository import find_repository
from eurohpc_kg.turtle import format_text, locate, parse

REPOSITORY = find_repository(Path(__file__))
PREFIXES = read_prefixes(REPOSITORY)
EHPC = "https://w3id.org/eurohpc-kg/ontology#"
ID = "https://w3id.org/eurohpc-kg/id/"
BASE = "https://w3id.org/eurohpc-kg/source/vtv/2025-x"

TEXT = f'''\
# A comment.

@base <{BASE}> .
@prefix ehpc: <{EHPC}> .
@prefix id: <{ID}> .

<> a ehpc:SourceDocument ;
    ehpc:note """
id:a ehpc:of id:b .

id:c a ehpc:Fake ;
    ehpc:q 2 .
""" ;
    ehpc:standing ehpc:PrimarySource .

id:a ehpc:hasPartner
    id:b ,
    id:c ;
    ehpc:value 4.50 .

id:a-1 a ehpc:Thing ;
    ehpc:of id:a .
'''


def term(curie: str) -> NamedNode:
    return NamedNode(curie.replace("ehpc:", EHPC).replace("id:", ID))


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "line"),
    [
        (NamedNode(BASE), None, None, 7),
        (NamedNode(BASE), "ehpc:standing", None, 14),
        (NamedNode(BASE), "ehpc:standing", term("ehpc:PrimarySource"), 14),
        (term("id:a"), None, None, 16),
        (term("id:a"), "ehpc:hasPartner", None, 16),
        (term("id:a"), "ehpc:hasPartner", term("id:b"), 17),
        (term("id:a"), "ehpc:hasPartner", term("id:c"), 18),
        (term("id:a"), "ehpc:value", Literal("4.50", datatype=NamedNode("urn:x")), 19),
        (term("id:a-1"), "ehpc:of", term("id:a"), 22),
        (term("id:a"), "ehpc:absent", None, 16),
        (term("id:a"), "ehpc:hasPartner", term("id:absent"), 16),
        (term("id:absent"), None, None, 0),
        (term("id:c"), None, None, 0),
    ],
)
def test_a_triple_is_found_on_its_line(
    subject: NamedNode, predicate: str | None, object_: NamedNode | Literal | None, line: int
) -> None:
    assert format_text(TEXT, PREFIXES) == TEXT
    assert locate(TEXT, subject, term(predicate) if predicate else None, object_) == line


@pytest.mark.parametrize(
    "path", sorted(REPOSITORY.ontology.glob("*.ttl")), ids=lambda path: str(path.name)
)
def test_every_triple_of_the_ontology_is_found_on_a_line_that_shows_it(path: Path) -> None:
    text = format_text(path.read_text(encoding="utf-8"), PREFIXES)
    lines = text.split("\n")
    for quad in parse(text, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            line = lines[locate(text, quad.subject, quad.predicate, quad.object) - 1]
            shown = quad.object.value.split("\n")[0]
            assert shown in line.replace('\\"', '"').replace("\\\\", "\\")
