"""Pieces of Markdown that the reference pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def code(items: Iterable[str]) -> str:
    """Render names as code, separated by commas."""
    return ", ".join(f"`{item}`" for item in items)


def cell(text: str) -> str:
    """Make a text fit one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Render a table; empty where there are no rows."""
    body = ["| " + " | ".join(cell(text) for text in row) + " |" for row in rows]
    if not body:
        return ""
    return "\n".join(["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *body]) + "\n"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Render ``- **name**: value`` lines for the pairs that have a value."""
    return "".join(f"- **{name}**: {value}\n" for name, value in pairs if value)
