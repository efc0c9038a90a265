"""Which product answers at an address: by what it says of itself, else by the address."""

from __future__ import annotations

import re
import urllib.request

from eurohpc_kg.endpoint.bodies import Answer
from eurohpc_kg.endpoint.faults import RejectedError
from eurohpc_kg.endpoint.product import Product
from eurohpc_kg.endpoint.products import PRODUCTS
from eurohpc_kg.endpoint.transport import Transport


def detect(transport: Transport, address: str) -> Product:
    """Return the product that answers at an address, or the generic one.

    Raises `EndpointError` where nothing answers.
    """
    server = _server_of(_knock(transport, address))
    for product in PRODUCTS.values():
        if product.server and product.server in server:
            return product
    for product in PRODUCTS.values():
        if product.hint and re.search(product.hint, address):
            return product
    return PRODUCTS["generic"]


def _knock(transport: Transport, address: str) -> Answer:
    """Ask the smallest question; an error is an answer too."""
    request = urllib.request.Request(f"{address}{'&' if '?' in address else '?'}query=ASK%7B%7D")
    request.add_header("Accept", "application/sparql-results+json")
    try:
        return transport.send(request, repeatable=True)
    except RejectedError as error:
        if error.status == 401:
            raise
        return Answer(error.status, error.headers, b"")


def _server_of(answer: Answer) -> str:
    """Return what a server calls itself, in small letters."""
    words = [answer.headers.get(name, "") for name in ("server", "x-powered-by", "via")]
    words += [
        name for name in ("fuseki-request-id", "sd-connection-string") if name in answer.headers
    ]
    words.append("stardog" if "stardog" in answer.headers.get("www-authenticate", "") else "")
    return " ".join(words).lower()
