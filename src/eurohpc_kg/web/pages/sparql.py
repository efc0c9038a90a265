"""The page to ask in SPARQL: an editor, examples, and the answer."""

from __future__ import annotations

from eurohpc_kg.results import Results
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.page import Page


def sparql_page(
    build: Build, query: str = "", results: Results | None = None, is_cut: bool = False
) -> Page:
    data = {
        "query": query,
        "results": results,
        "is_cut": is_cut,
        "questions": list(build.questions.values()),
    }
    return Page("sparql", "Ask in SPARQL", "sparql", data)
