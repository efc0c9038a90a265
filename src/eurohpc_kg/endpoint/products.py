"""The products: at which addresses each one reads and writes, and what it can do at once.

All speak SPARQL 1.1; this table holds what differs, and nothing else does. `addresses` makes the
addresses of one dataset out of the one that a person gives.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from eurohpc_kg.errors import UsageError
from eurohpc_kg.records import dataclass

# How a query sees the union of all graphs as its default graph.
ALWAYS, PARAMETER, CLAUSE, WITHIN, LISTED = "always", "parameter", "clause", "within", "listed"


@dataclass(frozen=True)
class Product:
    """Describe one product.

    ``query``, ``update``, ``graphs`` and ``quads`` are the ends of its addresses below that of the
    dataset (``quads`` takes N-Quads of many graphs; ``None`` where there is no such address).
    ``ends`` are the ends a person may have given too much. ``union`` says how a query gets the
    union of all graphs, ``union_word`` with which word. ``atomic`` tells whether one update request
    happens at once for every reader; where not, ``warning`` says what a reader may see.
    ``sends`` says how
    much data is taken best: ``quads``, ``graphs`` (one a request) or ``updates`` (``INSERT DATA``,
    of at most ``statements`` in one request). ``dumps`` says that ``quads`` gives all there is;
    ``bulk`` is what that address says besides for a large load (Oxigraph's bulk loader, which since
    0.5 happens at once as well, and does not ask of each IRI whether it is one: all that is sent is
    read back);
    ``unasked``, that a password may be sent before it is asked for; ``forms``, that queries and
    updates are sent as fields of a form (Jetty, under others, limits a form to 200 kB); ``step``
    bounds the graphs that one update names where it does not happen at once; ``rows``, the form in
    which a large answer is asked for (Virtuoso writes XML five times as quickly as JSON), and
    ``most_rows`` how many rows it may have, by the configuration that comes with the product;
    ``small``, below how many triples graphs go together in updates, since a request costs more
    (Virtuoso needs 4 ms for one); ``alone``, from how many triples on a graph is read by a request
    of its own, by its lines; ``turtle``, that a table is asked for as Turtle where it is large, and
    ``loader``, that users with all rights may have ``quads`` loaded in a way of its own, better
    than ``sends`` (both as `virtuoso` says);
    ``at_once``, how many requests for single graphs go at the same time; ``decimals``, that a
    decimal may be sent as it is written (TDB2 can't delete a ``12.50`` or a ``13`` any more, only a
    ``12.5`` or a ``13.0``).
    """

    name: str
    title: str
    query: str
    update: str
    graphs: str
    quads: str | None = None
    quads_type: str = "application/n-quads"
    sends: str = "updates"
    dumps: bool = False
    bulk: str = ""
    ends: tuple[str, ...] = ()
    union: str = LISTED
    union_word: str = ""
    atomic: bool = False
    warning: str = ""
    statements: int = 5_000
    unasked: bool = True
    forms: bool = False
    step: int = 25
    rows: str = "json"
    small: int = 0
    most_rows: int = 0
    alone: int = 0
    turtle: bool = False
    loader: bool = False
    at_once: int = 1
    decimals: bool = True
    server: str = ""
    hint: str = ""
    how: str = ""


_NOT_AT_ONCE = (
    "A reader may see some graphs changed and others not yet, for as long as the swap takes. "
    "What was there is kept beside until the new is verified, so it can be put back."
)

PRODUCTS: dict[str, Product] = {
    product.name: product
    for product in (
        Product(
            "oxigraph",
            "Oxigraph server",
            "/query",
            "/update",
            "/store",
            "/store",
            sends="quads",
            dumps=True,
            bulk="no_transaction&lenient",
            ends=("/query", "/update", "/store"),
            union=PARAMETER,
            union_word="union-default-graph",
            atomic=True,
            server="oxigraph",
            hint=r":7878(/|$)",
            how="http://HOST:7878",
        ),
        Product(
            "fuseki",
            "Apache Jena Fuseki (TDB2)",
            "/query",
            "/update",
            "/data",
            "",
            sends="quads",
            dumps=True,
            ends=("/query", "/sparql", "/update", "/data"),
            union=WITHIN,
            union_word="urn:x-arq:UnionGraph",
            decimals=False,
            atomic=True,
            server="fuseki",
            how="http://HOST:3030/DATASET",
        ),
        Product(
            "virtuoso",
            "Virtuoso",
            "/sparql",
            "/sparql-auth",
            "/sparql-graph-crud-auth",
            "/sparql-auth",
            sends="graphs",
            dumps=True,
            ends=("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
            union=ALWAYS,
            warning=_NOT_AT_ONCE,
            statements=500,
            unasked=False,
            forms=True,
            step=3,
            rows="xml",
            small=60,
            most_rows=10_000,
            alone=40,
            turtle=True,
            loader=True,
            at_once=2,
            server="virtuoso",
            how="http://HOST:8890",
        ),
        Product(
            "graphdb",
            "Ontotext GraphDB",
            "",
            "/statements",
            "/rdf-graphs/service",
            "/statements",
            sends="quads",
            dumps=True,
            ends=("/statements", "/rdf-graphs/service"),
            union=ALWAYS,
            atomic=True,
            server="graphdb",
            hint=r":7200/repositories/",
            how="http://HOST:7200/repositories/REPOSITORY",
        ),
        Product(
            "rdf4j",
            "Eclipse RDF4J server",
            "",
            "/statements",
            "/rdf-graphs/service",
            "/statements",
            sends="quads",
            dumps=True,
            ends=("/statements", "/rdf-graphs/service"),
            union=ALWAYS,
            atomic=True,
            hint=r"/repositories/[^/]+",
            how="http://HOST:8080/rdf4j-server/repositories/REPOSITORY",
        ),
        Product(
            "qlever",
            "QLever",
            "",
            "",
            "",
            forms=True,
            union=ALWAYS,
            warning=_NOT_AT_ONCE,
            server="qlever",
            hint=r":70(01|19)(/|$)",
            how="http://HOST:7001 (its access token in EUROHPC_KG_TOKEN)",
        ),
        Product(
            "neptune",
            "Amazon Neptune",
            "/sparql",
            "/sparql",
            "/sparql/gsp/",
            sends="graphs",
            ends=("/sparql", "/sparql/gsp", "/sparql/gsp/"),
            union=ALWAYS,
            atomic=True,
            hint=r"\.neptune\.amazonaws\.com",
            how="https://CLUSTER.REGION.neptune.amazonaws.com:8182",
        ),
        Product(
            "stardog",
            "Stardog",
            "/query",
            "/update",
            "",
            sends="graphs",
            ends=("/query", "/update"),
            union=CLAUSE,
            union_word="tag:stardog:api:context:all",
            atomic=True,
            server="stardog",
            hint=r":5820/",
            how="http://HOST:5820/DATABASE",
        ),
        Product(
            "blazegraph",
            "Blazegraph",
            "/sparql",
            "/sparql",
            "/sparql",
            "/sparql",
            quads_type="text/x-nquads",
            sends="quads",
            ends=("/sparql",),
            union=ALWAYS,
            atomic=True,
            hint=r"/(blazegraph|bigdata)/",
            how="http://HOST:9999/blazegraph/namespace/kb",
        ),
        Product(
            "generic",
            "any SPARQL 1.1 endpoint",
            "",
            "",
            "",
            forms=True,
            warning=_NOT_AT_ONCE,
            statements=1_000,
            how="the address that answers queries (and updates, unless --update says another)",
        ),
    )
}


@dataclass(frozen=True)
class Addresses:
    """Hold where one dataset is queried, updated, and read and written graph by graph."""

    query: str
    update: str
    graphs: str
    quads: str = ""


def addresses(product: Product, given: str, update: str = "", graphs: str = "") -> Addresses:
    """Return the addresses of a dataset; ``update`` and ``graphs`` overrule the product's.

    >>> addresses(PRODUCTS["fuseki"], "http://127.0.0.1:3030/ds/sparql").update
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


def product_named(name: str) -> Product:
    """Return the product of this name; raise `UsageError` with those there are."""
    if name not in PRODUCTS:
        raise UsageError(
            f"there is no store {name!r}", remedy="Write one of " + ", ".join(PRODUCTS) + "."
        )
    return PRODUCTS[name]
