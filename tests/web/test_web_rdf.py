"""Statements as lines of N-Quads, and the forms that are made of them without a parser."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.names import read_prefixes
from eurohpc_kg.repository import find_repository
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.rdf import rows_of, write_quads, write_triples
from web_content import RDF_FORMATS

PREFIXES = read_prefixes(find_repository(Path(__file__)))
XSD = "http://www.w3.org/2001/XMLSchema#"

nodes = st.sampled_from(["urn:a", "urn:b", "https://w3id.org/eurohpc-kg/id/lumi"]).map(ox.NamedNode)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain_texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20)


def literals(of: st.SearchStrategy[str]) -> st.SearchStrategy[ox.Literal]:
    return st.one_of(
        of.map(ox.Literal),
        st.builds(lambda text: ox.Literal(text, language="en-gb"), of),
        st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode(XSD + "date")), of),
    )


def triples(of: st.SearchStrategy[str]) -> st.SearchStrategy[set[ox.Triple]]:
    one = st.builds(ox.Triple, nodes, nodes, st.one_of(nodes, literals(of)))
    return st.sets(one, max_size=8)


def read_back(body: bytes, suffix: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(body, RDF_FORMATS[suffix])}


@given(triples(texts), st.sampled_from(["ttl", "nt", "jsonld"]))
def test_whatever_stands_in_a_text_reads_back_the_same(said: set[ox.Triple], suffix: str) -> None:
    body = write_triples([*map(str, said)], suffix, PREFIXES)
    assert read_back(body, suffix) == said


@given(triples(plain_texts))
def test_xml_reads_back_the_same_without_what_it_has_no_place_for(said: set[ox.Triple]) -> None:
    assert read_back(write_triples([*map(str, said)], "rdf", PREFIXES), "rdf") == said


@given(triples(texts))
def test_json_ld_has_an_object_a_subject_and_a_list_a_predicate(said: set[ox.Triple]) -> None:
    found = json.loads(write_triples([*map(str, said)], "jsonld", PREFIXES))
    assert [one["@id"] for one in found] == sorted({one.subject.value for one in said})  # type: ignore[union-attr]
    values = [value for one in found for values in one.values() for value in values
              if isinstance(values, list)]  # fmt: skip
    assert len(values) == len(said)


@given(triples(texts), st.sampled_from(["ttl", "nq", "csv", "jsonld"]))
def test_the_order_of_statements_does_not_matter(said: set[ox.Triple], suffix: str) -> None:
    graph = ox.NamedNode("urn:g")
    lines = [str(ox.Quad(*one, graph)) for one in said]
    build = _Named()
    assert write_quads(lines, suffix, build) == write_quads(lines[::-1], suffix, build)


@given(triples(texts.filter(lambda text: "\r" not in text)))
def test_a_row_of_csv_has_what_the_statement_has(said: set[ox.Triple]) -> None:
    graph = ox.NamedNode("urn:g")
    lines = [str(ox.Quad(*one, graph)) for one in said]
    body = write_quads(lines, "csv", _Named()).decode()
    found = {tuple(row.values()) for row in csv.DictReader(io.StringIO(body, newline=""))}
    assert found == {_row(one) for one in said}
    assert [row["graph"] for row in rows_of(lines)] == ["urn:g"] * len(said)


def _row(one: ox.Triple) -> tuple[str, ...]:
    item = one.object
    kind = (item.datatype.value, item.language or "") if isinstance(item, ox.Literal) else ("", "")
    return one.subject.value, one.predicate.value, item.value, *kind, "urn:g"  # type: ignore[union-attr]


class _Named(Build):
    """Know the prefixes, and nothing else of a build."""

    def __init__(self) -> None:
        self.prefixes = PREFIXES
