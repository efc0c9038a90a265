"""Citations: the smallest set of documents for each row, part of SPARQL by part of SPARQL."""

from __future__ import annotations

import pytest

from citing import REGISTER, A, B, C, D, ask, cited, only, short, store_of
from eurohpc_kg.errors import QuerySyntaxError
from eurohpc_kg.names import GRAPH

PLACES = {
    A: ":lumi :host :csc . :csc :in :kajaani .",
    B: ":lumi :host :csc . :vega :host :izum .",
    C: ":kajaani :in :finland . :vega :host :izum ; :note 'fast' .",
    D: ":finland :in :europe .",
    REGISTER: ":lumi a :System . :vega a :System .",
}


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("SELECT ?h { :lumi :host ?h }", ["a"]),  # either would do: the first by name
        ("SELECT ?h { :lumi :host ?h . ?h :in ?p }", ["a"]),  # one is enough for both
        ("SELECT ?c { :lumi :host ?h . ?h :in ?p . ?p :in ?c }", ["ac"]),
        ("SELECT ?s ?n { ?s :host ?h OPTIONAL { ?s :note ?n } } ORDER BY ?s", ["a", "c"]),
        ("SELECT ?x { { ?x :in :europe } UNION { ?x :in :finland } } ORDER BY ?x", ["d", "c"]),
        ("SELECT ?s { ?s a :System FILTER EXISTS { ?s :note ?n } }", ["c"]),
        ("SELECT ?s { ?s a :System FILTER NOT EXISTS { ?s :note ?n } }", [""]),
        ("SELECT ?s { ?s :host ?h MINUS { ?s :note ?n } }", ["a"]),
        ("SELECT ?g { GRAPH ?g { :lumi :host :csc } } ORDER BY ?g", ["a", "b"]),
        (f"SELECT ?h {{ GRAPH <{A}> {{ :lumi :host ?h }} }}", ["a"]),
        ("SELECT ?x { :csc :in+ ?x } ORDER BY ?x", ["acd", "ac", "a"]),
        ("SELECT ?x { :lumi :host/:in* ?x } ORDER BY ?x", ["a", "acd", "ac", "a"]),
        ("SELECT ?x { :finland ^:in ?x }", ["c"]),
        ("SELECT ?x { :csc (:in|:host) ?x }", ["a"]),
        ("SELECT ?x { :csc !:host ?x }", ["a"]),
        ("SELECT ?x { VALUES ?x { :csc } BIND(1 AS ?one) ?s :host ?x }", ["a"]),
        ("SELECT ?s { { SELECT ?h { ?h :in ?p } } ?s :host ?h }", ["a"]),
        ("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s :host ?h }", ["b"]),
        ("SELECT (COUNT(?x) AS ?n) { ?x :in ?y }", ["acd"]),
        ("SELECT (MAX(?x) AS ?m) { ?x :in ?y }", ["acd"]),
        ("SELECT ?y (COUNT(?x) AS ?n) { ?x :in ?y } GROUP BY ?y ORDER BY ?y", ["d", "c", "a"]),
        ("SELECT (COUNT(?x) AS ?n) { ?x :in ?y } GROUP BY ?y HAVING (COUNT(?x) > 0)", ["a"]),
        ("SELECT (SAMPLE(?x) AS ?s) { ?x :in ?y } GROUP BY (STR(?y) AS ?t) ORDER BY ?t", "dca"),
        ("SELECT ?x { ?x :in ?y } ORDER BY ?x LIMIT 1", ["a"]),
        ("SELECT (CONCAT(?n, '!') AS ?loud) { ?s :note ?n }", ["c"]),
        ("SELECT * { ?s :note ?n }", ["c"]),
        ("SELECT ?n { [] :note ?n }", ["c"]),
        ("SELECT ?x { ?x :in ?y FILTER(?y = :nowhere || EXISTS { ?y :in :europe }) }", ["cd"]),
        ("SELECT ?x { ?x :in ?y FILTER(?y = :finland || EXISTS { ?y :in :europe }) }", ["c"]),
        ("SELECT ?x { ?x :in ?y FILTER(!(!EXISTS { ?y :in :europe })) }", ["cd"]),
        ("SELECT ?x ?b { ?x :in :finland BIND(EXISTS { ?x :in ?y . ?y :in ?z } AS ?b) }", ["cd"]),
        ("ASK { ?x :in :europe }", ["d"]),
        ("ASK { :europe :in ?x }", [""]),
        ("CONSTRUCT { ?x :has ?s } { ?s :host ?h . ?h :in ?x }", ["a"]),
        ("CONSTRUCT WHERE { ?x :in ?y }", ["a", "d", "c"]),
        ("DESCRIBE :kajaani", ["c"]),
    ],
)  # fmt: skip
def test_the_smallest_set_of_documents_is_found(query: str, documents: list[str]) -> None:
    assert cited(store_of(PLACES), query) == list(documents)


def test_what_only_the_register_says_cites_the_register_and_where_it_has_it() -> None:
    register = ":lumi a :System ; dcterms:source <https://example.org/list> ."
    answer = ask(store_of({**PLACES, REGISTER: register}), "SELECT ?s { ?s a :System }")
    (citation,) = answer.citations
    assert (citation.documents, citation.own) == ((), (REGISTER,))
    assert citation.addresses == ("https://example.org/list",)
    assert [d.quoted for d in answer.documents] == ["https://example.org/list"]


def test_what_a_document_says_as_well_as_the_register_needs_no_document() -> None:
    store = store_of({A: ":lumi a :System .", REGISTER: ":lumi a :System ."})
    citation = ask(store, "SELECT ?s { ?s a :System }").citations[0]
    assert (citation.documents, citation.own) == ((), (REGISTER,))


def test_a_correction_counts_as_a_document() -> None:
    corrections = GRAPH + "corrections"
    store = store_of({corrections: ":wrong :right 1 ."})
    (citation,) = ask(store, "SELECT ?x { :wrong :right ?x }").citations
    assert citation.documents == (corrections,)


def test_of_equally_small_sets_the_primary_comes_first_then_the_newer_then_the_name() -> None:
    def document(iri: str, standing: str, date: str) -> str:
        about = f"<{iri}> ehpc:standing ehpc:{standing} ; dcterms:issued '{date}' ."
        return f":lumi :host :csc . {about}"

    query = "SELECT ?h { :lumi :host ?h }"
    graphs = {
        A: document(A, "SecondarySource", "2026"),
        B: document(B, "PrimarySource", "2024"),
        C: document(C, "PrimarySource", "2025-03"),
    }
    assert cited(store_of(graphs), query) == ["c"]
    assert cited(store_of({**graphs, C: ":lumi :host :csc ."}), query) == ["b"]
    same = {name: document(name, "PrimarySource", "2025") for name in (C, B)}
    assert cited(store_of(same), query) == ["b"]


def test_each_cited_statement_stands_in_the_graph_cited_for_it() -> None:
    store = store_of(PLACES)
    query = "SELECT ?c { ?s a :System ; :host ?h . ?h :in+ ?c } ORDER BY ?c"
    for citation in ask(store, query).citations:
        assert {graph for _, graph in citation.statements} == {*citation.documents, *citation.own}
        for (subject, predicate, object_), graph in citation.statements:
            assert any(
                quad.graph_name.value == graph
                for quad in store.quads_for_pattern(subject, predicate, object_)
            )


def test_rows_that_say_the_same_are_cited_the_same() -> None:
    answer = ask(store_of(PLACES), "SELECT ?h { ?s :host ?h . VALUES ?twice { 1 2 } }")
    assert len(answer.rows) == len(answer.citations) > len(set(answer.rows))


def test_the_answer_has_its_documents_and_a_column_of_them() -> None:
    answer = ask(store_of(PLACES), "SELECT ?x { ?x :in ?y } ORDER BY ?x")
    assert [(d.number, short([d.iri])) for d in answer.documents] == [(1, "a"), (2, "d"), (3, "c")]
    more = answer.with_sources()
    assert more.columns == ("x", "sources")
    assert [str(row[1].value) for row in more.rows] == [A, D, C]
    assert list(answer.to_pandas(sources=True)["sources"]) == [A, D, C]
    assert answer.to_polars(sources=True)["sources"].to_list() == [A, D, C]
    assert list(answer.to_pandas().columns) == ["x"]


def test_what_goes_beyond_sparql_1_1_is_refused_with_its_place() -> None:
    answer = ask(store_of(PLACES), "SELECT ?x {\n?x :in ?y . << ?x :in ?y >> :by ?z }")
    with pytest.raises(QuerySyntaxError, match="statements about statements") as refused:
        _ = answer.citations
    assert refused.value.place == "query:3"


def test_keeping_only_the_cited_graphs_keeps_each_row() -> None:
    store = store_of(PLACES)
    query = (
        "SELECT ?s ?c (COUNT(DISTINCT ?p) AS ?n) { ?s :host/:in+ ?p . ?p :in* ?c } GROUP BY ?s ?c"
    )
    answer = ask(store, query)
    for row, citation in zip(answer.rows, answer.citations, strict=True):
        kept = only(store, {*citation.documents, REGISTER})
        assert row in ask(kept, query).rows
