"""The context of the project's JSON-LD, as published."""

from __future__ import annotations

import json
from typing import IO

from eurohpc_kg.export.context import Context
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.registry import Exporter


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write the context as a document of its own."""
    document = Context(dataset.terms, dataset.prefixes).document
    file.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


EXPORTER = Exporter(
    "JSON-LD context: a readable name for every term",
    group="description",
    ending="jsonld",
    media_type="application/ld+json",
    write=write,
    file="context.jsonld",
    rank=1,
)
