"""The dataset of a query, written into the query: its default graph, and the graphs it may name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from eurohpc_kg.endpoint.product import CLAUSE, LISTED, WITHIN
from eurohpc_kg.sparql import group_of, query_form


def over_all(text: str, union: str, word: str, graphs: Callable[[], Sequence[str]]) -> str:
    """Write a query over all graphs as its default graph, in the way ``union`` of `products`."""
    if union == WITHIN:
        return within_graph(text, word)
    if union in (CLAUSE, LISTED):
        names = graphs()
        return with_clause(text, word if union == CLAUSE else names, names)
    return text


def with_clause(text: str, default: str | Sequence[str], named: Sequence[str]) -> str:
    """Write the dataset into a query as ``FROM`` and ``FROM NAMED``."""
    defaults = (default,) if isinstance(default, str) else default
    clause = "".join(f"FROM <{iri}>\n" for iri in defaults)
    if re.search(r"\bGRAPH\b", text, re.IGNORECASE):
        clause += "".join(f"FROM NAMED <{iri}>\n" for iri in named)
    where, _, _ = group_of(text)
    return f"{text[:where]}\n{clause}{text[where:]}"


def within_graph(text: str, name: str) -> str:
    """Write a query so that what it looks for stands in one graph; a graph it names is another.

    >>> within_graph("ASK { ?s ?p ?o }", "urn:x-arq:UnionGraph")
    'ASK { GRAPH <urn:x-arq:UnionGraph> { ?s ?p ?o } }'
    """
    where, start, end = group_of(text)
    if start == end:
        return text
    group = text[start:end]
    head = text[:where]
    if query_form(text) == "CONSTRUCT" and head.split()[-1].upper() == "CONSTRUCT":
        head += f"{group} "  # the short form: what is looked for is what is made
    return f"{head}{text[where:start]}{{ GRAPH <{name}> {group} }}{text[end:]}"
