"""Checks: everything that may be wrong with the content, as one `Report`.

Five stages, each a module. First every file by itself: `content` reads it, `files` looks at its
form. Then, when all could be read, the graph as a whole: `shapes` (SHACL), `queries` (a row is a
finding), `sizes` (how many there should be) and `consistency` (what contradicts the ontology, and
whether that is OWL 2 RL). `places` finds the line, `codes` is the table of codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.check.codes import CODES, Code, finding
from eurohpc_kg.check.consistency import consistency
from eurohpc_kg.check.content import Content, read_all
from eurohpc_kg.check.files import house_form, saved_queries
from eurohpc_kg.check.places import Places
from eurohpc_kg.check.queries import Check, all_checks, read_check, run
from eurohpc_kg.check.shapes import ENGINES, conform
from eurohpc_kg.check.sizes import sizes
from eurohpc_kg.errors import EurohpcKgError, UsageError
from eurohpc_kg.findings import Finding, Report
from eurohpc_kg.repository import Repository

__all__ = ["CODES", "ENGINES", "Check", "Code", "all_checks", "check", "read_check"]


def check(
    repository: Repository, paths: Iterable[Path] | None = None, *, engine: str = ""
) -> Report:
    """Check the whole content; keep the findings of ``paths`` (files or folders) where given.

    The whole is always checked, because a change in one file can break a rule in another.
    ``engine`` is the SHACL engine, one of `ENGINES`, chosen by itself when empty. Raises
    `UsageError` for a path that is not there.
    """
    wanted = _wanted(repository, paths)
    report = Report()
    content = read_all(repository)
    report.extend(content.unreadable)
    report.extend(house_form(content))
    report.extend(saved_queries(repository))
    if content.unreadable:
        report.add(finding("stages-skipped", content.unreadable[0].path))
    else:
        report.extend(_whole(content, engine))
    if wanted is None:
        return report
    return Report([found for found in report if _is_in(found.path, wanted)])


def _whole(content: Content, engine: str) -> Iterator[Finding]:
    """Yield the findings of the graph as a whole."""
    places = Places(content)
    yield from conform(content, places, engine)
    yield from _rows(content, places)
    yield from sizes(content)
    yield from consistency(content, places)


def _rows(content: Content, places: Places) -> Iterator[Finding]:
    """Ask every check query; one that can't be read is already a finding of its file."""
    store = ox.Store()
    store.extend(content.quads())
    for path in sorted(content.repository.checks.glob("*.rq")):
        try:
            yield from run(read_check(path), store, places)
        except EurohpcKgError:
            continue


def _wanted(repository: Repository, paths: Iterable[Path] | None) -> list[str] | None:
    if paths is None:
        return None
    wanted = []
    for path in paths:
        if not path.exists():
            raise UsageError(
                "there is no such file or folder", place=str(path), remedy="Check the name."
            )
        wanted.append(repository.relative(path))
    return wanted


def _is_in(path: str, wanted: list[str]) -> bool:
    return any(path == one or one == "." or path.startswith(f"{one}/") for one in wanted)
