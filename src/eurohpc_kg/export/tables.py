"""The graph as tables: one a class, a readable column a property, and one of statements.

A thing stands in the table of each class that someone says it has (what follows from that, such as
that a supercomputer is a computing system, makes no second row). A cell has what is stated, in
English where there is English; of what is inferred only the shortcuts that are made for tables. The
rows go to files of the work folder, which the formats of tables share.
"""

from __future__ import annotations

import csv
import marshal
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from eurohpc_kg.export.columns import KINDS, Column, kind_of, snake
from eurohpc_kg.export.dataset import INFERRED, Dataset
from eurohpc_kg.export.lines import LANG_STRING, STRING, TYPE, iri, value
from eurohpc_kg.names import EHPC, SOURCE, readable_slug

BETWEEN = " | "  # two values in a cell
STATEMENTS = "statement"
_KEPT = "things"

_RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_NAMES = {_RDFS_LABEL, "<http://www.w3.org/2004/02/skos/core#prefLabel>"}


@dataclass(frozen=True)
class Table:
    """Hold a table: its columns, and the file with its rows (CSV with a line of names)."""

    name: str
    title: str
    description: str
    iri: str
    columns: tuple[Column, ...]
    path: Path
    count: int

    def rows(self) -> Iterator[list[str]]:
        """Give the rows, every cell as text, an empty one where there is none."""
        with self.path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            yield from reader

    def values(self) -> Iterator[list[str | int | float | None]]:
        """Give the rows with numbers as numbers and nothing for empty cells."""
        makers = [KINDS[column.kind].make for column in self.columns]
        for row in self.rows():
            yield [make(cell) if cell else None for make, cell in zip(makers, row, strict=True)]


def tables(dataset: Dataset) -> list[Table]:
    """Return the tables of a dataset, by name; that of statements last. They are made once."""
    key = "tables"
    if key not in dataset.kept:
        dataset.kept[key] = _make(dataset)
    found: list[Table] = dataset.kept[key]
    return found


@dataclass
class _Plan:
    """Collect what a class needs: how many rows, which properties, what they hold."""

    rows: int = 0
    uses: dict[str, _Cells] = field(default_factory=dict)


@dataclass
class _Cells:
    kinds: set[str] = field(default_factory=set)
    several: bool = False
    named: bool = False


_Thing = tuple[str, list[str], dict[str, list[str]], list[str]]


def _make(dataset: Dataset) -> list[Table]:
    labels = dataset.labels
    plans: dict[str, _Plan] = {}
    folder = dataset.work / "tables"
    folder.mkdir(exist_ok=True)
    for _, classes, cells, _ in _kept(_things(dataset), folder):
        for one in classes:
            plan = plans.setdefault(one, _Plan())
            plan.rows += 1
            for predicate, terms in cells.items():
                _note(plan.uses.setdefault(predicate, _Cells()), terms, labels)
    made = [_table(name, plans[name], dataset, folder) for name in sorted(plans)]
    made.sort(key=lambda table: table.name)
    with ExitStack() as stack:
        writers = {table.iri: _writer(table, stack) for table in made}
        for thing, classes, cells, sources in _again(folder):
            for one in classes:
                writers[one][0].writerow(_row(thing, cells, sources, writers[one][1], labels))
    return [*made, _statements(dataset, folder, labels)]


def _things(dataset: Dataset) -> Iterator[_Thing]:
    """Give each thing with its stated classes, what is stated of it, and where."""
    shortcuts = dataset.shortcuts
    for subject, group in groupby(dataset.sourced(), lambda item: item[0][0]):
        cells: dict[str, list[str]] = {}
        sources: set[str] = set()
        for (_, predicate, term), graphs in group:
            if graphs == [INFERRED] and predicate[1:-1] not in shortcuts:
                continue
            cells.setdefault(predicate, []).append(term)
            sources.update(name for name in graphs if name.startswith(SOURCE))
        classes = [iri(term) for term in cells.pop(TYPE, []) if term.startswith(f"<{EHPC}")]
        if classes and subject.startswith("<"):
            yield iri(subject), classes, cells, sorted(sources)


def _kept(things: Iterable[_Thing], folder: Path) -> Iterator[_Thing]:
    """Give the things, and keep them for a second look."""
    with (folder / _KEPT).open("wb") as file:
        for thing in things:
            marshal.dump(thing, file)
            yield thing


def _again(folder: Path) -> Iterator[_Thing]:
    with (folder / _KEPT).open("rb") as file:
        while True:
            try:
                yield marshal.load(file)
            except EOFError:
                return


def _note(cells: _Cells, terms: Sequence[str], labels: dict[str, str]) -> None:
    shown = _in_english(terms)
    cells.several |= len(shown) > 1
    for term in shown:
        literal = value(term)
        cells.kinds.add("iri" if literal is None else literal.datatype)
        cells.named |= literal is None and iri(term) in labels


def _table(name: str, plan: _Plan, dataset: Dataset, folder: Path) -> Table:
    columns = [
        Column("iri", "IRI", "iri", description="The name of the thing on the web."),
        Column("id", "id", "text", description="The last part of the IRI, for a person to type."),
        Column("name", "name", "text", description="The English name."),
    ]
    taken = Counter(column.name for column in columns)
    for predicate in sorted(plan.uses, key=lambda one: (snake(readable_slug(one[1:-1])), one)):
        if predicate in _NAMES:
            continue
        cells, term = plan.uses[predicate], dataset.terms.get(predicate[1:-1])
        base = snake(readable_slug(predicate[1:-1]))
        taken[base] += 1
        base = base if taken[base] == 1 else f"{base}_{taken[base]}"
        title = term.label if term else base.replace("_", " ")
        about = term.definition if term else ""
        if "iri" in cells.kinds and cells.named:
            columns.append(Column(base, title, "text", predicate, cells.several, about, names=True))
            base, title = f"{base}_iri", f"{title} (IRI)"
        kind = kind_of(cells.kinds, cells.several)
        columns.append(Column(base, title, kind, predicate, cells.several, about))
    columns.append(
        Column("sources", "sources", "iri", many=True, description="The documents that say so.")
    )
    term = dataset.terms.get(name)
    title = term.label if term else readable_slug(name)
    table = snake(readable_slug(name))
    return Table(
        table,
        title,
        term.definition if term else "",
        name,
        tuple(columns),
        folder / f"{table}.csv",
        plan.rows,
    )


def _writer(table: Table, stack: ExitStack) -> tuple[Any, tuple[Column, ...]]:
    file = stack.enter_context(table.path.open("w", encoding="utf-8", newline=""))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    return writer, table.columns


def _row(
    thing: str,
    cells: dict[str, list[str]],
    sources: list[str],
    columns: Sequence[Column],
    labels: dict[str, str],
) -> list[str]:
    row = [thing, readable_slug(thing), labels.get(thing, "")]
    for column in columns[3:-1]:
        terms = _in_english(cells.get(column.predicate, ()))
        if not terms:
            row.append("")
        elif column.names:
            row.append(BETWEEN.join(labels.get(iri(t), iri(t)) or _text(t) for t in terms))
        else:
            row.append(BETWEEN.join(_text(term) for term in terms))
    return [*row, BETWEEN.join(sources)]


def _in_english(terms: Sequence[str]) -> Sequence[str]:
    """Return the terms, of texts only those in English where there is one."""
    if len(terms) < 2:
        return terms
    english = [term for term in terms if term.endswith('"@en')]
    return [t for t in terms if t in english or '"@' not in t[-12:]] if english else terms


def _text(term: str) -> str:
    literal = value(term)
    return iri(term) if literal is None else literal.text


def _statements(dataset: Dataset, folder: Path, labels: dict[str, str]) -> Table:
    columns = (
        Column("subject", "subject", "iri"),
        Column("subject_name", "name of the subject", "text"),
        Column("property", "property", "iri"),
        Column("property_name", "name of the property", "text"),
        Column("object", "object", "text", description="An IRI, or the text of a value."),
        Column("object_name", "name of the object", "text"),
        Column("datatype", "datatype", "iri", description="Of a value; empty for a thing."),
        Column("language", "language", "text", description="Of a text."),
        Column("source", "source", "iri", description="The named graph that states it."),
    )
    path, count = folder / f"{STATEMENTS}.csv", 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in columns)
        last, head = "", ["", ""]
        for (subject, predicate, term), graphs in dataset.sourced():
            if subject != last:
                last, head = subject, _named(subject, labels)
            cells = [*head, *_named(predicate, labels), *_object(term, labels)]
            for graph in graphs:
                writer.writerow((*cells, graph))
            count += len(graphs)
    about = "Each statement with the named graph that makes it."
    return Table(STATEMENTS, "statement", about, "", columns, path, count)


def _named(term: str, labels: dict[str, str]) -> list[str]:
    name = iri(term)
    return [name, labels.get(name, "")]


def _object(term: str, labels: dict[str, str]) -> list[str]:
    literal = value(term)
    if literal is None:
        return [*_named(term, labels), "", ""]
    datatype = "" if literal.datatype in _PLAIN else literal.datatype
    return [literal.text, "", datatype, literal.language]


_PLAIN = (LANG_STRING, STRING)
