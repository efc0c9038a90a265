"""Checks: everything that may be wrong with the content, as one `Report`.

First every file by itself: `content` reads it, `files` looks at its form. Then, when all could be
read, the graph as a whole: `shapes` (SHACL), `queries` (a row is a finding), `sizes` (how many
there should be) and `consistency` (what contradicts the ontology, and whether that is OWL 2 RL).
`spelling` looks for misspelt names, `places` finds the line, `codes` is the table of codes.

`check` is for who writes the content and hears of everything; `examine` is for who builds a store
from it and asks for errors alone; `approves` (in `again`) for who changes a store that was built.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.check.again import approves
from eurohpc_kg.check.codes import CODES, Code, finding
from eurohpc_kg.check.consistency import contradictions, profile
from eurohpc_kg.check.content import Content, as_finding, read_all
from eurohpc_kg.check.files import Queries, house_form, saved_queries
from eurohpc_kg.check.places import Places
from eurohpc_kg.check.queries import Check, all_checks, read_check, run
from eurohpc_kg.check.shacl_engines import ENGINES
from eurohpc_kg.check.shapes import conform
from eurohpc_kg.check.sizes import sizes
from eurohpc_kg.check.spelling import misspellings
from eurohpc_kg.errors import EurohpcKgError, MissingFileError, RuleError
from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.questions import Question
from eurohpc_kg.questions.sib import question_quads
from eurohpc_kg.reason import reason
from eurohpc_kg.records import dataclass, field, replace
from eurohpc_kg.repository import Repository
from eurohpc_kg.store.runs import Run, runs_of

__all__ = [
    "CODES",
    "ENGINES",
    "Check",
    "Code",
    "all_checks",
    "approves",
    "check",
    "examine",
    "read_check",
]


@dataclass(frozen=True)
class Examined:
    """Hold what a store is filled with, and the verdict on it.

    ``runs`` is what is asserted once more, as N-Quads. ``trail`` is what the next reasoning may go
    on from, as text; empty where it can't.
    """

    asserted: list[ox.Quad]
    runs: list[Run]
    questions: list[Question]
    report: Report
    inferred: list[ox.Quad] = field(default_factory=list)
    trail: str = ""


def check(
    repository: Repository, paths: Iterable[Path] | None = None, *, engine: str = ""
) -> Report:
    """Check the whole content; keep the findings of ``paths`` (files or folders) where given.

    The whole is always checked, because a change in one file can break a rule in another.
    ``engine`` is the SHACL engine, one of `ENGINES`, chosen by itself when empty. Raises
    `MissingFileError` for a path that is not there.
    """
    wanted = _wanted(repository, paths)
    content = read_all(repository)
    report = _examine(content, Severity.INFO, engine).report
    report.extend(house_form(content))
    if wanted is None:
        return report
    return Report([found for found in report if _is_in(found.path, wanted)])


def examine(repository: Repository) -> Examined:
    """Read, reason and check, and return all three; the report has the errors.

    Where a file can't be read, what is returned is a part of the whole, and the report says so.
    """
    return _examine(read_all(repository), Severity.ERROR)


def _examine(content: Content, least: Severity, engine: str = "") -> Examined:
    """Examine; what only finds faults below ``least`` may be left out."""
    repository = content.repository
    queries = saved_queries(repository)
    report = Report([*content.unreadable, *queries.findings])
    found = Examined(list(content.quads()), content.runs(), queries.questions, report)
    if content.unreadable:
        report.add(finding("stages-skipped", content.unreadable[0].path))
        return found
    places = Places(content)
    report.extend(conform(content, places, least, engine))
    store = ox.Store()
    store.extend(found.asserted)
    report.extend(_rows(store, queries, places, least))
    report.extend(sizes(repository, store))
    if least <= Severity.WARNING:
        report.extend(misspellings(content.data(), places))
    outside = profile(content, places)
    report.extend(outside)
    questions = question_quads(queries.questions)
    found.asserted.extend(questions)
    found.runs.extend(runs_of(questions))
    try:
        reasoning = reason(found.asserted, repository)
    except RuleError as error:
        if not outside:
            report.add(as_finding(error, "ontology", "owl-uncovered"))
        return found
    except EurohpcKgError:  # a view that can't be read is already a finding of its file
        return found
    report.extend(contradictions(reasoning.inconsistencies, places))
    trail = reasoning.trail.to_json() if reasoning.trail else ""
    return replace(found, inferred=list(reasoning.inferred), trail=trail)


def _rows(store: ox.Store, queries: Queries, places: Places, least: Severity) -> Iterator[Finding]:
    """Ask every check query; one that is no SPARQL is already a finding of its file."""
    for one in queries.checks:
        if one.severity >= least:
            with contextlib.suppress(EurohpcKgError):
                yield from run(one, store, places)


def _wanted(repository: Repository, paths: Iterable[Path] | None) -> list[str] | None:
    if paths is None:
        return None
    wanted = []
    for path in paths:
        if not path.exists():
            raise MissingFileError(path)
        wanted.append(repository.relative(path))
    return wanted


def _is_in(path: str, wanted: list[str]) -> bool:
    return any(path == one or one == "." or path.startswith(f"{one}/") for one in wanted)
