"""Check queries: a saved query whose every row is a finding.

The header says what a row means: ``problem``, ``why``, ``solution``, ``severity`` (``error``,
``warning`` or ``info``) and the ``columns``. The first column is the thing at fault. Three columns
have a meaning of their own and lead to the line: ``property`` and ``value`` (of the triple at
fault), and ``source`` (the named graph that states it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.check.places import Places, Term
from eurohpc_kg.errors import InputError
from eurohpc_kg.findings import Finding, Severity
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.questions.header import Header, pairs, read_header
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository
from eurohpc_kg.sparql import require_read_only, syntax_error
from eurohpc_kg.turtle import read_text

CHECK = NAMESPACE + "check/"
KEYS = ("summary", "problem", "why", "solution", "severity", "tags", "columns")
VIEW_KEYS = ("summary", "description", "tags")
_OPTIONAL = ("tags",)
_SEVERITIES = {severity.word: severity for severity in Severity}


@dataclass(frozen=True)
class Check:
    """Hold one check query, as its file has it; its slug is the code of its findings.

    ``is_near`` says that a row of it comes from the statements of one thing, the classes of the
    things beside it, and the ontology: see `again`.
    """

    slug: str
    path: Path
    summary: str
    problem: str
    why: str
    solution: str
    severity: Severity
    columns: Mapping[str, str]
    text: str
    is_near: bool = False


def all_checks(repository: Repository) -> list[Check]:
    """Read every check query, by name; raise `InputError` for the first that is off."""
    return [read_check(path) for path in sorted(repository.checks.glob("*.rq"))]


def read_check(path: Path) -> Check:
    """Read one file; raise `InputError` where its header is off."""
    text, header = _read(path, KEYS)
    severity = _SEVERITIES.get(str(header["severity"]))
    if severity is None:
        raise InputError(
            f"unknown severity {header['severity']!r}",
            place=f"{path}:{_line(text, 'severity')}",
            remedy="Write error, warning or info.",
        )
    return Check(
        slug=path.stem,
        path=path,
        summary=str(header["summary"]),
        problem=str(header["problem"]),
        why=str(header["why"]),
        solution=str(header["solution"]),
        severity=severity,
        columns=pairs(header["columns"]),
        text=text,
        is_near="near" in header.get("tags", ()),
    )


def read_view(path: Path) -> str:
    """Read one view (a CONSTRUCT query) and return its text; raise `InputError` as above."""
    return _read(path, VIEW_KEYS)[0]


def run(check: Check, store: ox.Store, places: Places) -> Iterator[Finding]:
    """Ask a check of a store; yield a finding a row. ``places`` finds the file and line.

    Raises `QuerySyntaxError` where the text is not SPARQL.
    """
    for row in _rows(check, store):
        yield _finding(check, row, places)


def finds_something(check: Check, store: ox.Store) -> bool:
    """Tell whether a check of a store gives a row; raise as `run` does."""
    return next(iter(_rows(check, store)), None) is not None


def _rows(check: Check, store: ox.Store) -> ox.QuerySolutions:
    try:
        rows = store.query(check.text, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise syntax_error(error, str(check.path)) from None
    assert isinstance(rows, ox.QuerySolutions)
    return rows


def _finding(check: Check, row: ox.QuerySolution, places: Places) -> Finding:
    first = row[0]
    predicate, value, source = (_cell(row, name) for name in ("property", "value", "source"))
    path, line, subject = "", 0, ""
    if isinstance(first, (ox.NamedNode, ox.BlankNode)):
        subject = places.name(first)
        path, line = places.of(
            first,
            predicate if isinstance(predicate, ox.NamedNode) else None,
            value,
            source.value if isinstance(source, ox.NamedNode) else "",
        )
    names = [name for name in check.columns if name != "source" and _cell(row, name) is not None]
    details = "; ".join(f"{name} {places.name(_cell(row, name))}" for name in names)
    return Finding(
        path=path,
        line=line,
        code=check.slug,
        message=f"{check.problem.rstrip('.')}: {details}" if details else check.problem,
        remedy=check.solution,
        severity=check.severity,
        subject=subject,
    )


def _cell(row: ox.QuerySolution, name: str) -> Term | None:
    try:
        cell: Term | None = row[name]
    except KeyError:
        return None
    return cell


def _read(path: Path, keys: tuple[str, ...]) -> tuple[str, Header]:
    text = read_text(path)
    require_read_only(text, str(path))
    header = read_header(text, keys, str(path))
    missing = [key for key in keys if key not in header and key not in _OPTIONAL]
    if missing:
        raise InputError(
            f"the header lacks {', '.join(missing)}",
            place=f"{path}:1",
            remedy="Add " + ", ".join(f"#+ {key}:" for key in missing) + " to the header.",
        )
    return text, header


def _line(text: str, key: str) -> int:
    return text[: text.find(f"#+ {key}:")].count("\n") + 1
