"""The reviewed tables of the importer: every term, concept and unit that they name exists."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from eurohpc_kg.names import EHPC, ONTOLOGY, read_prefixes
from eurohpc_kg.repository import find_repository

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "src" / "eurohpc_kg" / "importing" / "facts" / "tables"
PREFIXES = read_prefixes(find_repository(ROOT))
KINDS = {
    *("name", "alt-name", "short-name", "official-name", "former-name"),
    *("identifier", "same-as", "link", "type", "coordinates", "location", "place"),
    *("relation", "inverse-relation", "concept", "status", "text"),
    *("figure", "milestone", "ranking", "covered", "review", "person-dropped"),
}
SCHEMES = {"sector", "target-group", "service", "qubit-technology", "computing-model"}
SCHEMES |= {"system-class", "status", "thing"}


def rows(name: str) -> Sequence[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def known() -> frozenset[str]:
    """Return the IRIs that the ontology and its vocabularies define."""
    return frozenset(
        triple.subject.value
        for path in (ROOT / "ontology").rglob("*.ttl")
        for triple in parse(path=str(path), format=RdfFormat.TURTLE)
        if isinstance(triple.subject, NamedNode)
    )


@cache
def admitted() -> frozenset[tuple[str, str]]:
    path = ROOT / "ontology" / "vocabularies" / "quantity.ttl"
    return frozenset(
        (triple.subject.value, triple.object.value)
        for triple in parse(path=str(path), format=RdfFormat.TURTLE)
        if triple.predicate.value == EHPC + "admitsUnit"
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
    )


def exists(curie: str) -> bool:
    iri = PREFIXES.expand(curie)
    ours = iri.startswith((ONTOLOGY, "https://w3id.org/eurohpc-kg/vocabulary/"))
    return iri in known() if ours else not iri.startswith("https://w3id.org/eurohpc-kg/vocabulary")


def columns(row: dict[str, str], *names: str) -> list[str]:
    return [curie for name in names for curie in re.split(r"[ |]", row[name]) if ":" in curie]


def test_a_property_is_mapped_once_for_an_entity_type() -> None:
    pairs = [(row["property"], row["entity_type"]) for row in rows("facts-mapping")]
    assert len(pairs) == len(set(pairs))
    assert pairs == sorted(pairs, key=lambda pair: (pair[0], pair[1] == "*", pair[1]))


def test_every_kind_is_one_that_the_guide_explains() -> None:
    assert {row["kind"] for row in rows("facts-mapping")} == KINDS
    guide = (ROOT / "docs" / "importing-facts.md").read_text(encoding="utf-8")
    assert {kind for kind in KINDS if f"`{kind}`" not in guide} == set()


@pytest.mark.parametrize("column", ["term", "concept", "object", "unit", "basis", "bound"])
def test_what_the_mapping_names_exists(column: str) -> None:
    for row in rows("facts-mapping"):
        for curie in columns(row, column):
            assert exists(curie), f"{row['property']}: {curie}"


def test_what_is_written_where_no_thing_fits_exists() -> None:
    for row in rows("facts-mapping"):
        assert all(exists(curie) for curie in columns(row, "fallback")), row["property"]


def test_a_figure_has_a_quantity_that_admits_its_unit_and_a_basis() -> None:
    for row in rows("facts-mapping"):
        if row["kind"] == "figure":
            pair = (PREFIXES.expand(row["concept"]), PREFIXES.expand(row["unit"]))
            assert pair in admitted(), row["property"]
            assert row["basis"].startswith("basis:"), row["property"]


def test_a_milestone_has_a_type_and_a_basis() -> None:
    for row in rows("facts-mapping"):
        if row["kind"] == "milestone":
            assert row["concept"].startswith("milestone-type:"), row["property"]
            assert row["basis"].startswith("basis:"), row["property"]


def test_what_is_left_out_has_a_reason() -> None:
    for row in rows("facts-mapping"):
        if row["kind"] in ("covered", "person-dropped", "review"):
            assert row["note"], row["property"]


def test_a_concept_comes_from_a_scheme_that_has_values() -> None:
    schemes = {row["scheme"] for row in rows("value-mapping")}
    for row in rows("facts-mapping"):
        if row["kind"] in ("concept", "status"):
            assert row["concept"] in SCHEMES & schemes, row["property"]


def test_every_value_is_a_concept_of_its_scheme() -> None:
    for row in rows("value-mapping"):
        if row["scheme"] in SCHEMES:
            curies = row["concept"].split()
            assert curies or row["note"], row
            for curie in curies:
                assert exists(curie), row
                starts = ("id:",) if row["scheme"] == "thing" else (f"{row['scheme']}:",)
                assert curie.startswith((*starts, "milestone-type:")), row
        elif row["scheme"] in ("quantity", "milestone-type", "term"):
            starts = "ehpc:" if row["scheme"] == "term" else f"{row['scheme']}:"
            assert exists(row["concept"]), row
            assert row["concept"].startswith(starts), row
        elif row["scheme"] == "nothing":
            assert row["note"], row


def test_a_value_that_depends_on_the_note_stands_before_the_one_that_does_not() -> None:
    plain: set[tuple[str, str, str]] = set()
    for row in rows("value-mapping"):
        key = (row["scheme"], row["property"], row["value"])
        assert key not in plain, row
        if row["when_note"]:
            re.compile(row["when_note"])
        else:
            plain.add(key)


def test_every_unit_of_the_sheets_is_a_unit_or_says_why_not() -> None:
    raws = [row["raw"] for row in rows("unit-mapping")]
    assert len(raws) == len(set(raws))
    for row in rows("unit-mapping"):
        assert exists(row["unit"]) if row["unit"] else row["note"], row


def test_every_pattern_of_a_note_matches_its_example() -> None:
    for row in rows("note-patterns"):
        pattern = re.compile(row["pattern"], re.IGNORECASE)
        fragments = re.split(r"[;,:]\s+", row["example"])
        assert any(pattern.match(fragment) for fragment in fragments), row
        assert row["target"] in ("basis", "bound", "period", "date-text"), row
        assert ":" not in row["value"] or exists(row["value"]), row


def test_each_finding_of_an_import_is_told_of_in_the_guide() -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src/eurohpc_kg/importing").rglob("*.py")
    )
    codes = set(re.findall(r'"(import-[a-z-]+|top500-[a-z-]+)"', source)) - {"top500-"}
    guide = (ROOT / "docs/importing-facts.md").read_text(encoding="utf-8")
    assert codes == set(re.findall(r"(?m)^\| `((?:import|top500)-[a-z0-9-]+)` \|", guide))
