"""The engine for large graphs: the same rules as SQL joins on DuckDB, all new facts at once.

Rules of one form (the same pattern with other constants) become one statement over a table of
their constants, so an ontology of hundreds of axioms is some twenty joins. Semi-naive: in each
round one premise is taken from the facts of the round before. The SQL is plain SQL-92 joins with
``EXCEPT``, so that another engine can take it over.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eurohpc_kg.reason.encoding import EncodedRule, Fact

_COLUMNS = ("s", "p", "o")
_BATCH = 1000


class SqlEngine:
    """Derive facts by rules; see `engines.Engine`."""

    def __init__(self, rules: Sequence[EncodedRule]) -> None:
        import duckdb  # 0.2 s to import: only a large graph pays it

        self._database: Any = duckdb.connect(":memory:")
        self._run("SET threads TO 2")
        for table in ("fact", "delta", "fresh"):
            self._run(f"CREATE TABLE {table} (s BIGINT, p BIGINT, o BIGINT)")
        self._given = [rule.head for rule in rules if rule.head is not None and not rule.body]
        self._statements = list(self._compile([r for r in rules if r.head is not None and r.body]))

    def extend(self, facts: Iterable[Fact]) -> list[Fact]:
        """Take facts in; return those that follow and were not there."""
        self._load("fresh", facts)
        self._run("DELETE FROM delta")
        self._run("INSERT INTO delta SELECT s, p, o FROM fresh EXCEPT SELECT s, p, o FROM fact")
        self._run("INSERT INTO fact SELECT s, p, o FROM delta")
        derived: list[Fact] = []
        self._run("DELETE FROM fresh")
        self._load("fresh", self._given)
        self._given = []
        while True:
            for statement in self._statements:
                self._run(statement)
            self._run("DELETE FROM delta")
            self._run(
                "INSERT INTO delta SELECT s, p, o FROM fresh WHERE s % 2 = 0 AND p % 2 = 0"
                " EXCEPT SELECT s, p, o FROM fact"
            )
            self._run("DELETE FROM fresh")
            found = self._run("SELECT s, p, o FROM delta").fetchall()
            if not found:
                return derived
            derived.extend(found)
            self._run("INSERT INTO fact SELECT s, p, o FROM delta")

    def _compile(self, rules: Sequence[EncodedRule]) -> Iterator[str]:
        forms: dict[_Form, list[tuple[int, ...]]] = defaultdict(list)
        for rule in rules:
            form, constants = _form(rule)
            forms[form].append(constants)
        for number, (form, rows) in enumerate(sorted(forms.items())):
            table = f"rule_{number}"
            width = len(rows[0])
            if width:
                columns = ", ".join(f"k{i} BIGINT" for i in range(width))
                self._run(f"CREATE TABLE {table} ({columns})")
                for start in range(0, len(rows), _BATCH):
                    values = ", ".join(
                        "(" + ", ".join(map(str, row)) + ")" for row in rows[start : start + _BATCH]
                    )
                    self._run(f"INSERT INTO {table} VALUES {values}")
            for position in range(len(form[1])):
                yield _statement(form, table if width else "", position)

    def _load(self, table: str, facts: Iterable[Fact]) -> None:
        """Fill a table by way of a file: the fastest way in that every database has."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "facts.csv"
            with path.open("w", newline="", encoding="ascii") as file:
                csv.writer(file).writerows(facts)
            if path.stat().st_size:
                self._run(f"COPY {table} FROM '{path.as_posix()}' (FORMAT csv, HEADER false)")

    def _run(self, statement: str) -> Any:
        return self._database.execute(statement)


# A pattern whose constants are numbered: ("v", n) is a variable, ("k", n) a constant.
_Slot = tuple[str, int]
_Shape = tuple[_Slot, _Slot, _Slot]
_Form = tuple[_Shape, tuple[_Shape, ...], tuple[tuple[int, int], ...]]


def _form(rule: EncodedRule) -> tuple[_Form, tuple[int, ...]]:
    """Take a rule apart into its form and its constants."""
    constants: list[int] = []

    def slot(place: int) -> _Slot:
        if place < 0:
            return ("v", place)
        constants.append(place)
        return ("k", len(constants) - 1)

    def shape(pattern: Fact) -> _Shape:
        s, p, o = pattern
        return (slot(s), slot(p), slot(o))

    assert rule.head is not None
    body = tuple(shape(pattern) for pattern in rule.body)
    return (shape(rule.head), body, rule.distinct), tuple(constants)


def _statement(form: _Form, table: str, position: int) -> str:
    """Write the join of a form whose premise at ``position`` is new."""
    head, body, distinct = form
    tables = [f"{table} r"] if table else []
    tables += [f"{'delta' if i == position else 'fact'} t{i}" for i in range(len(body))]
    conditions: list[str] = []
    variables: dict[int, str] = {}
    for i, shape in enumerate(body):
        for column, (kind, number) in zip(_COLUMNS, shape, strict=True):
            here = f"t{i}.{column}"
            if kind == "k":
                conditions.append(f"{here} = r.k{number}")
            elif number in variables:
                conditions.append(f"{here} = {variables[number]}")
            else:
                variables[number] = here
    conditions += [f"{variables[a]} <> {variables[b]}" for a, b in distinct]
    chosen = ", ".join(
        f"r.k{number}" if kind == "k" else variables[number] for kind, number in head
    )
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"INSERT INTO fresh SELECT {chosen} FROM {', '.join(tables)}{where}"
