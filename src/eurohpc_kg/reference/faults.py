"""The page about the findings that are neither shapes nor check queries."""

from __future__ import annotations

from collections.abc import Iterator

from eurohpc_kg.check.codes import CODES
from eurohpc_kg.reference.markdown import table
from eurohpc_kg.repository import Repository


def pages(_repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield one page with a table of codes."""
    rows = [
        (f"`{name}`", entry.severity.word, entry.meaning, entry.remedy)
        for name, entry in sorted(CODES.items())
    ]
    yield (
        "findings.md",
        "# Findings\n\n`eurohpc-kg check` reports findings by code. A code that is not here is the "
        "name of a [shape](shapes.md) or of a [check query](checks.md).\n\n"
        + table(("code", "severity", "meaning", "what to do"), rows),
    )
