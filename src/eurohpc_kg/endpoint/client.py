"""One dataset on a server: query, update, read and write graphs, in the words of the standards.

SPARQLWrapper makes the requests of SPARQL 1.1 Protocol, `Transport` sends them; the SPARQL 1.1
Graph Store HTTP Protocol needs no more than an address and a body. What differs from product to
product stands in `products`.
"""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from io import BytesIO
from typing import Any, TypeVar, cast
from urllib.parse import quote

import pyoxigraph as ox

from eurohpc_kg.endpoint import numbered, virtuoso
from eurohpc_kg.endpoint.bodies import (
    Body,
    Lines,
    Pieces,
    garbled,
    lines_by_graph,
    plain,
    results_of,
    triples_of,
)
from eurohpc_kg.endpoint.dataset import over_all
from eurohpc_kg.endpoint.faults import RejectedError
from eurohpc_kg.endpoint.product import PARAMETER, Product, addresses
from eurohpc_kg.endpoint.together import together
from eurohpc_kg.endpoint.transport import Transport
from eurohpc_kg.errors import EndpointError, QuerySyntaxError
from eurohpc_kg.sparql import names_dataset, query_form

_Read = TypeVar("_Read")
ACCESS_TOKEN = "access-token"
_FORMS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}


class Endpoint:
    """Speak to one dataset. `connecting.connect` makes one."""

    def __init__(
        self,
        address: str,
        product: Product,
        transport: Transport,
        *,
        update: str = "",
        graphs: str = "",
        union: str = "",
    ) -> None:
        self.address = address
        self.product = product
        self.transport = transport
        transport.unasked = product.unasked
        self.at = addresses(product, address, update, graphs)
        self.union = union or product.union
        self._graphs: list[str] | None = None
        self._known = threading.local()  # each thread answers the challenge of the server itself

    def __repr__(self) -> str:
        return f"Endpoint({self.address!r}, {self.product.name!r})"

    def select(self, text: str, *, union: bool = False, place: str = "") -> ox.QuerySolutions:
        """Answer a SELECT query; with ``union``, over all graphs as one default graph."""
        found = self.query(text, union=union, place=place)
        if not isinstance(found, ox.QuerySolutions):
            raise EndpointError("the answer is no table", place=self.at.query)
        return found

    def ask(self, text: str, *, union: bool = False) -> bool:
        """Answer an ASK query."""
        return bool(self.query(text, union=union))

    def query(
        self, text: str, *, union: bool = False, place: str = ""
    ) -> ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]:
        """Answer a query of any form; CONSTRUCT and DESCRIBE give triples.

        Raises `QuerySyntaxError` where the server finds fault with the text, else `EndpointError`.
        """
        makes_triples = query_form(text) in ("CONSTRUCT", "DESCRIBE")
        wrapper = self._wrapper(text, "turtle" if makes_triples else "json", union)
        try:
            answer = self.transport.send(wrapper._createRequest(), repeatable=True)
        except RejectedError as error:
            if error.status != 400:
                raise
            raise QuerySyntaxError(
                f"the server does not take the query: {error.problem}",
                place=place or self.at.query,
                remedy="Correct the query; eurohpc-kg doctor says what the server lacks.",
            ) from None
        read = triples_of if makes_triples else results_of
        return read(answer, self.at.query)

    def update(self, text: str, *, repeatable: bool = False, timeout: float | None = None) -> None:
        """Carry out SPARQL updates, in one request.

        ``repeatable`` says that doing it twice does no harm, so that it may be sent again.
        """
        wrapper = _prepared(self.at.query, self.at.update, text, "INSERT")
        if self.product.name == "qlever" and self.transport.credentials.token:
            wrapper.addParameter(ACCESS_TOKEN, self.transport.credentials.token)
        wrapper.setRequestMethod(self._method)
        self.transport.send(wrapper._createRequest(), repeatable=repeatable, timeout=timeout)

    def graph(self, name: str) -> list[ox.Triple]:
        """Return the triples of one graph, by the Graph Store protocol; none for an unknown one."""
        request = urllib.request.Request(self._graph_address(name))
        request.add_header("Accept", "application/n-triples, text/turtle;q=0.5")
        try:
            return triples_of(self.transport.send(request, repeatable=True), self.at.query)
        except RejectedError as error:
            if error.status == 404:
                return []
            raise

    def put_graph(self, name: str, pieces: Pieces) -> None:
        """Replace one graph, given as N-Triples, by the Graph Store protocol."""
        if not self.product.unasked and not hasattr(self._known, "by_server"):
            self.graph(name)  # so that the server asks for the password now, not after the body
            self._known.by_server = True
        request = urllib.request.Request(
            self._graph_address(name), data=cast("bytes", pieces), method="PUT"
        )
        request.add_header("Content-Type", "application/n-triples")
        request.add_header("Content-Length", str(sum(map(len, pieces))))
        self.transport.send(request, repeatable=True)

    @cached_property
    def sends(self) -> str:
        """Return how this user sends data best: `Product.sends`, or "quads" to a loader."""
        if not self.product.loader:
            return self.product.sends
        try:
            self.transport.send(virtuoso.loading(self.at.quads, b"\n"), repeatable=True)
        except RejectedError:  # only a user with all rights may call it
            return self.product.sends
        return "quads"

    def post_quads(self, pieces: Pieces, *, repeatable: bool, bulk: bool = False) -> None:
        """Add N-Quads of many graphs; the arguments are those of `posting`."""
        together(self.posting(pieces, repeatable=repeatable, bulk=bulk), self.product.at_once)

    def posting(
        self, pieces: Pieces, *, repeatable: bool, bulk: bool = False
    ) -> Iterator[Callable[[], None]]:
        """Yield the requests that add N-Quads, as a stream; they may go at the same time.

        ``repeatable`` says that adding them twice does no harm: there is no blank node. ``bulk``
        lets the product load in its own way for large data, where it has one and happens at once.
        """
        if not self.product.loader:
            yield partial(self._post, pieces, repeatable, bulk)
            return
        for part in virtuoso.parts_of(pieces):
            yield partial(self._load, part, repeatable)

    def _post(self, pieces: Pieces, repeatable: bool, bulk: bool) -> None:
        address = self.at.quads
        if bulk and self.product.bulk:
            address += ("&" if "?" in address else "?") + self.product.bulk
        request = urllib.request.Request(address, data=cast("bytes", pieces), method="POST")
        request.add_header("Content-Type", self.product.quads_type)
        self.transport.send(request, repeatable=repeatable)

    def _load(self, quads: bytes, repeatable: bool) -> None:
        if not hasattr(self._known, "at_loader"):
            self.transport.send(virtuoso.loading(self.at.quads, b"\n"), repeatable=True)
            self._known.at_loader = True  # the server has asked this thread for the password
        self.transport.send(virtuoso.loading(self.at.quads, quads), repeatable=repeatable)

    def read_dump(self, read: Callable[[Iterable[Lines]], _Read]) -> _Read:
        """Return what ``read`` makes of the dataset, piece by piece.

        Only where `can_dump`. ``read`` is called again if the answer breaks off.
        """
        if self.product.rows_written:
            names = self._written(virtuoso.NAMES, virtuoso.names_of_rows)
            return self._written(
                virtuoso.ALL_ROWS, lambda pieces: read(virtuoso.graphs_of_rows(pieces, names))
            )
        request = urllib.request.Request(self.at.quads)
        request.add_header("Accept", self.product.quads_type)
        return self.transport.receive(request, lambda body: read(map(lines_by_graph, body.lines())))

    def read_numbered(
        self,
        graphs: Sequence[str],
        properties: numbered.Properties,
        read: Callable[[Iterable[Lines]], _Read],
    ) -> _Read:
        """Return what ``read`` makes of these graphs; see `read_dump`, and `numbered`."""
        text = numbered.query_of(graphs, properties)
        request = self._wrapper(text, "json", union=False)._createRequest()
        request.add_header("Accept", numbered.MEDIA_TYPE)
        return self.transport.receive(
            request, lambda body: read(numbered.graphs_of_rows(body.lines(), graphs, properties))
        )

    def read_lines(self, name: str, read: Callable[[Iterable[list[bytes]]], _Read]) -> _Read:
        """Return what ``read`` makes of the lines of one graph; see `read_dump`.

        They are without full stops. Only where `Product.rows_written`.
        """
        text = virtuoso.rows_of_graph(name)
        return self._written(text, lambda pieces: read(virtuoso.lines_of_rows(pieces)))

    def _written(self, text: str, read: Callable[[Iterable[bytes]], _Read]) -> _Read:
        """Return what ``read`` makes of what a query writes, or of nothing where it is refused."""
        request = self._wrapper(text, "json", union=False)._createRequest()
        request.add_header("Accept", "text/turtle")  # whose answer proper comes last
        try:
            return self.transport.receive(request, lambda body: read(body.lines()))
        except RejectedError as error:
            if error.status != 400:
                raise
            return read(())

    def read_rows(self, text: str, read: Callable[[ox.QuerySolutions], _Read]) -> _Read:
        """Return what ``read`` makes of the answer to a SELECT, however large; see `read_dump`."""
        form = self.product.rows
        request = self._wrapper(text, form, union=False)._createRequest()

        def parsed(body: Body) -> _Read:
            is_plain = self.product.name != "virtuoso"
            text = body.as_file if is_plain else BytesIO(plain(body.read()))
            found = ox.parse_query_results(text, format=_FORMS[form])
            return read(cast("ox.QuerySolutions", found))

        try:
            return self.transport.receive(request, parsed)
        except (SyntaxError, ValueError) as error:
            raise garbled(self.at.query) from error

    @property
    def can_dump(self) -> bool:
        """Tell whether the product gives the whole dataset at one address."""
        return self.product.dumps and bool(self.at.quads)

    def graphs(self) -> list[str]:
        """Return the names of all graphs; asked once."""
        if self._graphs is None:
            # DISTINCT would do but for Virtuoso, which never ends then.
            rows = self.select("SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
            names = (row[0] for row in rows)
            self._graphs = sorted(name.value for name in names if isinstance(name, ox.NamedNode))
        return self._graphs

    @property
    def _method(self) -> str:
        return "urlencoded" if self.product.forms else "postdirectly"

    def _graph_address(self, name: str) -> str:
        mark = "&" if "?" in self.at.graphs else "?"
        return f"{self.at.graphs}{mark}graph={quote(name, safe='')}"

    def _wrapper(self, text: str, form: str, union: bool) -> Any:
        if union and not names_dataset(text):
            text = over_all(text, self.union, self.product.union_word, self.graphs)
        wrapper = _prepared(self.at.query, self.at.update, text, query_form(text) or "SELECT")
        wrapper.setReturnFormat(form)
        wrapper.setRequestMethod(self._method)
        if union and self.union == PARAMETER:
            wrapper.addParameter(self.product.union_word, "true")
        return wrapper


def _prepared(query: str, update: str, text: str, kind: str) -> Any:
    """Return a SPARQLWrapper with its text set; its own cutting of long texts is left out."""
    from SPARQLWrapper import SPARQLWrapper

    wrapper = SPARQLWrapper(query, updateEndpoint=update)
    wrapper.setOnlyConneg(True)
    wrapper.setMethod("POST")
    wrapper.queryString = text
    wrapper.queryType = kind
    return wrapper
