"""A difference applied to the first version gives the second, exactly, on every kind of store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from eurohpc_kg.errors import InputError
from eurohpc_kg.history.difference import Difference, difference
from eurohpc_kg.history.graphs import load, of_quads, of_store
from eurohpc_kg.history.patch import apply_patch, rdf_patch, sparql_update
from eurohpc_kg.store.canonical import write_graphs
from oxigraph_server import Server, oxigraph

XSD = "http://www.w3.org/2001/XMLSchema#"
Quads = list[ox.Quad]


def number(text: str, kind: str = "decimal") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


def quad(value: ox.NamedNode | ox.BlankNode | ox.Literal, graph: str = "urn:g") -> ox.Quad:
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), value, name)


NODES = st.sampled_from([ox.NamedNode(f"urn:{name}") for name in ("a", "b", "ü", "x?y=1&z=%20'")])
ODD = [
    "", " ", '"', "'", "\\", "\\u0041", "\\\\u0041", "\n", "\r", "\t", "\x00", "\x07", "\x7f",
    "a . b", "} ;", "<urn:a>", "_:c14n0", '" _:c14n0', "\u2028", "\ufeff", "😀", "e\u0301", "ﬁ",
]  # fmt: skip
TEXTS = st.sampled_from(ODD) | st.text(max_size=6)
LITERALS = (
    TEXTS.map(ox.Literal)
    | st.builds(
        lambda text, tag: ox.Literal(text, language=tag),
        TEXTS,
        st.sampled_from(["en", "en-GB", "el", "sr-Cyrl"]),
    )
    | st.builds(
        number,
        st.sampled_from(["12.5", "12.50", "012.5", "1", "01", "1.0", "+1", "-0", "0", "x"]),
        st.sampled_from(["decimal", "integer", "double"]),
    )
    | st.builds(
        number, st.sampled_from(["true", "1", "2025", "2025-03", "PT60S", "PT1M"]),
        st.sampled_from(["boolean", "gYear", "gYearMonth", "dayTimeDuration"]),
    )
)  # fmt: skip
GRAPHS = st.sampled_from([ox.NamedNode("urn:g"), ox.NamedNode("urn:h"), ox.DefaultGraph()])
QUADS = st.lists(st.builds(ox.Quad, NODES, NODES, NODES | LITERALS, GRAPHS), max_size=8)


def store_of(quads: Quads) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def between(before: Quads, after: Quads) -> Difference:
    return difference(of_quads(before), of_quads(after))


def patched(store: ox.Store, change: Difference) -> None:
    apply_patch(store, rdf_patch(change))


def updated(store: ox.Store, change: Difference) -> None:
    text = sparql_update(change)
    if text:
        store.update(text)


@pytest.mark.parametrize("apply", [patched, updated])
@example(before=[quad(number("12.50"))], after=[quad(number("12.5"))])
@example(before=[quad(number("12.50")), quad(number("12.5"))], after=[quad(number("12.5"))])
@example(before=[quad(ox.Literal("\\u0041"))], after=[quad(ox.Literal("A"))])
@given(before=QUADS, after=QUADS)
@settings(max_examples=150)
def test_applied_to_a_it_gives_b(
    apply: Callable[[ox.Store, Difference], None], before: Quads, after: Quads
) -> None:
    store = store_of(before)
    apply(store, between(before, after))
    assert set(store) == set(store_of(after))


@given(before=QUADS, after=QUADS)
@settings(max_examples=60)
def test_there_and_back_is_where_it_was(before: Quads, after: Quads) -> None:
    store = store_of(before)
    patched(store, between(before, after))
    updated(store, between(after, before))
    assert set(store) == set(store_of(before))


@given(quads=QUADS)
@settings(max_examples=60)
def test_nothing_leads_from_a_version_to_itself(quads: Quads) -> None:
    change = between(quads, list(reversed(quads)))
    assert not change
    assert sparql_update(change) == ""


@given(quads=QUADS)
@settings(max_examples=60)
def test_graphs_put_in_a_store_are_the_quads(quads: Quads) -> None:
    assert set(load(of_quads(quads))) == set(store_of(quads))


def test_the_graphs_beside_a_store_are_those_of_its_quads(tmp_path: Path) -> None:
    quads = [quad(number("12.50")), quad(ox.BlankNode("x"), "urn:h")]
    write_graphs(tmp_path, quads)
    assert not difference(of_store(tmp_path), of_quads(quads))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as running:
        yield running


@given(before=QUADS, after=QUADS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_server_gets_from_a_to_b_by_the_update(
    server: Server, before: Quads, after: Quads
) -> None:
    server.put(ox.serialize(before, format=ox.RdfFormat.N_QUADS))
    text = sparql_update(between(before, after))
    if text:
        server.update(text)
    assert set(ox.parse(server.quads(), format=ox.RdfFormat.N_QUADS)) == set(store_of(after))


LISTS = (
    "<urn:s> <urn:p> _:a . _:a <urn:first> 1 ; <urn:rest> _:b . _:b <urn:first> 2 .",
    "<urn:s> <urn:p> _:a . _:a <urn:first> 1 ; <urn:rest> _:b . _:b <urn:first> 3 . <urn:s> "
    "<urn:q> 1 .",
)


def listed(text: str) -> Quads:
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE)
    return [ox.Quad(*one.triple, ox.NamedNode("urn:g")) for one in quads]


def canonical(quads: Quads) -> set[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@pytest.mark.parametrize("text", [LISTS, LISTS[::-1]])
def test_blank_nodes_of_a_graph_are_replaced_all_together(text: tuple[str, str]) -> None:
    before, after = map(listed, text)
    store = store_of(before)
    updated(store, between(before, after))
    assert canonical(list(store)) == canonical(after)


def test_a_patch_names_blank_nodes_as_the_canonical_form_does() -> None:
    before, after = map(listed, LISTS)
    store = load(of_quads(before))
    patched(store, between(before, after))
    assert canonical(list(store)) == canonical(after)


def test_blank_nodes_that_only_have_other_names_are_no_difference() -> None:
    assert not between(listed(LISTS[0]), listed(LISTS[0].replace("_:a", "_:z")))


def test_a_patch_is_written_as_its_standard_says() -> None:
    change = between([quad(ox.Literal("a"))], [quad(ox.Literal("b"), "")])
    header, *rows = rdf_patch(change).splitlines()
    assert header.startswith("H id <uuid:")
    assert rows == [
        "TX .",
        'D <urn:s> <urn:p> "a" <urn:g> .',
        'A <urn:s> <urn:p> "b" .',
        "TC .",
    ]


def test_an_update_removes_first() -> None:
    change = between([quad(ox.Literal("a"))], [quad(ox.Literal("b"), "")])
    assert sparql_update(change) == (
        'DELETE DATA {\nGRAPH <urn:g> {\n  <urn:s> <urn:p> "a" .\n}\n} ;\n'
        'INSERT DATA {\n  <urn:s> <urn:p> "b" .\n}\n'
    )


def test_the_same_difference_has_the_same_id() -> None:
    before, after = [quad(ox.Literal("a"))], [quad(ox.Literal("b"))]
    assert rdf_patch(between(before, after)) == rdf_patch(between(before, after))
    assert rdf_patch(between(before, after)) != rdf_patch(between(after, before))


@pytest.mark.parametrize(
    ("patch", "problem"),
    [
        ("TX .\nA <urn:s> <urn:p> <urn:o> .\n", "the patch has no end"),
        ("TX .\nPA rdf <urn:x> .\nTC .\n", "this row of the patch can't be applied"),
        ("TX .\nTA .\n", "this row of the patch can't be applied"),
        ("nonsense", "this row of the patch can't be applied"),
    ],
)
def test_a_patch_that_is_cut_short_or_is_not_ours_touches_nothing(patch: str, problem: str) -> None:
    store = store_of([quad(ox.Literal("a"))])
    with pytest.raises(InputError, match=problem):
        apply_patch(store, patch)
    assert len(store) == 1
