"""The saved questions: all of them by group, and one with its form, its answer and its query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from eurohpc_kg.api import answer_to
from eurohpc_kg.documents import documents, numbers
from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.names import EHPC, VOCABULARY, readable_slug
from eurohpc_kg.questions import GROUPS, Parameter, Question
from eurohpc_kg.records import dataclass
from eurohpc_kg.results import Results
from eurohpc_kg.sparql import Term
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering
from eurohpc_kg.web.negotiate import RDF_FORMS
from eurohpc_kg.web.pages.code import Snippet, snippets
from eurohpc_kg.web.pages.marks import Marks
from eurohpc_kg.web.pages.page import Page
from eurohpc_kg.web.pages.spots import marks_of_answer
from eurohpc_kg.web.pages.table import Table, table_of
from eurohpc_kg.web.plots import plot_of

_MOST_CHOICES = 400
_LONGEST = 300


@dataclass(frozen=True)
class Field:
    """Hold one field of a form: what is written in it, and what may be chosen."""

    name: str
    label: str
    value: str
    kind: str
    choices: Sequence[str]
    is_optional: bool


def questions_page(build: Build) -> Page:
    """Return the list of all questions, by group."""
    groups = [
        (group, heading, [one for one in build.questions.values() if one.group == group])
        for group, heading in GROUPS.items()
    ]
    data = {"groups": [group for group in groups if group[2]]}
    return Page("question", "Questions", "questions", data, forms=RDF_FORMS)


def question_page(build: Build, slug: str, values: Mapping[str, list[str]]) -> Page | None:
    """Return a question with the answer for these values, or for its defaults."""
    question = build.questions.get(slug)
    if question is None:
        return None
    given = given_values(question, values)
    results, problem = None, None
    try:
        results = answer(build, question, given)
    except EurohpcKgError as error:
        problem = error
    table = table_of(build, results) if results is not None else None
    cited = documents(results) if results is not None else []
    queried = question.text
    if problem is None:
        queried = question.bind(_terms(build, question, given))
    plot = plot_of(build, results) if results is not None else None
    data = {
        "question": question,
        "fields": [_field(build, one, given) for one in question.parameters.values()],
        "given": given,
        "table": table,
        "cited": cited,
        "marks": Marks(numbers(cited)),
        "problem": problem,
        "plot": plot,
        "spots": [] if results is None or plot else marks_of_answer(build, results),
        "snippets": _snippets(question, given),
        "queried": queried,
        "queried_diagram": _diagram(build, queried),
        "data_forms": ("csv", "json", "parquet"),
        "values_text": _query_string(given),
    }
    return Page(
        f"question/{slug}", question.summary, "question", data, iri=_iri(slug), forms=RDF_FORMS,
        description=question.description, status=200 if problem is None else 400,
    )  # fmt: skip


def _diagram(build: Build, text: str) -> object:
    from eurohpc_kg.web.pages.query_diagram import query_diagram  # reads SPARQL: 30 ms

    return query_diagram(build, text)


def answer(build: Build, question: Question, given: Mapping[str, list[str]]) -> Results:
    """Return the answer of a question for these values, asked as readers' queries are."""
    terms = _terms(build, question, given)
    return answer_to(question, terms, build.ask(question.bind(terms)))


def given_values(question: Question, values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what was filled in for the parameters, without empty fields and other names."""
    return {
        name: kept
        for name in question.parameters
        if (kept := [one.strip()[:_LONGEST] for one in values.get(name, []) if one.strip()])
    }


def _terms(
    build: Build, question: Question, given: Mapping[str, list[str]]
) -> dict[str, list[Term]]:
    return {
        name: [build.graph.term(question.parameter(name), one) for one in several]
        for name, several in given.items()
    }


def _field(build: Build, parameter: Parameter, given: Mapping[str, list[str]]) -> Field:
    value = ", ".join(given.get(parameter.name, []))
    if not value and parameter.default:
        value = ", ".join(_words(build, term) for term in parameter.default)
    return Field(
        parameter.name, parameter.description, value, parameter.kind, _choices(build, parameter),
        parameter.is_optional,
    )  # fmt: skip


def _words(build: Build, term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return build.names.label(term)
    return term.value if isinstance(term, ox.Literal) else ""


def _choices(build: Build, parameter: Parameter) -> list[str]:
    """Return the labels that may be given, where there are not too many to choose from."""
    if parameter.within.startswith(EHPC):
        members = Gathering.of(build).members(readable_slug(parameter.within))
        labels = [name for name, _ in members]
    elif parameter.within.startswith(VOCABULARY):
        labels = [build.names.label(node) for node in build.concepts(parameter.within)]
    else:
        labels = []
    return list(dict.fromkeys(labels)) if len(labels) <= _MOST_CHOICES else []


def _query_string(given: Mapping[str, list[str]]) -> str:
    from urllib.parse import urlencode

    return urlencode(given, doseq=True)


def _snippets(question: Question, given: Mapping[str, list[str]]) -> list[Snippet]:
    shown = dict(given)
    for parameter in question.parameters.values():
        if not parameter.is_optional and parameter.name not in shown:
            shown[parameter.name] = [parameter.default_text.split(":", 1)[-1]]
    return snippets(question.slug, shown)


def _iri(slug: str) -> str:
    from eurohpc_kg.names import NAMESPACE

    return f"{NAMESPACE}question/{slug}"


__all__ = ["Table", "answer", "given_values", "question_page", "questions_page"]
