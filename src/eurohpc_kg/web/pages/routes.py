"""Which function makes the page at a path."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eurohpc_kg.web.addresses import is_thing
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.page import Page
from eurohpc_kg.web.pages.sparql import sparql_page
from eurohpc_kg.web.pages.thing import thing_page

Values = Mapping[str, list[str]]
Make = Callable[[Build, str, Values], Page | None]


_MADE: dict[str, Make] = {"sparql": lambda build, _, __: sparql_page(build)}


def page(build: Build, path: str, values: Values | None = None) -> Page | None:
    """Return the page at a path (without suffix), or ``None`` where there is nothing.

    ``values`` are what a reader filled in.
    """
    make = _MADE.get(path)
    if make is not None:
        return make(build, path, values or {})
    if is_thing(path):
        return thing_page(build, path)
    return None
