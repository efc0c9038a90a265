"""What may differ from product to product, and where each one reads and writes.

All speak SPARQL 1.1. `products` is the table; `addresses` makes the addresses of one dataset out of
the one that a person gives.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from eurohpc_kg.records import dataclass

# How a query sees the union of all graphs as its default graph.
ALWAYS, PARAMETER, CLAUSE, WITHIN, LISTED = "always", "parameter", "clause", "within", "listed"


@dataclass(frozen=True)
class Product:
    """Describe one product: what it is called, and what it does otherwise than the others."""

    name: str
    title: str

    # The ends of its addresses, below that of the dataset.
    query: str
    update: str
    graphs: str
    quads: str | None = None
    """The end of the address that takes N-Quads of many graphs; ``None`` where there is none."""
    ends: tuple[str, ...] = ()
    """The ends that a person may have given too much."""

    # Queries.
    union: str = LISTED
    """How a query gets the union of all graphs."""
    union_word: str = ""
    """With which word it does."""
    forms: bool = False
    """Queries and updates go as fields of a form; Jetty, under others, limits it to 200 kB."""

    # Updates.
    atomic: bool = False
    """One update request happens at once for every reader."""
    warning: str = ""
    """What a reader may see where it does not."""
    step: int = 25
    """The graphs that one update names, at most, where it does not happen at once."""
    unasked: bool = True
    """A password may be sent before it is asked for."""
    decimals: bool = True
    """A decimal may be sent as it is written.

    TDB2 can't delete a ``12.50`` or a ``13`` any more, only a ``12.5`` or a ``13.0``.
    """

    # Much data, sent.
    sends: str = "updates"
    """What is taken best: ``quads``, ``graphs`` (one a request) or ``updates`` (INSERT DATA)."""
    quads_type: str = "application/n-quads"
    statements: int = 5_000
    """The statements of one INSERT DATA, at most."""
    bulk: str = ""
    """What the address of ``quads`` says besides for a large load.

    Oxigraph's bulk loader happens at once as well since 0.5, and does not ask of each IRI whether
    it is one: all that is sent is read back.
    """
    loader: bool = False
    """Users with all rights may have ``quads`` loaded in a way of its own; see `virtuoso`."""
    small: int = 0
    """Graphs of fewer triples go together in updates: a request costs Virtuoso 4 ms."""
    at_once: int = 1
    """How many requests for single graphs go at the same time."""

    # Much data, read back.
    dumps: bool = False
    """The address of ``quads`` gives all there is."""
    numbered: int = 0
    """In how many requests at the same time graphs are read back with numbers; see `numbered`."""
    rows: str = "json"
    """The form in which a large answer is asked for; Virtuoso writes XML five times as quickly."""
    most_rows: int = 0
    """How many rows it may have, by the configuration that comes with the product; 0 for any."""
    alone: int = 0
    """From how many triples on a graph is read by a request of its own, by its lines."""
    rows_written: bool = False
    """A query can write what it finds itself, which is quicker; see `virtuoso`."""

    # How it is recognised, and what to write for it.
    server: str = ""
    """A part of what it calls itself, in small letters."""
    hint: str = ""
    """A pattern of its usual addresses."""
    how: str = ""
    """An address such as a person gives."""


@dataclass(frozen=True)
class Addresses:
    """Hold where one dataset is queried, updated, and read and written graph by graph."""

    query: str
    update: str
    graphs: str
    quads: str = ""


def addresses(product: Product, given: str, update: str = "", graphs: str = "") -> Addresses:
    """Return the addresses of a dataset; ``update`` and ``graphs`` overrule the product's.

    >>> one = Product("one", "One", "/sparql", "/update", "/data", ends=("/sparql",))
    >>> addresses(one, "http://127.0.0.1:3030/ds/sparql").update
    'http://127.0.0.1:3030/ds/update'
    """
    parts = urlsplit(given)
    path = parts.path.rstrip("/")
    for end in sorted(product.ends, key=len, reverse=True):
        if path.endswith(end.rstrip("/")):
            path = path[: -len(end.rstrip("/"))]
            break

    def at(end: str) -> str:
        return urlunsplit(parts._replace(path=path + end or "/", fragment=""))

    return Addresses(
        query=at(product.query),
        update=update or at(product.update),
        graphs=graphs or at(product.graphs),
        quads="" if product.quads is None else at(product.quads),
    )
