"""Reading back from stores that cut their answers and give rows in another order each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import pyoxigraph as ox
import pytest

from eurohpc_kg.endpoint import PRODUCTS, Endpoint
from eurohpc_kg.endpoint.bodies import plain
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading.canonical import digest
from eurohpc_kg.loading.parting import parts
from eurohpc_kg.loading.reading import read_digests
from stores.far import BASE, REGISTER, REPORT

HEAD = b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'


@dataclass
class Cutting:
    """Stand for an endpoint that gives at most so many rows, in no order."""

    store: ox.Store
    most: int
    most_rows: int = 0
    can_dump = False

    def __post_init__(self) -> None:
        self.product = SimpleNamespace(most_rows=self.most_rows, alone=0, numbered=0, at_once=1)
        self.at = PRODUCTS["virtuoso"]
        self.largest = 0

    def select(self, text: str) -> Any:
        return self.store.query(text)

    def read_rows(self, text: str, read: Callable[[Any], Any]) -> Any:
        rows = list(cast("Any", self.store.query(text)))
        random.shuffle(rows)
        self.largest = max(self.largest, len(rows))
        return read(rows[: self.most])


@pytest.fixture
def store() -> ox.Store:
    made = ox.Store()
    for name, size in ((REGISTER, 400), (REPORT, 30)):
        for number in range(size):
            words = (f"id/t{number}", "ontology#of" if number % 4 else "ontology#x", "id/t")
            subject, predicate, object_ = (ox.NamedNode(BASE + word) for word in words)
            made.add(ox.Quad(subject, predicate, object_, ox.NamedNode(name)))
    return made


def wanted(store: ox.Store) -> dict[str, Any]:
    def triples(name: str) -> list[ox.Triple]:
        return [q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(name))]

    return {name: digest(triples(name)) for name in (REGISTER, REPORT)}


@pytest.mark.parametrize("known", [0, 50])
def test_what_a_store_cuts_is_read_in_parts(store: ox.Store, known: int) -> None:
    endpoint = Cutting(store, 50, known)
    assert read_digests(cast("Endpoint", endpoint), wanted(store)) == wanted(store)


def test_where_the_limit_is_known_no_answer_goes_beyond_it(store: ox.Store) -> None:
    endpoint = Cutting(store, 50, 50)
    read_digests(cast("Endpoint", endpoint), wanted(store))
    assert endpoint.largest <= 50


def test_a_store_that_gives_less_than_it_has_is_told(store: ox.Store) -> None:
    endpoint = Cutting(store, 2, 50)
    with pytest.raises(EndpointError, match="the store has 300 triples there and gives") as caught:
        read_digests(cast("Endpoint", endpoint), wanted(store))
    assert caught.value.remedy == "Raise the limit of rows of the store."


def test_parts_meet_each_row_once(store: ox.Store) -> None:
    [(rows, patterns)] = parts({f"<{BASE}ontology#of>": 322}, 50)
    counts = [len(list(cast("Any", store.query(f"SELECT * {{ {one} }}")))) for one in patterns]
    assert rows == sum(counts) == 322
    assert max(counts) <= 50


@pytest.mark.parametrize("text", ["a\n", " a", "\r\n", "\t b & < c ", "", "a  b"])
def test_white_space_at_the_ends_of_a_text_stays_in_xml(text: str) -> None:
    inner = text.replace("&", "&amp;").replace("<", "&lt;").encode()
    body = HEAD + b'<variable name="o"/></head>\n<results>\n <result>\n  <binding name="o">'
    body += (
        b'<literal xml:lang="fr">' + inner + b"</literal></binding>\n</result></results></sparql>"
    )
    found = ox.parse_query_results(plain(body), format=ox.QueryResultsFormat.XML)
    assert [row[0] for row in cast("Any", found)] == [ox.Literal(text, language="fr")]
