"""The address of a statement: the same three terms have the same one, whoever writes it down.

The address is ``…/statement/`` and the first 32 hexadecimal digits of the SHA-256 of the statement
as canonical N-Triples, ``<subject> <predicate> <object>``, without the full stop. Numbers count as
they are written: ``12.50`` and ``12.5`` make two statements, as everywhere in RDF. What one graph
says has an address below it, ending as the graph's name does. A statement with a blank node has no
address that lasts.
"""

from __future__ import annotations

import hashlib
import re

from eurohpc_kg.names import GRAPH, NAMESPACE, SOURCE

STATEMENT = NAMESPACE + "statement/"

_DIGITS = 32
_ADDRESS = re.compile(re.escape(STATEMENT) + r"([0-9a-f]{32})(?:/(.+))?")


def address_of(subject: str, predicate: str, object_: str) -> str:
    """Return the address of a statement, from its terms as canonical N-Triples.

    >>> address_of("<urn:a>", "<urn:b>", "<urn:c>")
    'https://w3id.org/eurohpc-kg/statement/d4c7284800b4ff7acdf076b7692341ed'
    """
    text = f"{subject} {predicate} {object_}"
    return STATEMENT + hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def claim_of(address: str, graph: str) -> str:
    """Return the address of a statement as one graph makes it.

    >>> claim_of(STATEMENT + "0" * 32, GRAPH + "register").rpartition("/")[2]
    'register'
    """
    return f"{address}/{graph.removeprefix(SOURCE).removeprefix(GRAPH)}"


def parts_of(address: str) -> tuple[str, str] | None:
    """Return the address of the statement and the name of the graph, which is empty for any.

    Returns ``None`` for what is no address of a statement.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    end = match[2] or ""
    graph = end and (SOURCE + end if "/" in end else GRAPH + end)
    return STATEMENT + match[1], graph
