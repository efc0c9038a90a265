"""Citations: the smallest set of documents behind each row of an answer, whatever the query.

`answers` is what a caller meets; see ``docs/citations.md`` for the meaning and
``docs/decisions`` for the reasons. Nothing but `eurohpc_kg.documents` is imported until a citation
is asked for.
"""

from __future__ import annotations

from eurohpc_kg.documents import (
    Document,
    documents,
    documents_of,
    footnotes,
    markdown_footnotes,
    numbers,
)

__all__ = [
    "Document",
    "documents",
    "documents_of",
    "footnotes",
    "markdown_footnotes",
    "numbers",
]
