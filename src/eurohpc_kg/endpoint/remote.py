"""An endpoint that answers like the embedded store, so that whatever asks one can ask the other.

`RemoteStore` has the two methods that readers of the graph use: ``query`` and
``quads_for_pattern``. A request costs a journey, so every table that comes back has the names of
its things, and what its source documents say of themselves, fetched in one more request; what was
fetched once is kept. A proof asks thousands of small things: before that, `bring_here` fetches the
graphs whole, so that every endpoint gives the citations that the embedded store does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

import pyoxigraph as ox

from eurohpc_kg.endpoint.client import Endpoint
from eurohpc_kg.endpoint.copying import copy_of
from eurohpc_kg.labels import NAMING
from eurohpc_kg.names import NAMESPACE, SOURCE
from eurohpc_kg.namespaces import DCTERMS
from eurohpc_kg.sparql import term_text

_PUBLISHER = ox.NamedNode(DCTERMS + "publisher")
_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*):", re.IGNORECASE)
_ANY = re.compile(r"^[ \t]*VALUES \?\w+ \{ UNDEF \}[ \t]*$", re.MULTILINE)
"""A parameter that may be anything: says nothing, and Jena takes it as bound before its time."""
_GIVEN = re.compile(r"\bVALUES\s*\?(\w+)")
_SAME = re.compile(r"\(\s*\?(\w+)\s+AS\s+\?(\w+)\s*\)", re.IGNORECASE)
_BATCH = 400

_Node = ox.NamedNode | ox.BlankNode
_Term = _Node | ox.Literal
_Key = tuple[str, str, str, str]


class RemoteStore:
    """Answer from an endpoint; use `as_store` where a `pyoxigraph.Store` is asked for."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._kept: dict[_Key, list[ox.Quad]] = {}
        self._named: dict[str, list[ox.Quad]] = {}
        self._documents: dict[str, list[ox.Quad]] = {}
        self._copy: ox.Store | None = None
        self._was_tried = False

    def bring_here(self) -> None:
        """Answer from a copy from now on, where the endpoint does not hold too much for one."""
        if not self._was_tried:
            self._was_tried = True
            self._copy = copy_of(self.endpoint)

    def as_store(self) -> ox.Store:
        """Return this object under the type that the readers of the graph ask for."""
        return cast("ox.Store", self)

    def query(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        use_default_graph_as_union: bool = False,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a query as ``Store.query`` does."""
        if self._copy is not None:
            return self._copy.query(
                text,
                prefixes=dict(prefixes or {}),
                use_default_graph_as_union=use_default_graph_as_union,
            )
        declared = set(_PREFIX.findall(text))
        head = "".join(
            f"PREFIX {prefix}: <{namespace}>\n"
            for prefix, namespace in (prefixes or {}).items()
            if prefix not in declared and f"{prefix}:" in text
        )
        text = _ANY.sub("", text)
        found = self.endpoint.query(head + text, union=use_default_graph_as_union)
        if isinstance(found, list):
            self._fetch_names(term for triple in found for term in triple)
            store = ox.Store()
            store.extend(ox.Quad(*triple) for triple in found)
            return cast("ox.QueryTriples", store.query("CONSTRUCT WHERE { ?s ?p ?o }"))
        if isinstance(found, ox.QueryBoolean):
            return found
        is_loose = self.endpoint.product.name == "virtuoso"
        return self._with_names(found, given(text) if is_loose else set())

    def quads_for_pattern(
        self,
        subject: _Node | None,
        predicate: ox.NamedNode | None,
        object: _Term | None,
        graph_name: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the quads that fit, as ``Store.quads_for_pattern`` does."""
        if self._copy is not None:
            return self._copy.quads_for_pattern(subject, predicate, object, graph_name)
        held = self._held(subject, predicate, object, graph_name)
        if held is not None:
            return iter(held)
        key = cast("_Key", tuple(map(str, (subject, predicate, object, graph_name))))
        if key not in self._kept:
            self._kept[key] = self._fetch(subject, predicate, object, graph_name)
        return iter(self._kept[key])

    def names_like(self, literals: Iterable[ox.Literal]) -> Iterator[ox.Quad]:
        """Yield the quads whose object is one of these texts, in one request."""
        values = " ".join(map(term_text, literals))
        yield from self._rows(f"VALUES ?o {{ {values} }} GRAPH ?g {{ ?s ?p ?o }}")

    def naming_of(self, within: str, ways: Iterable[str]) -> Iterator[ox.Quad]:
        """Yield every quad about a thing that one of these predicates ties to ``within``."""
        tied = " UNION ".join(f"{{ ?s <{way}> <{within}> }}" for way in ways)
        yield from self._rows(
            f"{{ SELECT DISTINCT ?s WHERE {{ GRAPH ?tie {{ {tied} }} }} }} GRAPH ?g {{ ?s ?p ?o }}"
        )

    def _held(
        self,
        subject: _Node | None,
        predicate: ox.NamedNode | None,
        object: _Term | None,
        graph: ox.NamedNode | None,
    ) -> list[ox.Quad] | None:
        """Return what was fetched beforehand, if it covers the pattern."""
        if not isinstance(subject, ox.NamedNode) or object is not None:
            return None
        if graph == subject and subject.value in self._documents:
            quads = self._documents[subject.value]
        elif graph is None and predicate in NAMING and subject.value in self._named:
            quads = self._named[subject.value]
        else:
            return None
        return [quad for quad in quads if predicate in (None, quad.predicate)]

    def _fetch(
        self,
        subject: _Node | None,
        predicate: ox.NamedNode | None,
        object: _Term | None,
        graph: ox.NamedNode | None,
    ) -> list[ox.Quad]:
        if isinstance(subject, ox.BlankNode) or isinstance(object, ox.BlankNode):
            return []  # a blank node of an answer is no name in the next request
        bound = {"s": subject, "p": predicate, "o": object, "g": graph}
        values = "".join(
            f"VALUES ?{name} {{ {term_text(term)} }} " for name, term in bound.items() if term
        )
        return list(self._rows(f"{values}GRAPH ?g {{ ?s ?p ?o }}"))

    def _rows(self, pattern: str) -> Iterator[ox.Quad]:
        for s, p, o, g in self.endpoint.select(f"SELECT ?s ?p ?o ?g WHERE {{ {pattern} }}"):
            if isinstance(p, ox.NamedNode) and isinstance(g, ox.NamedNode) and o is not None:
                assert isinstance(s, (ox.NamedNode, ox.BlankNode))
                yield ox.Quad(s, p, o, g)

    def _with_names(self, found: ox.QuerySolutions, given: set[str]) -> ox.QuerySolutions:
        """Read a table to its end, fetch the names in it, and return it as new.

        The columns that are ``given`` by VALUES are of names, which Virtuoso returns as texts.
        """
        form = ox.QueryResultsFormat.JSON
        body = found.serialize(format=form)
        assert body is not None
        if given:
            body = with_iris(body, given)

        def table() -> ox.QuerySolutions:
            return cast("ox.QuerySolutions", ox.parse_query_results(body, format=form))

        self._fetch_names(term for row in table() for term in row)
        return table()

    def _fetch_names(self, found: Iterable[object]) -> None:
        """Fetch what to call the things of an answer, and its documents with their publishers."""
        terms = list(found)
        iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
        iris |= {
            word
            for term in terms
            if isinstance(term, ox.Literal) and SOURCE in term.value
            for word in term.value.split()
            if word.startswith(SOURCE)
        }
        documents = sorted(iri for iri in iris - self._documents.keys() if iri.startswith(SOURCE))
        for start in range(0, len(documents), _BATCH):
            some = documents[start : start + _BATCH]
            self._documents.update({iri: [] for iri in some})
            values = " ".join(f"(<{iri}> <{iri}>)" for iri in some)
            for quad in self._rows(f"VALUES (?g ?s) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }}"):
                self._documents[cast("ox.NamedNode", quad.graph_name).value].append(quad)
                if quad.predicate == _PUBLISHER and isinstance(quad.object, ox.NamedNode):
                    iris.add(quad.object.value)
        things = sorted(iris - self._named.keys())
        properties = " ".join(map(str, NAMING))
        for start in range(0, len(things), _BATCH):
            some = things[start : start + _BATCH]
            self._named.update({iri: [] for iri in some})
            values = " ".join(f"<{iri}>" for iri in some)
            for quad in self._rows(
                f"VALUES ?s {{ {values} }} VALUES ?p {{ {properties} }} GRAPH ?g {{ ?s ?p ?o }}"
            ):
                self._named[cast("ox.NamedNode", quad.subject).value].append(quad)


def given(text: str) -> set[str]:
    """Return the variables of a query that are given by VALUES, and their other names."""
    found = set(_GIVEN.findall(text))
    return found | {other for name, other in _SAME.findall(text) if name in found}


def with_iris(body: bytes, columns: set[str]) -> bytes:
    """Return a table, as JSON, whose texts in these columns are names again where they are ours."""
    table = json.loads(body)
    for row in table["results"]["bindings"]:
        for name in columns & row.keys():
            cell = row[name]
            if cell == {"type": "literal", "value": cell["value"]} and _is_ours(cell["value"]):
                row[name] = {"type": "uri", "value": cell["value"]}
    return json.dumps(table).encode()


def _is_ours(text: str) -> bool:
    return text.startswith(NAMESPACE) and " " not in text
