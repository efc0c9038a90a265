"""HDT: a binary file that is searched without being unpacked; the union, without the sources.

The library that writes it, pyhdtkit, needs Python 3.12, and keeps the whole graph in memory.
"""

from __future__ import annotations

import shutil
from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.lines import STRING, iri, split, value
from eurohpc_kg.export.optional import require
from eurohpc_kg.export.registry import Exporter


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write the triples with pyhdtkit, which takes the terms as HDT spells them."""
    writer = require("pyhdtkit.hdt.reader", "the format hdt")
    path = dataset.work / "graph.hdt"
    writer.write_hdt([tuple(map(spelling, split(line))) for line in dataset.triples()], path)
    with path.open("rb") as made:
        shutil.copyfileobj(made, file)
    path.unlink()


def spelling(term: str) -> str:
    r"""Return a term of N-Triples as the dictionary of an HDT has it: nothing is escaped.

    >>> print(spelling('<urn:a>'), spelling('"a \\"b\\""@en'))
    urn:a "a "b""@en
    """
    found = value(term)
    if found is None:
        return iri(term)
    if found.language:
        return f'"{found.text}"@{found.language}'
    return f'"{found.text}"' + ("" if found.datatype == STRING else f"^^<{found.datatype}>")


EXPORTER = Exporter(
    "HDT: binary, searched without being unpacked, without the sources",
    group="rdf",
    ending="hdt",
    media_type="application/vnd.hdt",
    write=write,
    needs=("pyhdtkit",),
    rank=21,
    only_named=True,
)
