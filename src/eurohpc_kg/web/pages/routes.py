"""Which function makes the page at a path.

The module of a kind of page is imported for the first of them: all kinds together take longer to
import than the first page takes to be made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from eurohpc_kg.web.addresses import is_thing
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.page import Page

Values = Mapping[str, list[str]]


def _in(module: str) -> Any:
    return import_module(f"eurohpc_kg.web.pages.{module}")


# Pages at one path.
SINGLE: dict[str, Callable[[Build, Values], Page]] = {
    "index": lambda build, _: _in("start").start_page(build),
    "question": lambda build, _: _in("questions").questions_page(build),
    "source": lambda build, _: _in("sources").sources_page(build),
    "ontology": lambda build, _: _in("terms").ontology_page(build),
    "vocabulary": lambda build, _: _in("terms").vocabularies_page(build),
    "shape": lambda build, _: _in("graphs").shapes_page(build),
    "sparql": lambda build, _: _in("sparql").sparql_page(build),
    "-/search": lambda build, values: _in("finding").search_page(build, values),
    "-/timeline": lambda build, values: _in("finding").timeline_page(build, values),
    "-/countries": lambda build, values: _in("finding").countries_page(build, values),
    "-/compare": lambda build, values: _in("comparing").compare_page(build, values),
    "-/explain": lambda build, values: _in("finding").explain_page(build, values),
    "-/about": lambda build, values: _in("finding").about_page(build, values),
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
    "question": lambda build, path, values: _in("questions").question_page(
        build, path.partition("/")[2], values
    ),
    "source": lambda build, path, _: _in("sources").source_page(build, path),
    "ontology": lambda build, path, _: _in("terms").term_page(build, path),
    "vocabulary": lambda build, path, _: _in("terms").vocabulary_page(build, path),
    "graph": lambda build, path, _: _in("graphs").graph_page(build, path),
}


def page(build: Build, path: str, values: Values | None = None) -> Page | None:
    """Return the page at a path (without suffix), or ``None`` where there is nothing.

    ``values`` are what a reader filled in.
    """
    single = SINGLE.get(path)
    if single is not None:
        return single(build, values or {})
    if is_thing(path):
        found: Page | None = _in("thing").thing_page(build, path)
        return found
    below = BELOW.get(path.partition("/")[0])
    return None if below is None else below(build, path, values or {})
