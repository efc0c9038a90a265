"""The page to ask in SPARQL: an editor, the answer in four views, examples."""

from __future__ import annotations

import json

from eurohpc_kg.documents import documents, numbers
from eurohpc_kg.records import dataclass
from eurohpc_kg.results import Results
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.faults import Fault
from eurohpc_kg.web.pages.marks import Marks
from eurohpc_kg.web.pages.page import Page
from eurohpc_kg.web.pages.spots import marks_of_answer
from eurohpc_kg.web.pages.table import table_of
from eurohpc_kg.web.plots import plot_of

VIEWS = ("table", "plot", "map", "raw")
_WITHOUT = {
    "plot": "This answer has no plot: that takes at least three rows, a column of names or dates "
    "that are all different, and a column of numbers.",
    "map": "This answer has no map: that takes a column with at least two things that have a place "
    "in Europe.",
}
_ROWS = (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML"))
_TRIPLES = (("ttl", "Turtle"), ("nt", "N-Triples"), ("rdf", "RDF/XML"), ("jsonld", "JSON-LD"))
_LONGEST_RAW = 300_000  # characters
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


@dataclass(frozen=True)
class Shown:
    """Hold an answer and how to show it: ``sent`` is what the engine sent."""

    results: Results
    sent: bytes
    is_cut: bool = False
    view: str = "table"


def sparql_page(
    build: Build, query: str = "", shown: Shown | None = None, problem: Fault | None = None
) -> Page:
    """Return the page, with the answer to a query where one was asked."""
    data = {
        "query": query,
        "first": _FIRST,
        "problem": problem,
        "questions": list(build.questions.values()),
        "prefixes": list(build.prefixes),
        "views": VIEWS,
        "answered": None if shown is None else _answered(build, shown),
    }
    status = 200 if problem is None else problem.status
    return Page("sparql", "Ask in SPARQL", "sparql", data, status=status)


def _answered(build: Build, shown: Shown) -> dict[str, object]:
    """Return the view that is asked for, and the table that stands beside each picture."""
    view = shown.view if shown.view in VIEWS else "table"
    cited = documents(shown.results)
    plot = plot_of(build, shown.results) if view == "plot" else None
    spots = marks_of_answer(build, shown.results) if view == "map" else []
    return {
        "view": view,
        "plot": plot,
        "spots": spots,
        "raw": _raw(shown.sent) if view == "raw" else "",
        "without": "" if plot or spots else _WITHOUT.get(view, ""),
        "table": table_of(build, shown.results, has_names=True) if view != "raw" else None,
        "downloads": _TRIPLES if shown.results.form == "CONSTRUCT" else _ROWS,
        "rows": len(shown.results.rows),
        "cited": cited,
        "marks": Marks(numbers(cited)),
        "is_cut": shown.is_cut,
    }


def _raw(sent: bytes) -> str:
    """Return what was sent, as text to read."""
    text = sent.decode()
    if len(text) <= _LONGEST_RAW and text.startswith("{"):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    return text if len(text) <= _LONGEST_RAW else text[:_LONGEST_RAW] + "\n…"
