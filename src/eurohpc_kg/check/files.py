"""Files one by one: house form for Turtle, header, columns and syntax for saved queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.check.codes import finding
from eurohpc_kg.check.content import Content, as_finding
from eurohpc_kg.check.queries import read_check, read_view
from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.findings import Finding
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.questions import read_question
from eurohpc_kg.repository import Repository
from eurohpc_kg.sparql import syntax_error
from eurohpc_kg.turtle import format_text, read_text

_ORDER = re.compile(r"^\s*ORDER BY\b", re.MULTILINE)


def house_form(content: Content) -> Iterator[Finding]:
    """Yield a finding for each Turtle file that ``fmt`` would change, at the first such line."""
    prefixes = read_prefixes(content.repository)
    for read in content.files:
        try:
            formatted = format_text(read.text, prefixes, read.path)
        except EurohpcKgError as error:
            yield as_finding(error, read.path, "house-form")
            continue
        if formatted != read.text:
            line = _first_difference(read.text, formatted)
            yield finding("house-form", read.path, line=line)


def saved_queries(repository: Repository) -> Iterator[Finding]:
    """Yield the findings of every file of ``queries/``."""
    rooms: tuple[tuple[Path, Callable[[Path], object]], ...] = (
        (repository.checks, read_check),
        (repository.questions, read_question),
        (repository.views, read_view),
    )
    for room, read in rooms:
        for path in sorted(room.glob("*.rq")):
            yield from _saved_query(repository, path, read)


def _saved_query(
    repository: Repository, path: Path, read: Callable[[Path], object]
) -> Iterator[Finding]:
    place = repository.relative(path)
    try:
        query = read(path)
        text = read_text(path)
        variables = _variables(text, place)
    except EurohpcKgError as error:
        yield as_finding(error, place, "query-header")
        return
    columns = list(getattr(query, "columns", ()))
    if variables is None:
        return
    if columns != variables:
        problem = f"the header has {_list(columns)}, the query returns {_list(variables)}"
        yield finding("query-columns", place, problem, line=1)
    if not _ORDER.search(text):
        yield finding("query-order", place, line=text.count("\n"))


def _variables(text: str, place: str) -> list[str] | None:
    """Return the variables that a query returns, none for one that gives triples or a truth."""
    try:
        answer = ox.Store().query(text)
    except SyntaxError as error:
        raise syntax_error(error, place) from None
    if isinstance(answer, ox.QuerySolutions):
        return [variable.value for variable in answer.variables]
    return None


def _first_difference(text: str, formatted: str) -> int:
    lines, wanted = text.split("\n"), formatted.split("\n")
    for number, (line, want) in enumerate(zip(lines, wanted, strict=False), 1):
        if line != want:
            return number
    return min(len(lines), len(wanted))


def _list(names: list[str]) -> str:
    return ", ".join(names) or "none"
