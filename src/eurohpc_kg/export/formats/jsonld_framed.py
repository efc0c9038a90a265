"""JSON-LD, framed: one document a thing, its figures, milestones and ranks within; one a line.

The lines are documents by themselves (newline-delimited JSON-LD). They name the published context;
``statedIn``, the sources of a record, is for readers and no statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import IO

from eurohpc_kg.export.context import CONTEXT, RECORDS, STATED_IN, Context
from eurohpc_kg.export.dataset import INFERRED, Dataset
from eurohpc_kg.export.lines import Parts, iri
from eurohpc_kg.export.nodes import compact, line
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.sorting import batches, sort_lines
from eurohpc_kg.names import EHPC, THING

_OF = f"<{EHPC}of>"
_HEAD = f'{{"@context":"{CONTEXT}",'


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Sort the nodes of things and of their records together, by thing."""
    keyed = batches(_keyed(dataset), 1_000)
    lines = (text.decode().rstrip("\n").split("\t") for text in sort_lines(keyed, dataset.work))
    for piece in batches(_documents(lines), 1_000):
        file.write(piece)


def _keyed(dataset: Dataset) -> Iterator[bytes]:
    """Give the nodes, each behind the thing that it belongs to; no tab stands in JSON."""
    node = compact(Context(dataset.terms, dataset.prefixes))
    for subject, group in groupby(dataset.sourced(), lambda item: item[0][0]):
        statements = list(group)
        parts = [parts for parts, _ in statements]
        owners = [iri(v) for _, p, v in parts if p == _OF and v.startswith(f"<{THING}")]
        if owners:
            found = node(subject, (part for part in parts if part[1] != _OF))
            found[STATED_IN] = _sources(statements)
            for owner in owners:
                yield f"{owner}\t1\t{iri(subject)}\t{line(found)}\n".encode()
        elif subject.startswith(f"<{THING}"):
            yield f"{iri(subject)}\t0\t\t{line(node(subject, parts))}\n".encode()


def _sources(statements: Iterable[tuple[Parts, list[str]]]) -> list[str]:
    return sorted({name for _, graphs in statements for name in graphs if name != INFERRED})


def _documents(lines: Iterable[list[str]]) -> Iterator[bytes]:
    for thing, group in groupby(lines, itemgetter(0)):
        rows = list(group)
        text = rows[0][3] if rows[0][1] == "0" else line({"@id": thing})
        records = [row[3] for row in rows if row[1] == "1"]
        inner = f',"{RECORDS}":[{",".join(records)}]' if records else ""
        yield f"{_HEAD}{text[1:-1]}{inner}}}\n".encode()


EXPORTER = Exporter(
    "JSON-LD, framed: one document a thing, one a line",
    group="rdf",
    ending="framed.jsonl",
    media_type="application/x-ndjson",
    write=write,
    rank=7,
)
