"""Saved questions as data, in the form of the SIB's SPARQL examples, for ``graph/questions``.

SPARQL editors and assistants that read this form (``sh:SPARQLExecutable`` with ``sh:select``,
``schema:keywords`` and ``schema:target``) offer our questions without knowing us.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.errors import QuerySyntaxError
from eurohpc_kg.names import GRAPH, NAMESPACE, ONTOLOGY
from eurohpc_kg.namespaces import DCTERMS, RDF, RDFS, SCHEMA, SH
from eurohpc_kg.questions.saved import Question, all_questions
from eurohpc_kg.repository import Repository
from eurohpc_kg.sparql import Term, query_form

QUESTION = NAMESPACE + "question/"
ENDPOINT = NAMESPACE + "sparql"

_HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)
_TYPE = RDF + "type"
_DESCRIPTION = DCTERMS + "description"


def from_questions(repository: Repository) -> list[ox.Quad]:
    """Return the quads of ``graph/questions`` for every saved question."""
    return question_quads(all_questions(repository))


def question_quads(questions: Iterable[Question]) -> list[ox.Quad]:
    """Describe the questions in the form that the SIB's SPARQL examples have, for other tools.

    Raises `QuerySyntaxError` for one that has no such form.
    """
    graph = ox.NamedNode(GRAPH + "questions")
    quads: list[ox.Quad] = []
    for question in questions:
        form = require_executable(question).capitalize()
        node = ox.NamedNode(QUESTION + question.slug)
        pairs: list[tuple[str, Term]] = [
            (_TYPE, ox.NamedNode(SH + "SPARQLExecutable")),
            (_TYPE, ox.NamedNode(f"{SH}SPARQL{form}Executable")),
            (RDFS + "label", ox.Literal(question.slug.replace("-", " "), language="en")),
            (RDFS + "comment", ox.Literal(question.summary, language="en")),
            (_DESCRIPTION, ox.Literal(question.description, language="en")),
            (SH + form.lower(), ox.Literal(_HEADER.sub("", question.text).lstrip())),
            (SH + "prefixes", ox.NamedNode(ONTOLOGY)),
            (SCHEMA + "target", ox.NamedNode(ENDPOINT)),
            *((SCHEMA + "keywords", ox.Literal(tag)) for tag in question.tags),
        ]
        quads += [ox.Quad(node, ox.NamedNode(p), o, graph) for p, o in pairs]
    return quads


def require_executable(question: Question, place: str = "") -> str:
    """Return the form of a question; raise `QuerySyntaxError` for one that others can't be told.

    What a DESCRIBE gives is each engine's own choice, so it is no saved question.
    """
    form = query_form(question.text)
    if form not in ("SELECT", "ASK", "CONSTRUCT"):
        raise QuerySyntaxError(
            f"a saved question is no {form}" if form else "there is no word SELECT in the question",
            place=place or str(question.path),
            remedy="Write a SELECT, ASK or CONSTRUCT.",
        )
    return form
