"""Sizes: how many instances each class is expected to have, at least and at most.

The bounds stand in ``shapes/sizes.csv`` (``class,least,most,why``): they are a demand on the data
like the shapes beside them, but one on the graph as a whole, which changes with every batch of
sources; a table is read and raised more easily than SHACL with inverse paths. Instances of
subclasses count.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from eurohpc_kg.check.codes import finding
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
_CLASS = NamedNode(OWL + "Class")
_SUBCLASS = NamedNode(RDFS + "subClassOf")
COUNTED = (_TYPE, _SUBCLASS)


@dataclass(frozen=True)
class Size:
    """Hold one row of the table; ``most`` is ``None`` where there is no upper bound."""

    name: str
    iri: str
    least: int
    most: int | None
    line: int


def sizes(repository: Repository, data: Iterable[Quad]) -> Iterator[Finding]:
    """Yield a finding for each class outside its bounds, and for each row that can't be used.

    ``data`` is what is said of the world; the statements with the predicates of `COUNTED` will do.
    """
    path = repository.shapes / TABLE
    if not path.is_file():
        return
    place = repository.relative(path)
    counts, classes = _counts(data)
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


def _counts(quads: Iterable[Quad]) -> tuple[dict[str, int], set[str]]:
    """Count the instances of each class with its subclasses; return the classes there are too."""
    instances: dict[str, set[str]] = {}
    parents: dict[str, set[str]] = {}
    classes: set[str] = set()
    for quad in quads:
        if quad.predicate == _TYPE and isinstance(quad.object, NamedNode):
            if quad.object == _CLASS:
                classes.add(quad.subject.value)  # type: ignore[union-attr]
            instances.setdefault(quad.object.value, set()).add(quad.subject.value)  # type: ignore[union-attr]
        elif quad.predicate == _SUBCLASS and isinstance(quad.object, NamedNode):
            parents.setdefault(quad.subject.value, set()).add(quad.object.value)  # type: ignore[union-attr]
    total: dict[str, set[str]] = {}
    for name, found in instances.items():
        for ancestor in _ancestors(name, parents):
            total.setdefault(ancestor, set()).update(found)
    return {name: len(found) for name, found in total.items()}, classes


def _ancestors(name: str, parents: dict[str, set[str]]) -> set[str]:
    found, to_do = {name}, [name]
    while to_do:
        for parent in parents.get(to_do.pop(), ()):
            if parent not in found:
                found.add(parent)
                to_do.append(parent)
    return found
