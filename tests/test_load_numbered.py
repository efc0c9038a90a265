"""Reading back a table in which graphs and properties stand as numbers, as from Oxigraph."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.endpoint.numbered import Properties, graphs_of_rows, query_of
from eurohpc_kg.loading import load_store
from eurohpc_kg.loading.canonical import digest
from eurohpc_kg.loading.reading import read_digests
from stores.far import BASE, REGISTER, REPORT, SMALL, at, built, oxigraph

XSD = "http://www.w3.org/2001/XMLSchema#"
OBJECTS = (
    "<x:o>", '"a\\tb \\"c\\" \\\\ \\n"', '"Zürich"@de', '"true"', f'"true"^^<{XSD}boolean>',
    f'"12"^^<{XSD}integer>', f'"-12.5"^^<{XSD}decimal>', f'"1.5e3"^^<{XSD}double>',
    f'"NaN"^^<{XSD}double>', f'"2026-03"^^<{XSD}gYearMonth>', '""', "_:b",
)  # fmt: skip


@pytest.fixture
def store() -> ox.Store:
    made = ox.Store()
    for name in (REGISTER, REPORT):
        lines = (f"<x:s{n}> <x:p{n % 5}> {term} .\n" for n, term in enumerate(OBJECTS))
        made.load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES,
                  to_graph=ox.NamedNode(name))  # fmt: skip
    return made


def table(store: ox.Store, graphs: list[str], properties: Properties) -> bytes:
    """Return what Oxigraph answers."""
    rows = cast("Any", store.query(query_of(graphs, properties)))
    return cast("bytes", rows.serialize(format=ox.QueryResultsFormat.TSV))


def triples(store: ox.Store, name: str) -> list[ox.Triple]:
    return [q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(name))]


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_each_triple_comes_back_as_n_triples_whatever_its_terms(store: ox.Store, size: int) -> None:
    properties = Properties()
    for _ in range(2):  # with the properties themselves, then with numbers for them
        lines = table(store, [REGISTER, REPORT], properties).splitlines(keepends=True)
        pieces = [b"".join(lines[start : start + size]) for start in range(0, len(lines), size)]
        found: dict[str, list[bytes]] = {}
        for piece in graphs_of_rows(pieces, [REGISTER, REPORT], properties):
            for name, some in piece.items():
                found.setdefault(name[1:-1].decode(), []).extend(some)
        for name in (REGISTER, REPORT):
            back = b"".join(line + b" .\n" for line in found[name])
            parsed = [quad.triple for quad in ox.parse(back, format=ox.RdfFormat.N_TRIPLES)]
            assert digest(parsed) == digest(triples(store, name))


def test_what_is_known_stands_as_a_number_and_what_is_not_as_itself(store: ox.Store) -> None:
    properties = Properties()
    assert properties[b"<x:p0>"] == b"<x:p0>"
    text = table(store, [REPORT], properties)
    assert b"<x:p0>" not in text
    assert b"<x:p1>" in text
    assert all(line.startswith(b"0\t") for line in text.splitlines()[1:])


def test_a_property_that_two_threads_met_has_one_number_in_a_query() -> None:
    properties = Properties()
    for _ in range(2):
        properties.__missing__(b"<x:p>")
    assert properties.values_block().count("<x:p>") == 1


def test_a_broken_table_counts_for_no_graph() -> None:
    properties = Properties()
    pieces = [b"?n\t?s\t?k\t?o\n", b"<cut\n0\t<x:s>\t<x", b"0\t<x:s>\t<x:p>\t<x:o>\n"]
    for some in graphs_of_rows(pieces, [REPORT], properties):
        assert set(some) <= {b"", f"<{REPORT}>".encode()}
    assert b"<x" not in properties


def test_a_triple_more_or_less_is_seen(tmp_path: Path) -> None:
    folder = built(tmp_path / "graph", SMALL)
    with oxigraph(tmp_path / "oxigraph") as server:
        endpoint: Endpoint = at(server)
        load_store(folder, endpoint)
        wanted = {name: digest(endpoint.graph(name)) for name in (REGISTER, REPORT)}
        assert read_digests(endpoint, wanted) == wanted
        endpoint.update(f"INSERT DATA {{ GRAPH <{REPORT}> {{ <x:a> <{BASE}new> <x:b> }} }}")
        found = read_digests(endpoint, wanted)
        assert found[REGISTER] == wanted[REGISTER]
        assert found[REPORT].count == wanted[REPORT].count + 1
