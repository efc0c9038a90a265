"""Going on from the last reasoning: the same, statement for statement, as from the start."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

import pyoxigraph as ox
import pytest
from graphs import quads, triples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_graphs import GRAPHS

from eurohpc_kg.reason import NOT_REASONED, Reasoning, follow, reason
from eurohpc_kg.reason.following import Followed, UnsureError
from eurohpc_kg.reason.trail import Trail, statement
from eurohpc_kg.reason.views import read_views
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import INFERRED_GRAPH, SHAPES_GRAPH

Graphs = dict[str, list[str]]
OTHERS = [graph.value for graph in NOT_REASONED]
ONE, TWO = ox.NamedNode("urn:one"), ox.NamedNode("urn:two")

FAR = """
PREFIX : <https://example.org/>
CONSTRUCT { ?a :p3 ?b } WHERE { ?a :p0 ?b . ?b a :C1 }
"""
MANY = """
PREFIX : <https://example.org/>
CONSTRUCT { ?a :p1 ?n } WHERE { ?n a :C0 . GRAPH ?one { ?a :p2 ?b } }
"""


def repository(folder: Path, *views: str) -> Repository:
    content = Repository(folder)
    content.views.mkdir(parents=True, exist_ok=True)
    for number, view in enumerate(views):
        (content.views / f"view-{number}.rq").write_text(view, encoding="utf-8")
    return content


def in_graphs(found: Iterable[ox.Quad], inferred: Iterable[ox.Quad] = ()) -> Graphs:
    graphs: Graphs = {}
    for quad in (*found, *inferred):
        graphs.setdefault(quad.graph_name.value, []).append(statement(quad))
    return graphs


def parted(found: Iterable[ox.Triple]) -> list[ox.Quad]:
    """Put the triples in two graphs, some of them in both; each always in the same."""
    return [
        ox.Quad(*triple, graph)
        for triple in sorted(found, key=str)
        for graph in ((ONE,), (TWO,), (ONE, TWO))[crc32(str(triple).encode()) % 3]
    ]


def go_on(
    old: Reasoning, before: list[ox.Quad], after: list[ox.Quad], content: Repository
) -> Followed:
    assert old.trail is not None
    trail = Trail.from_json(old.trail.to_json())
    assert trail == old.trail
    store = ox.Store()
    store.extend(quad for quad in after if quad.graph_name not in NOT_REASONED)
    graphs = in_graphs(before, old.inferred), in_graphs(after)
    found = follow(trail, read_views(content), *graphs, OTHERS, store)
    assert not any(store.quads_for_pattern(None, None, None, INFERRED_GRAPH))
    return found


def is_fact(triple: ox.Triple) -> bool:
    return not isinstance(triple.subject, ox.BlankNode) and "w3.org" not in str(
        triple.object if triple.predicate.value.endswith("#type") else triple.predicate
    )


@pytest.fixture(scope="module", params=[(), (FAR,), (FAR, MANY)], ids=["none", "one", "two"])
def content(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return repository(tmp_path_factory.mktemp("content"), *request.param)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(GRAPHS, st.data())
def test_going_on_gives_what_a_new_start_gives(
    content: Repository, graph: set[ox.Triple], data: st.DataObject
) -> None:
    facts = sorted((t for t in graph if is_fact(t)), key=str)
    axioms = graph - set(facts)
    chosen = st.lists(st.sampled_from(facts), unique_by=str) if facts else st.just([])
    one, other = data.draw(chosen), data.draw(chosen)
    before, after = parted({*axioms, *one}), parted({*axioms, *other})
    old = reason(before, content)
    if old.trail is None or old.inconsistencies:
        return
    new = reason(after, content)
    try:
        found = go_on(old, before, after, content)
    except UnsureError:
        return
    assert not new.inconsistencies
    assert found.inferred == {statement(quad) for quad in new.inferred}
    assert found.trail == new.trail


AXIOMS = """
:partOf a owl:TransitiveProperty ; owl:inverseOf :hasPart ; rdfs:domain :Part .
:Wheel rdfs:subClassOf :Part . :Part owl:disjointWith :Number . :weight rdfs:range xsd:decimal .
:name a owl:FunctionalProperty .
"""
FACTS = ":a :partOf :b . :b :partOf :c . :c :partOf :d . :x :partOf :b ; :weight 1.5 ; :name 'x' ."


@pytest.mark.parametrize(
    ("lost", "got"),
    [
        (":b :partOf :c .", ""),
        (":b :partOf :c .", ":b :partOf :e . :e :partOf :c ."),
        ("", ":d :partOf :a ."),
        (":c :partOf :d .", ":a :partOf :d ."),
        ("", ":b a :Part . :a a :Wheel ."),
        (":x :weight 1.5 .", ":x :weight 1.50 ."),
        ("", ":a :name 'a' ."),
    ],
)
def test_what_changes_is_followed_and_no_more_is_asked(tmp_path: Path, lost: str, got: str) -> None:
    content = repository(tmp_path)
    first = triples(AXIOMS + FACTS)
    second = (first - triples(lost)) | triples(got)
    before, after = parted(first), parted(second)
    found = go_on(reason(before, content), before, after, content)
    new = reason(after, content)
    assert found.inferred == {statement(quad) for quad in new.inferred}
    assert found.trail == new.trail


@pytest.mark.parametrize(
    "got",
    [
        ":C rdfs:subClassOf :Part .",
        ":a owl:sameAs :b .",
        ":q a owl:TransitiveProperty .",
        ":a a :Number .",
        ":x :name 'y' .",
        ":y :weight 'heavy' .",
        ":y :other '12'^^xsd:gYear .",
        ":a owl:hasSelf true .",
    ],
)
def test_what_only_a_new_start_can_tell_is_refused(tmp_path: Path, got: str) -> None:
    content = repository(tmp_path)
    first = triples(AXIOMS + FACTS)
    before, after = parted(first), parted(first | triples(got))
    with pytest.raises(UnsureError):
        go_on(reason(before, content), before, after, content)


def test_what_shapes_state_as_well_is_not_inferred_before_or_after(tmp_path: Path) -> None:
    content = repository(tmp_path)
    shapes = quads(":b :hasPart :a .", SHAPES_GRAPH.value) + quads(
        ":c a :Part .", SHAPES_GRAPH.value
    )
    first = triples(AXIOMS + FACTS)
    for second in (first - triples(":a :partOf :b ."), first | triples(":z :partOf :a .")):
        before, after = [*parted(first), *shapes], [*parted(second), *shapes]
        found = go_on(reason(before, content), before, after, content)
        new = reason(after, content)
        assert found.inferred == {statement(quad) for quad in new.inferred}
        assert found.trail == new.trail
        assert INFERRED_GRAPH not in {quad.graph_name for quad in after}


def test_there_is_no_trail_where_things_are_the_same(tmp_path: Path) -> None:
    content = repository(tmp_path)
    assert reason(parted(triples(":a owl:sameAs :b .")), content).trail is None
