"""Sizes: how many instances each class is expected to have, at least and at most.

The bounds stand in ``shapes/sizes.csv`` (``class,least,most,why``): they are a demand on the data
like the shapes beside them, but one on the graph as a whole, which changes with every batch of
sources; a table is read and raised more easily than SHACL with inverse paths. Instances of
subclasses count.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Store

from eurohpc_kg.check.codes import finding
from eurohpc_kg.check.content import ABOUT
from eurohpc_kg.errors import EurohpcKgError, InputError
from eurohpc_kg.findings import Finding
from eurohpc_kg.names import Prefixes, read_prefixes
from eurohpc_kg.namespaces import OWL, RDF, RDFS
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle import read_text

TABLE = "sizes.csv"
COLUMNS = ["class", "least", "most", "why"]

_TYPE = NamedNode(RDF + "type")
_CLASS = OWL + "Class"
_SUBCLASS = NamedNode(RDFS + "subClassOf")


@dataclass(frozen=True)
class Size:
    """Hold one row of the table; ``most`` is ``None`` where there is no upper bound."""

    name: str
    iri: str
    least: int
    most: int | None
    line: int


def sizes(repository: Repository, store: Store) -> Iterator[Finding]:
    """Yield a finding for each class outside its bounds, and for each row that can't be used.

    Only what is said of the world is counted, not the shapes and questions about it.
    """
    path = repository.shapes / TABLE
    if not path.is_file():
        return
    place = repository.relative(path)
    counts, classes = _counts(store)
    prefixes = read_prefixes(repository)
    for row in _rows(path):
        try:
            size = _size(row, prefixes, classes)
        except EurohpcKgError as error:
            yield finding("sizes-unusable", place, error.problem, line=int(row["line"]))
            continue
        count = counts.get(size.iri, 0)
        if count < size.least:
            message = f"{size.name} has {count}, expected at least {size.least}"
            yield finding("class-too-small", place, message, line=size.line)
        elif size.most is not None and count > size.most:
            message = f"{size.name} has {count}, expected at most {size.most}"
            yield finding("class-too-large", place, message, line=size.line)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    lines = read_text(path).splitlines()
    reader = csv.reader(lines)
    head = next(reader, [])
    if head != COLUMNS:
        yield {"line": "1", "class": ",".join(head)}
        return
    for number, row in enumerate(reader, 2):
        yield dict(zip(COLUMNS, row, strict=False)) | {"line": str(number)}


def _size(row: dict[str, str], prefixes: Prefixes, classes: set[str]) -> Size:
    """Read one row; raise `EurohpcKgError` where a cell is off."""
    if set(COLUMNS) - set(row):
        raise InputError(f"not the columns {','.join(COLUMNS)}: {row['class']}")
    iri = prefixes.expand(row["class"])
    if iri not in classes:
        raise InputError(f"{row['class']} is not a class of the ontology")
    if not row["least"].isdigit() or not (row["most"].isdigit() or not row["most"]):
        raise InputError(f"not a whole number: {row['least']!r}, {row['most']!r}")
    most = int(row["most"]) if row["most"] else None
    return Size(row["class"], iri, int(row["least"]), most, int(row["line"]))


def _counts(store: Store) -> tuple[dict[str, int], set[str]]:
    """Count the instances of each class with its subclasses; return the classes there are too."""
    instances: dict[str, set[str]] = {}
    for thing, kind in _pairs(store, _TYPE):
        instances.setdefault(kind, set()).add(thing)
    parents: dict[str, set[str]] = {}
    for narrow, wide in _pairs(store, _SUBCLASS):
        parents.setdefault(narrow, set()).add(wide)
    total: dict[str, set[str]] = {}
    for name, found in instances.items():
        for ancestor in _ancestors(name, parents):
            total.setdefault(ancestor, set()).update(found)
    return {name: len(found) for name, found in total.items()}, instances.get(_CLASS, set())


def _pairs(store: Store, predicate: NamedNode) -> Iterator[tuple[str, str]]:
    """Yield subject and object of each statement about the world with this predicate."""
    for subject, _, value, graph in store.quads_for_pattern(None, predicate, None):
        if isinstance(value, NamedNode) and graph not in ABOUT:
            yield subject.value, value.value


def _ancestors(name: str, parents: dict[str, set[str]]) -> set[str]:
    found, to_do = {name}, [name]
    while to_do:
        for parent in parents.get(to_do.pop(), ()):
            if parent not in found:
                found.add(parent)
                to_do.append(parent)
    return found
