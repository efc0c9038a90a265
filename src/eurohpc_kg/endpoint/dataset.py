"""The dataset of a query, written into the query: ``FROM`` and ``FROM NAMED`` where they belong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eurohpc_kg.sparql import query_form

_WHERE = re.compile(r"(?:\bWHERE\s*)?\{", re.IGNORECASE)


def with_clause(text: str, default: str | Sequence[str], named: Sequence[str]) -> str:
    """Write the dataset into a query: its default graph, and the graphs it may name."""
    defaults = (default,) if isinstance(default, str) else default
    clause = "".join(f"FROM <{iri}>\n" for iri in defaults)
    if re.search(r"\bGRAPH\b", text, re.IGNORECASE):
        clause += "".join(f"FROM NAMED <{iri}>\n" for iri in named)
    head, body = _cut_before_where(text)
    return f"{head}\n{clause}{body}"


def _cut_before_where(text: str) -> tuple[str, str]:
    """Cut a query where its dataset clause stands: before WHERE, or the brace that opens it."""
    form = query_form(text)
    start = re.search(rf"^\s*{form}\b", text, re.IGNORECASE | re.MULTILINE)
    at = start.end() if start else 0
    if form == "CONSTRUCT":
        template = text.find("{", at)
        where = re.search(r"\bWHERE\b", text[at:], re.IGNORECASE)
        if where and not text[at : at + where.start()].strip():
            at += where.start()  # the short form, CONSTRUCT WHERE
        else:
            at = text.find("}", template) + 1
    match = _WHERE.search(text, at)
    cut = match.start() if match else len(text)
    return text[:cut], text[cut:]
