"""A new saved question: a query that runs as it is, with its header."""

from __future__ import annotations

from eurohpc_kg.authoring.files import Begun, begin, require_slug
from eurohpc_kg.errors import UnknownNameError, UsageError
from eurohpc_kg.questions.saved import GROUPS
from eurohpc_kg.repository import Repository

_TEXT = """\
#+ summary: {summary}
#+ description: |
#+   {summary}
#+ tags:
#+   - {group}
#+ defaults:
#+   - thing: any
#+ parameters:
#+   - thing: one thing instead of all
#+ columns:
#+   - thing: the AI Factory
#+   - name: its English name
#+   - source: the document that names it

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT DISTINCT ?thing ?name ?source
WHERE {{
  VALUES ?thing {{ UNDEF }}
  GRAPH ?source {{ ?thing rdfs:label ?name }}
  FILTER(LANG(?name) = "en")
  FILTER EXISTS {{ ?thing a ehpc:AIFactory }}
}}
ORDER BY ?name ?source
"""


def new_question(repository: Repository, name: str, *, summary: str, group: str) -> Begun:
    """Begin ``queries/questions/<name>.rq``, with a query over AI Factories to write over.

    ``group`` is one of `questions.GROUPS`. Raises `UnknownNameError` for another.
    """
    require_slug(name)
    if not summary.strip() or "\n" in summary:
        raise UsageError("the question has no summary of one line", remedy="Ask it in a sentence.")
    if group not in GROUPS:
        raise UnknownNameError(
            f"there is no group {group!r}", remedy=f"The groups are {', '.join(GROUPS)}."
        )
    path = repository.questions / f"{name}.rq"
    return begin(
        repository,
        path,
        _TEXT.format(summary=summary.strip(), group=group),
        "Write the query, its parameters and its columns over the ones that stand there.",
        f"Try it: eurohpc-kg ask {name}",
        "Then: make golden docs; the diff is the review.",
    )
