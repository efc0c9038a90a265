"""How to cite one fact: its words, the document that says it, and its lasting address.

`Facts.of` makes the line for a statement, `Facts.find` leads from an address back to the statement.
The address itself is made in `eurohpc_kg.statements`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg import __version__
from eurohpc_kg.cite.citing import Citing
from eurohpc_kg.cite.evidence import Stated
from eurohpc_kg.cite.support import Support, is_own
from eurohpc_kg.cite.wide import Wide
from eurohpc_kg.documents import Document, documents_of
from eurohpc_kg.errors import UsageError
from eurohpc_kg.explain import Explainer
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.explain.wording import Wording
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.records import dataclass
from eurohpc_kg.sources import REGISTER_GRAPH
from eurohpc_kg.statements import STATEMENT, address_of, claim_of, parts_of
from eurohpc_kg.store.canonical import CanonicalGraph, read_graphs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DECIMAL = XSD + "decimal"
_END = b" .\n"


@dataclass(frozen=True)
class Fact:
    """Hold a statement ready to be cited.

    ``documents`` are those that it rests on: the preferred one where documents say it, the smallest
    set where it only ``follows`` from what they say. ``claims`` are its addresses as each graph
    that says it.
    """

    statement: Statement
    words: str
    address: str
    documents: tuple[Document, ...]
    claims: tuple[str, ...] = ()
    follows: bool = False

    @property
    def line(self) -> str:
        """Return how to cite it, in one line."""
        said = "; ".join(document.line for document in self.documents)
        by = f" Follows from: {said}." if self.follows else f" {said}." if said else ""
        return f"{self.words}.{by} EuroHPC knowledge graph {__version__}, {self.address}"

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "fact": self.words,
            "address": self.address,
            "claims": list(self.claims),
            "follows": self.follows,
            "sources": [document.as_dict() for document in self.documents],
            "cite": self.line,
        }


def write_facts(facts: Iterable[Fact], form: str) -> str:
    """Return how to cite facts, as ``text`` (one a line), ``md`` or ``json``."""
    if form == "json":
        import json

        return json.dumps([fact.as_dict() for fact in facts], ensure_ascii=False, indent=2) + "\n"
    if form in ("text", "md"):
        mark = "- " if form == "md" else ""
        return "".join(f"{mark}{fact.line}\n" for fact in facts)
    raise UsageError(f"citations of facts have no form {form!r}", remedy="Use text, md or json.")


class Facts:
    """Make statements of one graph citable.

    ``folder`` is that of the store, with its graphs in canonical form: it knows how a number is
    written. Without it an address is made of the statement as the store has it.
    """

    def __init__(self, explainer: Explainer, folder: Callable[[], Path | None]) -> None:
        self.names = explainer.names
        self.store = explainer.names.store
        self._support = Support(self.store, explainer.prove)
        self._citing = Citing(self._support, Wide(self._support, explainer.steps))
        self._wording = Wording(explainer.names, explainer.views)
        self._folder = folder
        self._graphs: dict[str, CanonicalGraph] | None = None

    def of(self, statement: Statement) -> Fact:
        """Return a statement ready to be cited."""
        graphs = self._support.graphs(statement)
        cited = sorted((g for g in graphs if not is_own(g)), key=self._support.order)[:1]
        return Fact(
            statement,
            self._wording.statement(statement),
            self.address(statement),
            tuple(documents_of(cited, self.names)) if cited else self._behind(statement),
            tuple(claim_of(self.address(statement, graph), graph) for graph in graphs),
            not graphs,
        )

    def _behind(self, statement: Statement) -> tuple[Document, ...]:
        """Return the documents of a statement that none of them makes itself."""
        citation = self._citing.citation(Stated(statement))
        register = REGISTER_GRAPH.value
        return tuple(
            one.quoting(citation.addresses) if one.iri == register else one
            for one in documents_of(citation.cited, self.names)
        )

    def address(self, statement: Statement, graph: str = "") -> str:
        """Return the address of a statement, as a graph writes it, or any that says it."""
        subject, predicate, object_ = statement
        if isinstance(object_, ox.Literal) and object_.datatype.value == _DECIMAL:
            graphs = (graph,) if graph else self._support.graphs(statement)
            object_ = next(self._written(statement, graphs), object_)
        return address_of(str(subject), str(predicate), str(object_))

    def find(self, address: str) -> tuple[Statement, tuple[str, ...]] | None:
        """Return the statement at an address, with the graphs that say it, or ``None``.

        One that only follows has none. Looking through all graphs takes about a second; an
        address that names a graph is quicker.
        """
        parts = parts_of(address)
        if parts is None:
            return None
        whole, graph = parts
        digest = whole.removeprefix(STATEMENT)
        graphs = [one for name, one in self._canonical().items() if graph in ("", name)]
        for line in _lines(graphs, b""):
            if hashlib.sha256(line).hexdigest().startswith(digest):
                (quad,) = ox.parse(line + _END, format=ox.RdfFormat.N_TRIPLES)
                statement = Statement(quad.subject, quad.predicate, quad.object)
                return statement, self._support.graphs(statement)
        return None

    def _written(self, statement: Statement, graphs: Iterable[str]) -> Iterator[ox.Literal]:
        """Yield a decimal number as the graphs write it."""
        start = f'{statement.subject} {statement.predicate} "'.encode()
        end = f'"^^<{_DECIMAL}>'.encode()
        found = [one for name in graphs if (one := self._canonical().get(name)) is not None]
        for line in _lines(found, start):
            text = line[len(start) : -len(end)]
            if line.endswith(end) and Decimal(text.decode()) == Decimal(statement.object.value):
                yield ox.Literal(text.decode(), datatype=ox.NamedNode(_DECIMAL))

    def _canonical(self) -> dict[str, CanonicalGraph]:
        if self._graphs is None:
            folder = self._folder()
            found = () if folder is None else read_graphs(folder)
            self._graphs = {graph.name: graph for graph in found}
        return self._graphs


def _lines(graphs: Iterable[CanonicalGraph], start: bytes) -> Iterator[bytes]:
    """Yield the triples that begin so, without the full stop."""
    for graph in graphs:
        for chunk in graph.chunks():
            if start not in chunk:
                continue
            for line in chunk.split(_END):
                if line and line.startswith(start):
                    yield line
