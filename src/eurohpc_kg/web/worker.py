"""One process that answers SPARQL queries over a store, one at a time; `workers` starts it.

It reads a request (a length, then its values) from stdin and writes an answer (two lengths, what is
to be said of it, the body) to stdout, until stdin ends; an empty answer says first that it is
ready. Who waits for it ends it when the time is over; should that one be gone, an alarm does.
Little else is imported than the engine, so that another one is there at once; when it has answered
for the first time, it takes the store into memory, unless it is told to leave it on disk: then most
queries take a third of the time. There are two stores: the union of the graphs, and their merge for
queries that count, which is held only where such a query was asked.
"""

from __future__ import annotations

import itertools
import marshal  # both ends are of one Python
import os
import signal
import struct
import sys

import pyoxigraph as ox

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.sparql import counts_solutions
from eurohpc_kg.web.limits import RowSink, TooMuchError

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from typing import Any, BinaryIO

RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}
_SIZE = struct.Struct(">I")
_SIZES = struct.Struct(">II")
_GRACE = 5  # seconds
_NICE = 10  # below the process that serves pages
_REST = 1.0  # seconds between the first answer and taking the store into memory
FROM_DISK = "--from-disk"


def main(folder: str, *options: str) -> int:
    os.nice(_NICE)
    held = _Held(folder)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    send_answer(sink, {}, b"")  # ready: the time of a query begins now
    while (request := read_request(source)) is not None:
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE)
        head, body = _answer(held, request)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send_answer(sink, head, body)
        if FROM_DISK not in options:
            held.take_soon()
    return 0


def send_answer(sink: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    """Write an answer: two lengths, what is to be said of it, and itself."""
    said = marshal.dumps(head)
    sink.write(_SIZES.pack(len(said), len(body)) + said)
    sink.write(body)
    sink.flush()


class _Held:
    """Hold the stores that were asked: as they lie on disk, later in memory.

    Each is under whether it is the merge. The union takes half the memory of the merge, and most
    queries find theirs in it in two thirds of the time.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._stores: dict[bool, ox.Store] = {}
        self._taken: set[bool] = set()

    def take_soon(self) -> None:
        """Take what was asked into memory, in a while and once."""
        for is_merged in {*self._stores} - self._taken:
            import threading

            self._taken.add(is_merged)
            timer = threading.Timer(_REST, self.take, (is_merged,))
            timer.daemon = True
            timer.start()

    def take(self, is_merged: bool) -> None:
        from pathlib import Path

        from eurohpc_kg.store.canonical import load_in_memory
        from eurohpc_kg.store.merged import merged_in_memory

        load = merged_in_memory if is_merged else load_in_memory
        try:
            self._stores[is_merged] = load(Path(self._folder))
        except (OSError, ValueError, EurohpcKgError):  # it may be swept away
            return

    def fit_for(self, request: dict[str, Any]) -> tuple[ox.Store, bool]:
        """Return the store that answers a request rightly, and whether it is the merge."""
        names_graphs = request["default"] or request["named"]
        is_merged = not names_graphs and counts_solutions(request["query"])
        store = self._stores.get(is_merged)
        if store is None:
            store = self._merged() if is_merged else ox.Store.read_only(self._folder)
            self._stores[is_merged] = store
        return store, is_merged

    def _merged(self) -> ox.Store:
        from eurohpc_kg.store.merged import open_merged

        return open_merged(self._folder, lambda _: None)


def read_request(source: BinaryIO) -> dict[str, Any] | None:
    """Return the next request, ``None`` where no more will come."""
    size = source.read(_SIZE.size)
    if len(size) < _SIZE.size:
        return None
    request: dict[str, Any] = marshal.loads(source.read(_SIZE.unpack(size)[0]))
    return request


def _answer(held: _Held, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what is to be said of the answer, and the answer."""
    try:
        found = _query(*held.fit_for(request), request)
        if isinstance(found, ox.QueryTriples):
            return _triples(found, request)
        if isinstance(found, ox.QueryBoolean):
            return {"cut": False}, found.serialize(format=RESULTS[request["form"]]) or b""
        return _rows(found, request)
    except SyntaxError as error:
        return {"fault": "syntax", "message": str(error.msg or error)}, b""
    except (OSError, ValueError, RuntimeError, EurohpcKgError) as error:
        return {"fault": "engine", "message": str(error)}, b""
    except MemoryError:
        return {"fault": "memory"}, b""


def _query(
    store: ox.Store, is_merged: bool, request: dict[str, Any]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    options: dict[str, Any] = {"prefixes": request["prefixes"], "base_iri": request["base"]}
    if request["default"] or request["named"]:
        options["default_graph"] = [ox.NamedNode(iri) for iri in request["default"]]
        options["named_graphs"] = [ox.NamedNode(iri) for iri in request["named"]]
    elif not request["dataset"] and not is_merged:
        options["use_default_graph_as_union"] = True
    return store.query(request["query"], **options)


def _rows(found: ox.QuerySolutions, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    form, rows = request["form"], request["rows"]
    sink = RowSink(form, rows, request["bytes"])
    try:
        found.serialize(sink, format=RESULTS[form])  # type: ignore[arg-type]
    except TooMuchError:
        if not sink.is_cut:
            return {"fault": "large"}, b""
    return {"cut": sink.is_cut}, sink.content


def _triples(found: ox.QueryTriples, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    rows = request["rows"]
    triples = list(itertools.islice(found, rows + 1))
    text = "\n".join(map(str, triples[:rows]))
    used = {name: iri for name, iri in request["prefixes"].items() if f"<{iri}" in text}
    body = ox.serialize(triples[:rows], format=TRIPLES[request["form"]], prefixes=used) or b""
    if len(body) > request["bytes"]:
        return {"fault": "large"}, b""
    return {"cut": len(triples) > rows}, body


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
