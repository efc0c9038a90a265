"""SPARQL as text: what may reach an engine, what a query asks for, and a query taken apart.

`files` reads a query; `safety` lets through what only reads, and writes values; `marks` tells what
a text needs no parser for. `reading` takes a query apart into `parts` and `paths`, for those who
ask how an answer came about: by `words` and a `cursor` among them, through `triples` and
`expressions`. It is imported where it is needed, and never on the way to an answer.
"""

from __future__ import annotations

from eurohpc_kg.sparql.marks import (
    counts_solutions,
    group_of,
    is_lasting,
    names_dataset,
    query_form,
)
from eurohpc_kg.sparql.safety import (
    LARGEST_QUERY,
    Term,
    require_read_only,
    syntax_error,
    term_text,
)

__all__ = [
    "LARGEST_QUERY",
    "Term",
    "counts_solutions",
    "group_of",
    "is_lasting",
    "names_dataset",
    "query_form",
    "require_read_only",
    "syntax_error",
    "term_text",
]
