"""Laws of citations, held against every possible choice of documents on small random graphs.

A row is cited well if its documents (with what the project keeps itself) give the row again, no
smaller number of documents does, and without what is cited the row is gone.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from citing import ONTOLOGY, REGISTER, A, B, C, D, ask, only, store_of
from eurohpc_kg.repository import ROOMS, Repository, find_repository

DOCUMENTS = (A, B, C, D)
NODES, PROPERTIES = ":x :y :z", ":p :q :r"

triples = st.tuples(*(st.sampled_from(s.split()) for s in (NODES, PROPERTIES, NODES))).map(" ".join)
texts = st.lists(triples, max_size=5).map(lambda some: "".join(f"{one} . " for one in some))
graphs = st.fixed_dictionaries({**dict.fromkeys(DOCUMENTS, texts), REGISTER: texts})

places = st.sampled_from(["?a", "?b", "?c", ":x", ":y"])
links = st.sampled_from(PROPERTIES.split())
paths = st.one_of(
    links,
    links.map("^{}".format),
    links.map("{}+".format),
    links.map("{}*".format),
    st.tuples(links, links).map("/".join),
    st.tuples(links, links).map(lambda two: f"({two[0]}|^{two[1]})"),
    st.tuples(links, links).map(lambda two: f"({two[0]}/{two[1]}?)+"),
    links.map("!{}".format),
    st.just("?v"),
)
patterns = st.tuples(places, paths, places).map(lambda three: " ".join(three) + " .")
blocks = st.lists(patterns, min_size=1, max_size=2).map(" ".join)
plain_patterns = st.tuples(places, links, places).map(lambda three: " ".join(three) + " .")
plain_blocks = st.lists(plain_patterns, min_size=1, max_size=2).map(" ".join)
parts = st.one_of(
    blocks,
    st.tuples(blocks, blocks).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
    blocks.map("GRAPH ?g {{ {} }}".format),
    blocks.map("FILTER EXISTS {{ {} }}".format),
    blocks.map("{{ SELECT DISTINCT ?a ?b {{ {} }} }}".format),
)
groups = st.lists(parts, min_size=1, max_size=3).map(" ".join).filter(lambda g: g[0] != "F")
# What makes a row depend on what is not there: here every variable must be shown.
bare = st.one_of(
    st.tuples(places, paths).map(lambda two: f"OPTIONAL {{ {two[0]} {two[1]} ?new }}"),
    blocks.map("FILTER NOT EXISTS {{ {} }}".format),
    blocks.map("MINUS {{ {} }}".format),
)
monotone = st.tuples(st.sampled_from(["DISTINCT ?a", "DISTINCT ?a ?b", "*"]), groups).map(
    lambda two: f"SELECT {two[0]} {{ {two[1]} }}"
)
guarded = st.tuples(blocks, bare).map(lambda two: f"SELECT * {{ {' '.join(two)} }}")
counted = groups.map(
    lambda g: (
        f"SELECT ?a (COUNT(DISTINCT ?b) AS ?n) (COUNT(DISTINCT ?c) AS ?m) {{ {g} }} GROUP BY ?a"
    )
)

nested = st.recursive(
    parts,
    lambda inner: st.one_of(
        inner.map("{{ {} }}".format),
        inner.map("OPTIONAL {{ {} }}".format),
        inner.map("GRAPH ?h {{ {} }}".format),
        st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
        st.tuples(inner, blocks).map(lambda two: f"{two[1]} {two[0]} FILTER(BOUND(?a) || ?b = :x)"),
    ),
    max_leaves=4,
).map(lambda text: f"SELECT ?a ?b ?c {{ {text} }}")

lawful = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def smallest_by_trying(
    store: ox.Store, query: str, row: tuple[object, ...], repository: Repository | None = None
) -> int:
    """Return the least number of documents that, with the register, still give a row."""
    for size in range(len(DOCUMENTS) + 1):
        for some in combinations(DOCUMENTS, size):
            kept = only(store, {*some, REGISTER, ONTOLOGY}, repository)
            if row in ask(kept, query, repository).rows:
                return size
    raise AssertionError(f"not even all documents give {row}")


def hold(
    store: ox.Store, query: str, repository: Repository | None = None, and_no_fewer: bool = True
) -> None:
    """Hold each row of an answer to the law: its documents give it, ``and_no_fewer`` do."""
    answer = ask(store, query, repository)
    for row, citation in zip(answer.rows, answer.citations, strict=True):
        assert citation.is_complete, (query, row)
        kept = only(store, {*citation.documents, REGISTER, ONTOLOGY}, repository)
        assert row in ask(kept, query, repository).rows, (query, row, citation)
        if citation.is_smallest and and_no_fewer:
            least = smallest_by_trying(store, query, row, repository)
            assert len(citation.documents) == least, (query, row, citation)
        for statement, graph in citation.statements:
            assert ox.Quad(*statement, ox.NamedNode(graph)) in store


@lawful
@given(graphs, monotone)
def test_the_cited_documents_give_the_row_and_no_fewer_do(
    given_graphs: dict[str, str], query: str
) -> None:
    hold(store_of(given_graphs), query)


@lawful
@given(graphs, guarded)
def test_the_same_holds_with_optional_parts_and_with_what_must_not_be(
    given_graphs: dict[str, str], query: str
) -> None:
    hold(store_of(given_graphs), query)


@lawful
@given(graphs, nested)
def test_however_the_parts_are_nested_the_cited_documents_give_the_row(
    given_graphs: dict[str, str], query: str
) -> None:
    store = store_of(given_graphs)
    answer = ask(store, query)
    for row, citation in zip(answer.rows, answer.citations, strict=True):
        assert citation.is_complete, (query, row)
        kept = only(store, {*citation.documents, REGISTER})
        assert row in ask(kept, query).rows, (query, row, citation)


@lawful
@given(graphs, counted)
def test_the_documents_of_a_group_give_the_same_count_and_no_fewer_do(
    given_graphs: dict[str, str], query: str
) -> None:
    hold(store_of(given_graphs), query)


@lawful
@given(graphs, plain_blocks)
def test_without_the_cited_statements_the_row_is_gone(
    given_graphs: dict[str, str], block: str
) -> None:
    store = store_of(given_graphs)
    query = f"SELECT * {{ {block} }}"
    answer = ask(store, query)
    for row, citation in zip(answer.rows, answer.citations, strict=True):
        less = ox.Store()
        gone = {statement for statement, _ in citation.statements}
        less.extend(q for q in store if (q.subject, q.predicate, q.object) not in gone)
        assert row not in ask(less, query).rows


axioms = st.lists(
    st.sampled_from(
        (
            ":p rdfs:subPropertyOf :q .",
            ":q rdfs:subPropertyOf :r .",
            ":p owl:inverseOf :q .",
            ":r a owl:TransitiveProperty .",
            ":q a owl:SymmetricProperty .",
            ":r owl:propertyChainAxiom ( :p :q ) .",
            ":p rdfs:domain :K .",
            ":q rdfs:range :K .",
        )
    ),
    max_size=4,
    unique=True,
).map(" ".join)


@settings(lawful, max_examples=25)
@given(graphs, axioms, st.one_of(monotone, blocks.map(":a a :K . {}".format)))
@example(
    {D: ":x :p :y .", REGISTER: ":x :p :x ."},
    ":p rdfs:subPropertyOf :q .",
    "SELECT DISTINCT ?a { GRAPH ?g { ?a :q+ ?a } }",
).via("a path whose graph was cited for being there")
@example(
    {D: ":y :p :z .", REGISTER: ":z :p :y ."},
    ":p rdfs:subPropertyOf :q . :p owl:inverseOf :q .",
    "SELECT DISTINCT ?a { GRAPH ?g { ?a :p ?b } }",
).via("what a document states and what would follow without it, in another graph")
def test_the_same_holds_through_what_follows(
    given_graphs: dict[str, str], text: str, query: str
) -> None:
    if not query.startswith("SELECT"):
        query = f"SELECT * {{ {query.replace(':a a :K', '?a a :K')} }}"
    query = query.replace("?v", ":p")
    repository = _without_views()
    store = store_of({**given_graphs, ONTOLOGY: text}, repository)
    # What a document states may follow without it, in another graph: GRAPH tells the two apart.
    hold(store, query, repository, and_no_fewer="GRAPH" not in query)


def _without_views() -> Repository:
    """Return a repository with the prefixes of ours and no views."""
    folder = Path(__file__).parent / ".." / ".hypothesis" / "without-views"
    for room in ROOMS:
        (folder / room).mkdir(parents=True, exist_ok=True)
    source = find_repository().ontology / "prefixes.ttl"
    (folder / "ontology" / "prefixes.ttl").write_text(source.read_text(encoding="utf-8"))
    return Repository(folder)
