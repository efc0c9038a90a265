"""The rows of a sheet that gave nothing, as a table that people review."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import PurePath

from eurohpc_kg.importing.facts.mapping import LEFT_OUT_KINDS
from eurohpc_kg.importing.facts.sheets import Fact

COLUMNS = ("sheet", "line", "entity", "property", "value", "source", "reason")


def left_out_table(rows: Iterable[tuple[Fact, str]]) -> str:
    """Return a CSV text with one row a fact and the reason why it is not in the graph.

    The name of a person is not repeated here either.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for fact, reason in sorted(rows, key=lambda row: (row[0].path, row[0].line)):
        name = PurePath(fact.path).name
        sources = " ".join(fact.sources)
        value = "" if reason == LEFT_OUT_KINDS["person-dropped"] else fact.value
        writer.writerow((name, fact.line, fact.entity, fact.property, value, sources, reason))
    return text.getvalue()
