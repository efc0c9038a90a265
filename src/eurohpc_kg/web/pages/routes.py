"""Which function makes the page at a path."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eurohpc_kg.web.addresses import is_thing
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages import finding, questions, sources, terms
from eurohpc_kg.web.pages.comparing import compare_page
from eurohpc_kg.web.pages.graphs import graph_page, shapes_page
from eurohpc_kg.web.pages.page import Page
from eurohpc_kg.web.pages.sparql import sparql_page
from eurohpc_kg.web.pages.start import start_page
from eurohpc_kg.web.pages.thing import thing_page

Values = Mapping[str, list[str]]

# Pages at one path.
SINGLE: dict[str, Callable[[Build, Values], Page]] = {
    "index": lambda build, _: start_page(build),
    "question": lambda build, _: questions.questions_page(build),
    "source": lambda build, _: sources.sources_page(build),
    "ontology": lambda build, _: terms.ontology_page(build),
    "vocabulary": lambda build, _: terms.vocabularies_page(build),
    "shape": lambda build, _: shapes_page(build),
    "sparql": lambda build, _: sparql_page(build),
    "-/search": finding.search_page,
    "-/timeline": finding.timeline_page,
    "-/countries": finding.countries_page,
    "-/compare": compare_page,
    "-/explain": finding.explain_page,
    "-/about": finding.about_page,
}
# What a reader may fill in on them; the fields of a question are its parameters.
PARAMETERS: dict[str, dict[str, str]] = {
    "-/search": {"q": "words of a name"},
    "-/compare": {"thing": "a name of each of the things to compare"},
    "-/explain": {
        "subject": "of what it is stated",
        "predicate": "the property",
        "object": "the value",
    },
}
# Pages below the first part of a path.
BELOW: dict[str, Callable[[Build, str, Values], Page | None]] = {
    "question": lambda build, path, values: questions.question_page(
        build, path.partition("/")[2], values
    ),
    "source": lambda build, path, _: sources.source_page(build, path),
    "ontology": lambda build, path, _: terms.term_page(build, path),
    "vocabulary": lambda build, path, _: terms.vocabulary_page(build, path),
    "graph": lambda build, path, _: graph_page(build, path),
}


def page(build: Build, path: str, values: Values | None = None) -> Page | None:
    """Return the page at a path (without suffix), or ``None`` where there is nothing.

    ``values`` are what a reader filled in.
    """
    single = SINGLE.get(path)
    if single is not None:
        return single(build, values or {})
    if is_thing(path):
        return thing_page(build, path)
    below = BELOW.get(path.partition("/")[0])
    return None if below is None else below(build, path, values or {})
