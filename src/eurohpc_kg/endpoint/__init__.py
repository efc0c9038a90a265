"""Talk to a SPARQL endpoint: find out what it is, ask it, and say what it holds.

`connect` gives an `Endpoint` (query, update, graphs), `RemoteStore` lets everything that asks the
embedded store ask an endpoint instead, `doctor` says what an endpoint holds and lacks. This room is
the home of SPARQLWrapper.
"""

from __future__ import annotations

from eurohpc_kg.endpoint.bodies import Pieces
from eurohpc_kg.endpoint.client import Endpoint
from eurohpc_kg.endpoint.connecting import AUTOMATIC, connect
from eurohpc_kg.endpoint.faults import RejectedError, UnansweredError
from eurohpc_kg.endpoint.product import Product
from eurohpc_kg.endpoint.products import PRODUCTS

__all__ = [
    "AUTOMATIC",
    "PRODUCTS",
    "Endpoint",
    "Pieces",
    "Product",
    "RejectedError",
    "UnansweredError",
    "connect",
]
