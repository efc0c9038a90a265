"""Connecting to a dataset: who answers there, and how its queries see the union of all graphs."""

from __future__ import annotations

from math import inf

from eurohpc_kg.endpoint.client import Endpoint
from eurohpc_kg.endpoint.credentials import credentials_for
from eurohpc_kg.endpoint.detecting import detect
from eurohpc_kg.endpoint.product import ALWAYS, CLAUSE, LISTED, WITHIN
from eurohpc_kg.endpoint.products import product_named
from eurohpc_kg.endpoint.transport import TIMEOUT, Transport
from eurohpc_kg.errors import UsageError

AUTOMATIC = "auto"


def connect(
    address: str,
    *,
    store: str = AUTOMATIC,
    user: str = "",
    timeout: float = TIMEOUT,
    update: str = "",
    graphs: str = "",
) -> Endpoint:
    """Return the endpoint at an address, after one small question.

    Finds out which product answers unless ``store`` names it, and whether its default graph is
    already the union of all graphs. Raises `EndpointError` where nothing answers.
    """
    clean, credentials = credentials_for(address, user)
    if not 0 < timeout < inf:
        raise UsageError("the time limit is not above 0", remedy="Write seconds, such as 60.")
    transport = Transport(credentials, timeout=timeout)
    product = detect(transport, clean) if store == AUTOMATIC else product_named(store)
    made = Endpoint(clean, product, transport, update=update, graphs=graphs)
    if made.union in (CLAUSE, WITHIN, LISTED) and _is_union(made):
        made.union = ALWAYS
    return made


def _is_union(endpoint: Endpoint) -> bool:
    """Tell whether a triple of a named graph is in the default graph too."""
    rows = endpoint.select(
        "SELECT ?s ?p { GRAPH ?g { ?s ?p ?o } FILTER(ISIRI(?s) && STRSTARTS(STR(?g), 'http')) }"
        " LIMIT 1"
    )
    for subject, predicate in rows:
        return endpoint.ask(f"ASK {{ {subject} {predicate} ?o }}")
    return False
