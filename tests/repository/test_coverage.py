"""The coverage page is what the data say, and counts as a person would."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from eurohpc_kg.names import EHPC, NAMESPACE, SOURCE, THING
from eurohpc_kg.reference.counting import measure
from eurohpc_kg.reference.coverage import LEFT_OUT, PAGE, SHEETS, page
from eurohpc_kg.repository import find_repository
from eurohpc_kg.sources import REGISTER_GRAPH

REPOSITORY = find_repository()
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
DOCUMENT = NamedNode(SOURCE + "example/2026-a")
LUMI = NamedNode(THING + "lumi")
FIGURE = NamedNode(NAMESPACE + "figure/lumi-total-cost-2026-example")
COST = NamedNode(NAMESPACE + "vocabulary/quantity/total-cost")


def _ehpc(name: str) -> NamedNode:
    return NamedNode(EHPC + name)


def test_the_page_is_as_the_data_are_now() -> None:
    written = (REPOSITORY.root / PAGE).read_text(encoding="utf-8")
    assert written == page(REPOSITORY), "Run: make docs"


def test_statements_and_records_of_a_thing_are_counted() -> None:
    found = measure(
        [
            Quad(LUMI, TYPE, _ehpc("Supercomputer"), REGISTER_GRAPH),
            Quad(LUMI, LABEL, Literal("LUMI", language="en"), REGISTER_GRAPH),
            Quad(DOCUMENT, TYPE, _ehpc("SourceDocument"), DOCUMENT),
            Quad(DOCUMENT, _ehpc("standing"), _ehpc("PrimarySource"), DOCUMENT),
            Quad(LUMI, _ehpc("hostedBy"), NamedNode(THING + "csc"), DOCUMENT),
            Quad(FIGURE, TYPE, _ehpc("Figure"), DOCUMENT),
            Quad(FIGURE, _ehpc("of"), LUMI, DOCUMENT),
            Quad(FIGURE, _ehpc("quantity"), COST, DOCUMENT),
        ]
    )
    assert found.classes["Supercomputer"] == {"lumi"}
    assert found.labels["lumi"] == "LUMI"
    assert found.facts["lumi"] == {"hostedBy", "quantity/total-cost"}
    assert found.documents["lumi"] == found.documents["csc"] == {DOCUMENT.value}
    assert found.primary == found.all_documents == {DOCUMENT.value}
    assert (found.records["Figure"], found.properties["hostedBy"]) == (1, 1)
    assert found.said == {("lumi", "hostedBy"): 1, ("lumi", "quantity/total-cost"): 1}


def test_who_is_owned_is_counted_like_who_owns() -> None:
    found = measure([Quad(NamedNode(THING + "eurohpc-ju"), _ehpc("owns"), LUMI, DOCUMENT)])
    assert "ownedBy" in found.facts["lumi"]


def test_every_row_of_the_sheets_is_in_the_graph_or_has_a_reason() -> None:
    left_out: Counter[str] = Counter()
    for row in _csv(LEFT_OUT):
        assert row["reason"], row
        left_out[row["sheet"]] += int(row["rows"])
    sheets = {row["sheet"]: row for row in _csv(SHEETS)}
    assert set(left_out) <= set(sheets)
    for name, row in sheets.items():
        assert int(row["left_out"]) == left_out[name]
        assert int(row["rows"]) == int(row["in_the_graph"]) + int(row["left_out"])


def test_each_fact_without_a_document_is_listed() -> None:
    alone = "rests alone on a document whose own address is not known"
    count = sum(int(row["rows"]) for row in _csv(LEFT_OUT) if row["reason"] == alone)
    listed = _csv(LEFT_OUT.with_name("facts-without-a-document.csv"))
    assert len(listed) == count


def _csv(path: Path) -> list[dict[str, str]]:
    with (REPOSITORY.root / path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
