"""The corrections: each is right by its evidence, and guarded by what its source said."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pyoxigraph as ox
import pytest

from eurohpc_kg import load
from eurohpc_kg.check.queries import all_checks
from eurohpc_kg.names import EHPC, GRAPH, SOURCE
from eurohpc_kg.repository import find_repository

CORRECTIONS = ox.NamedNode(GRAPH + "corrections")
REPOSITORY = find_repository()
FILES = sorted((REPOSITORY.root / "data" / "corrections").glob("*.ttl"))
# What a document may state, in a figure or in a line of a ranking, and the factor to the figure's
# unit where that is another.
_EVIDENCE = """
PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
SELECT ?value ?factor WHERE {
  { GRAPH ?document { ?record ehpc:of ?thing ; ehpc:value ?value } BIND(1 AS ?factor) }
  UNION { GRAPH ?document { ?record ehpc:of ?thing ; ehpc:rank ?value } BIND(1 AS ?factor) }
  UNION { GRAPH ?document { ?record ehpc:of ?thing ; ehpc:rmax ?value } BIND(0.001 AS ?factor) }
}"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load().store


def said(store: ox.Store, subject: ox.NamedNode, graph: ox.NamedNode | None) -> dict[str, set[str]]:
    """Return what is said of a thing, by the local name of the property."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(subject, None, None, graph):
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        found[quad.predicate.value.removeprefix(EHPC)].add(quad.object.value)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
class TestCorrection:
    def test_the_evidence_says_what_it_puts_in_place(self, store: ox.Store, path: object) -> None:
        about = self._correction(store, path)
        (wrong,), (right,) = about["corrects"], about["correctedValue"]
        (thing,) = said(store, ox.NamedNode(wrong), None)["of"]
        for document in about["evidence"]:
            assert document.startswith(SOURCE)
            text = _EVIDENCE.replace("?document", f"<{document}>").replace("?thing", f"<{thing}>")
            rows = store.query(text)
            assert isinstance(rows, ox.QuerySolutions)
            values = {Decimal(row["value"].value) * Decimal(row["factor"].value) for row in rows}
            assert Decimal(right) in values, document

    def test_its_source_still_says_what_it_corrects(self, store: ox.Store, path: object) -> None:
        about = self._correction(store, path)
        (wrong,), (stated,) = about["corrects"], about["statedValue"]
        values = said(store, ox.NamedNode(wrong), None)["value"]
        assert {Decimal(value) for value in values} == {Decimal(stated)}

    def test_it_has_a_reason_a_role_a_day_and_a_status(self, store: ox.Store, path: object) -> None:
        about = self._correction(store, path)
        for name in ("reason", "authorRole", "correctionStatus"):
            assert len(about[name]) == 1, name
        assert len(about["http://purl.org/dc/terms/created"]) == 1
        assert about["statedValue"] != about["correctedValue"]

    def _correction(self, store: ox.Store, path: object) -> dict[str, set[str]]:
        name = f"https://w3id.org/eurohpc-kg/correction/{path.stem}"  # type: ignore[attr-defined]
        return said(store, ox.NamedNode(name), CORRECTIONS)


def test_a_correction_whose_source_changed_is_reported() -> None:
    check = next(one for one in all_checks(REPOSITORY) if one.slug == "correction-outdated")
    source = ox.NamedNode(SOURCE + "example-centre/2026-03-02-news")
    correction, record = ox.NamedNode("urn:correction"), ox.NamedNode("urn:record")
    type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

    def rows(now: int | None, status: str = "Accepted") -> list[list[str]]:
        store = ox.Store()
        for subject, name, value, graph in (
            (correction, "corrects", record, CORRECTIONS),
            (correction, "statedValue", ox.Literal(40), CORRECTIONS),
            (
                correction,
                "correctionStatus",
                ox.NamedNode(f"{EHPC}{status}Correction"),
                CORRECTIONS,
            ),
            *([(record, "value", ox.Literal(now), source)] if now is not None else []),
        ):
            store.add(ox.Quad(subject, ox.NamedNode(EHPC + name), value, graph))
        store.add(ox.Quad(source, type_, ox.NamedNode(EHPC + "SourceDocument"), source))
        found = store.query(check.text, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return [[value.value if value else "" for value in row] for row in found]

    property_ = EHPC + "statedValue"
    assert rows(40) == []
    assert rows(41) == [["urn:correction", property_, "40", "41"]]
    assert rows(None) == [["urn:correction", property_, "40", ""]]
    assert rows(41, status="Withdrawn") == []


def test_a_wrong_relation_is_guarded_too() -> None:
    check = next(one for one in all_checks(REPOSITORY) if one.slug == "correction-outdated")
    prefix = f"PREFIX ehpc: <{EHPC}>"
    store = ox.Store()
    store.update(
        prefix
        + f""" INSERT DATA {{
          GRAPH <{CORRECTIONS.value}> {{ <urn:c> ehpc:correctionStatus ehpc:AcceptedCorrection ;
            ehpc:correctsThing <urn:a> ; ehpc:correctsProperty ehpc:ledBy ;
            ehpc:correctsObject <urn:b> }}
          GRAPH <{SOURCE}x> {{ <urn:a> ehpc:ledBy <urn:other> . <{SOURCE}x> a ehpc:SourceDocument }}
        }}"""
    )
    assert "urn:c" in str(list(store.query(check.text, use_default_graph_as_union=True)))
    store.update(prefix + f" INSERT DATA {{ GRAPH <{SOURCE}x> {{ <urn:a> ehpc:ledBy <urn:b> }} }}")
    assert not list(store.query(check.text, use_default_graph_as_union=True))
