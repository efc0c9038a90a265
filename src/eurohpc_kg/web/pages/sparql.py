"""The page to ask in SPARQL: an editor, the answer, examples."""

from __future__ import annotations

from eurohpc_kg.documents import documents, numbers
from eurohpc_kg.results import Results
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.faults import Fault
from eurohpc_kg.web.pages.marks import Marks
from eurohpc_kg.web.pages.page import Page
from eurohpc_kg.web.pages.table import table_of

_FIRST = """\
# Which AI Factories are there, and which document says which sectors they target?
SELECT DISTINCT ?factory ?sector ?source
WHERE {
  GRAPH ?source { ?factory ehpc:targetsSector ?sector }
  ?factory a ehpc:AIFactory .
}
ORDER BY ?factory ?sector
LIMIT 50
"""


def sparql_page(
    build: Build,
    query: str = "",
    results: Results | None = None,
    is_cut: bool = False,
    problem: Fault | None = None,
) -> Page:
    """Return the page, with the answer to a query where one was asked."""
    cited = documents(results) if results is not None else []
    data = {
        "query": query,
        "first": _FIRST,
        "table": None if results is None else table_of(build, results),
        "marks": Marks(numbers(cited)),
        "is_cut": is_cut,
        "problem": problem,
        "questions": list(build.questions.values()),
        "prefixes": list(build.prefixes),
    }
    status = 200 if problem is None else problem.status
    return Page("sparql", "Ask in SPARQL", "sparql", data, status=status)
