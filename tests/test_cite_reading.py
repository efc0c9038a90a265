"""Queries taken apart and asked again: the same solutions, and nothing left out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from citing import PREFIX, A, B, store_of
from eurohpc_kg.cite.asking import Asking
from eurohpc_kg.errors import QuerySyntaxError
from eurohpc_kg.sparql.parts import Expression, Pattern, Query, SubQuery, Union
from eurohpc_kg.sparql.reading import read
from eurohpc_kg.sparql.words import words

ROOT = Path(__file__).parents[1]
# What asks other servers is not cited: its sources are not ours.
QUERIES = sorted(
    path for path in (ROOT / "queries").rglob("*.rq") if path.parent.name != "federation"
)
STORE = store_of(
    {
        A: ":a :p :b , :c ; :q 'x' . :b :p :c . :d :list (1 2) .",
        B: ":c :p :a ; :q 'y'@en . :b :q 'x' .",
    }
)


def query(text: str) -> Query:
    return read(PREFIX + text).query


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_query_of_the_project_is_read(path: Path) -> None:
    assert read(path.read_text(encoding="utf-8")).query.group.elements


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x ?y { ?x :p ?y ; :q ?z }",
        "SELECT ?x { ?x :p/:p ?y . ?y ^:p|:q ?z }",
        "SELECT ?x ?n { ?x :p ?y OPTIONAL { ?x :q ?n FILTER(?y != ?n) } }",
        "SELECT ?x { { ?x :p :b } UNION { ?x :p :c } UNION { SELECT ?x { ?x :q 'x' } } }",
        "SELECT ?g ?x { GRAPH ?g { ?x :p ?y OPTIONAL { ?y :q ?n } } }",
        "SELECT ?x { ?x :p ?y FILTER EXISTS { ?y :q ?n } MINUS { ?x :q 'x' } }",
        "SELECT ?x { ?x :p ?y FILTER(?y = :c || EXISTS { ?y :q ?n FILTER(STR(?n) = 'x') }) }",
        "SELECT ?x { VALUES ?x { :a :b } ?x :p [ :q ?z ] BIND(STR(?z) AS ?w) }",
        "SELECT ?x { ?x :list (?one 2) }",
        "SELECT ?x ?n { ?x :p ?y { SELECT ?y (COUNT(*) AS ?n) { ?y :p ?z } GROUP BY ?y } }",
        "SELECT ?x { _:one :p ?x . ?x :p _:one }",
        "SELECT ?x { ?x a*/:p? ?y ; !(:p|^:q) ?z } VALUES ?y { :a :b }",
        "SELECT ?x { ?x :p ?y . FILTER(?y IN (:b, :c)) . FILTER regex(STR(?x), 'a$') }",
    ],
)
def test_asked_again_a_query_gives_the_same_rows(text: str) -> None:
    taken = read(PREFIX + text)
    asking = Asking(taken, STORE, {})
    names = [column.name for column in taken.query.columns]
    rows = {
        tuple(map(str, map(solution.get, names)))
        for solution in asking.solutions(taken.query.group, more=taken.query.values)
    }
    found = STORE.query(PREFIX + text, use_default_graph_as_union=True)
    assert rows == {tuple(str(one[name]) for name in names) for one in found}  # type: ignore[union-attr]
    assert rows


def test_strings_comments_and_names_with_odd_signs_are_single_words() -> None:
    text = 'ex:a.b%20c\\-d. \'#no\' # { yes }\n <urn:#frag> """a "b" }"""@en 1.5e3.?x ?'
    assert [word.text for word in words(text)][:-1] == [
        "ex:a.b%20c\\-d", ".", "'#no'", "<urn:#frag>", '"""a "b" }"""', "@en", "1.5e3", ".", "?x",
        "?",
    ]  # fmt: skip


def test_aggregates_are_seen_inside_expressions() -> None:
    (column,) = query("SELECT (1 + COUNT(DISTINCT ?x) - MAX(STR(?y)) AS ?n) { ?x :p ?y }").columns
    assert column.aggregates == (("COUNT", True, "?x"), ("MAX", False, "STR(?y)"))
    joined = query("SELECT (GROUP_CONCAT(?x; SEPARATOR=', ') AS ?n) { ?x :p ?y }").columns[0]
    assert joined.aggregates == (("GROUP_CONCAT", False, "?x"),)


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("EXISTS { ?x :p ?y }", 1),
        ("NOT EXISTS { ?x :p ?y }", 0),
        ("(!EXISTS { ?x :p ?y })", 0),
        ("(!(NOT EXISTS { ?x :p ?y }))", 1),
        ("(!BOUND(?x) && EXISTS { ?x :p ?y })", 1),
        ("(EXISTS { ?x :p ?y } && !(?x = 1 || EXISTS { ?x :q ?y }))", 1),
    ],
)
def test_an_exists_counts_where_it_must_hold(condition: str, count: int) -> None:
    (expression,) = query(f"ASK {{ FILTER {condition} }}").group.elements
    assert isinstance(expression, Expression)
    assert len(expression.exists) == count


def test_a_prefix_of_the_query_comes_before_one_that_is_known() -> None:
    taken = read("PREFIX id: <urn:mine:> ASK { id:x a ?y }", {"id": "urn:theirs:"}).query
    (pattern,) = taken.group.elements
    assert isinstance(pattern, Pattern)
    assert str(pattern.subject) == "<urn:mine:x>"


def test_relative_addresses_are_resolved_against_the_base() -> None:
    taken = read("BASE <http://example.org/a/> PREFIX p: <b#> ASK { <x> p:y ?z }").query
    (pattern,) = taken.group.elements
    assert isinstance(pattern, Pattern)
    assert [str(pattern.subject), str(pattern.verb)] == [
        "<http://example.org/a/x>",
        "<http://example.org/a/b#y>",
    ]


def test_added_variables_have_names_that_the_query_has_not() -> None:
    taken = read("ASK { ?added1 ?p [] OPTIONAL { ?added_2 ?q [] } }")
    assert taken.prefix == "added__"


def test_a_sub_query_stands_alone_or_in_a_union() -> None:
    alone = query("SELECT * { { SELECT ?x { ?x :p ?y } LIMIT 1 } }").group.elements[0]
    assert isinstance(alone, Union)
    inner = alone.groups[0].elements[0]
    assert isinstance(inner, SubQuery)
    assert inner.query.is_cut


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ASK {\n << :a :b :c >> :d ?x }", "statements about statements"),
        ("ASK {\n ?x :p{2} ?y }", "a path of a given length"),
        ("ASK {\n SERVICE <urn:x> { ?x :p ?y } }", "SERVICE"),
        ("ASK {\n LATERAL { ?x :p ?y } }", "LATERAL"),
        ("ASK {\n ?x no:such ?y }", "the unknown prefix 'no'"),
    ],
)
def test_what_is_not_understood_is_refused_at_its_line(text: str, what: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        query(text)
    assert what in refused.value.problem
    assert refused.value.place == "query:3"
    assert refused.value.remedy
