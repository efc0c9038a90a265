"""Files one by one: house form for Turtle, header, columns and syntax for saved queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.check.codes import finding
from eurohpc_kg.check.content import Content, as_finding
from eurohpc_kg.check.queries import Check, read_check, read_view
from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.findings import Finding
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.questions import Question, read_question
from eurohpc_kg.questions.sib import require_executable
from eurohpc_kg.repository import Repository
from eurohpc_kg.sparql import syntax_error
from eurohpc_kg.turtle import format_text
from eurohpc_kg.turtle.files import first_difference

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
            line = first_difference(read.text, formatted)
            yield finding("house-form", read.path, line=line)


class Queries:
    """Hold the saved queries that could be read (of a view the text), and what is wrong with any.

    ``findings`` are also of those that could not.
    """

    def __init__(self) -> None:
        self.read: list[Check | Question | str] = []
        self.findings: list[Finding] = []

    @property
    def checks(self) -> list[Check]:
        """Return the checks, by name."""
        return [one for one in self.read if isinstance(one, Check)]

    @property
    def questions(self) -> list[Question]:
        """Return the questions, by name."""
        return [one for one in self.read if isinstance(one, Question)]


def saved_queries(repository: Repository) -> Queries:
    """Read every file of ``queries/``, and look at it."""
    rooms: tuple[tuple[Path, Callable[[Path], Check | Question | str]], ...] = (
        (repository.checks, read_check),
        (repository.questions, read_question),
        (repository.views, read_view),
    )
    found = Queries()
    for room, read in rooms:
        for path in sorted(room.glob("*.rq")):
            place = repository.relative(path)
            try:
                query = read(path)
                found.findings += _faults(query, place)
                found.read.append(query)
            except EurohpcKgError as error:
                found.findings.append(as_finding(error, place, "query-header"))
    return found


def _faults(query: Check | Question | str, place: str) -> Iterator[Finding]:
    """Yield what is wrong between a header and the query below it; raise where it is no SPARQL."""
    text, columns = (query, []) if isinstance(query, str) else (query.text, list(query.columns))
    variables = _variables(text, place)
    if isinstance(query, Question):
        require_executable(query, place)
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


def _list(names: list[str]) -> str:
    return ", ".join(names) or "none"
