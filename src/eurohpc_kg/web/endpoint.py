"""The SPARQL 1.1 Protocol, for reading: what a request asks, and the request to a worker for it.

GET and both forms of POST; the dataset may be named by the request or the query, else it is the
union of all graphs. Updates, ``LOAD`` and ``SERVICE`` to any address that is not allowed are
refused before an engine sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from eurohpc_kg.amounts import agreeing
from eurohpc_kg.names import NAMESPACE, Prefixes
from eurohpc_kg.records import dataclass
from eurohpc_kg.sparql import LARGEST_QUERY, names_dataset, query_form, require_read_only
from eurohpc_kg.web.faults import Fault, Refused
from eurohpc_kg.web.negotiate import choose
from eurohpc_kg.web.workers import Bounds, WorkerError

LARGEST_BODY = 4 * LARGEST_QUERY
_MOST_GRAPHS = 2_000
_ACCEPT = 2_000  # characters of the header that are read
_QUERY_TYPE = "application/sparql-query"
_UPDATE_TYPE = "application/sparql-update"
_FORM_TYPE = "application/x-www-form-urlencoded"

# Format -> its media types, the one that is sent first; and whether it needs a character set.
RESULTS = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
TRIPLES = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "rdf": ("application/rdf+xml", "application/xml", "text/xml"),
    "jsonld": ("application/ld+json", "application/json"),
    "nq": ("application/n-quads",),
    "trig": ("application/trig",),
}
# What clients call the formats where they name one in the request.
_NAMES = {"srj": "json", "srx": "xml", "turtle": "ttl", "ntriples": "nt", "json-ld": "jsonld"}


@dataclass(frozen=True)
class Asked:
    """Hold what a request asks: the query, its graphs, and the form of the answer asked for.

    ``view`` is how a page should show the answer; no other client names one.
    """

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    form: str = ""
    view: str = ""


class Plan(NamedTuple):
    """Hold what a worker is asked, and the content type of what it will send."""

    request: dict[str, Any]
    content_type: str


def read_get(query_string: str) -> Asked | None:
    """Return what a GET asks, or ``None`` where it asks nothing and wants the description."""
    values = _values(query_string)
    return _asked(values) if values.get("query") or values.get("update") else None


def read_post(content_type: str, query_string: str, body: bytes) -> Asked:
    """Return what a POST asks, by a form or directly."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Refused(Fault(400, "The request is not UTF-8.", "Send it as UTF-8.")) from error
    if kind == _FORM_TYPE:
        return _asked(_values(text))
    if kind == _QUERY_TYPE:
        return _asked({**_values(query_string), "query": [text]})
    if kind == _UPDATE_TYPE:
        return _asked({"update": [text]})
    raise Refused(
        Fault(415, f"A query can't be read from {kind or 'nothing'}.", f"Send {_QUERY_TYPE}.")
    )


def plan(asked: Asked, accept: str, prefixes: Prefixes, services: Collection[str] = ()) -> Plan:
    """Return what to ask a worker; raise `Refused` or an error of ours for what can't be asked."""
    require_read_only(asked.query, "query", services)
    is_graph = query_form(asked.query) in ("CONSTRUCT", "DESCRIBE")
    kinds = TRIPLES if is_graph else RESULTS
    form = _NAMES.get(asked.form, asked.form) if asked.form else _form(is_graph, accept[:_ACCEPT])
    if form not in kinds:
        offered = ", ".join(types[0] for types in kinds.values())
        raise Refused(Fault(406, "The answer has no such form.", f"Ask for one of {offered}."))
    request = {
        "query": asked.query,
        "base": NAMESPACE,
        # All where the answer is written with them; else those that can be meant.
        "prefixes": {n: iri for n, iri in prefixes if is_graph or f"{n}:" in asked.query},
        "default": asked.default,
        "named": asked.named,
        "dataset": names_dataset(asked.query),
        "form": form,
    }
    media_type = kinds[form][0]
    return Plan(request, media_type if "json" in form else f"{media_type}; charset=utf-8")


def fault_of_worker(fault: WorkerError, bounds: Bounds) -> Fault:
    """Return what to tell where a worker has no answer."""
    narrower = "Ask for less: name things, add a LIMIT, leave out cross products and long paths."
    if fault.fault == "syntax":
        return Fault(400, f"This is not SPARQL: {fault.message}", "Correct the query.", "query")
    if fault.fault == "time":
        seconds = f"{bounds.seconds:g} {agreeing(bounds.seconds, 'second')}"
        return Fault(503, f"The query took longer than {seconds}.", narrower)
    if fault.fault == "memory":
        return Fault(503, "The query took more memory than one may take.", narrower)
    if fault.fault == "large":
        megabytes = bounds.bytes // 1_000_000
        return Fault(400, f"The answer is larger than {megabytes} MB.", narrower)
    if fault.fault == "busy":
        return Fault(503, "Too many queries are waiting.", "Ask again in a few seconds.")
    return Fault(400, f"The query failed: {fault.message}", "Correct the query.", "query")


def _values(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, max_num_fields=_MOST_GRAPHS, errors="strict")
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(
            Fault(400, "The parameters can't be read.", "Write them percent-encoded, as UTF-8.")
        ) from error


def _asked(values: Mapping[str, Sequence[str]]) -> Asked:
    if values.get("update"):
        raise Refused(
            Fault(403, "The graph can only be read here.", "Send a query, as the parameter query.")
        )
    queries = values.get("query", [])
    if len(queries) != 1:
        problem = "There is no query." if not queries else "There are several queries."
        raise Refused(Fault(400, problem, "Send one, as the parameter query."))
    graphs = {name: tuple(values.get(f"{name}-graph-uri", ())) for name in ("default", "named")}
    for iri in (*graphs["default"], *graphs["named"]):
        if ":" not in iri or any(c in iri for c in ' <>"{}|^`\\') or not iri.isprintable():
            raise Refused(Fault(400, f"{iri[:200]!r} is not an IRI.", "Write an absolute IRI."))
    form = next((values[name][-1] for name in ("format", "output") if values.get(name)), "")
    view = values.get("view", [""])[-1]
    form = form if "/" not in form else ""
    return Asked(queries[0], graphs["default"], graphs["named"], form, view)


@lru_cache(maxsize=256)
def _form(is_graph: bool, accept: str) -> str:
    kinds = TRIPLES if is_graph else RESULTS
    offered = [name for types in kinds.values() for name in types[:1]]
    offered += [name for types in kinds.values() for name in types[1:]]
    chosen = choose(accept, offered)
    return next((form for form, types in kinds.items() if chosen in types), "")
