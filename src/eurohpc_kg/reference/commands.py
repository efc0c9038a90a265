"""The page about the command line: what ``--help`` prints, command by command."""

from __future__ import annotations

import os
from collections.abc import Iterator

from eurohpc_kg.cli import help_text, parser_for
from eurohpc_kg.cli.commands import all_commands
from eurohpc_kg.repository import Repository


def pages(_repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield one page, with the help texts at a width of 80 columns."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "80"  # argparse asks the terminal; a page must not
    try:
        parts = ["# Commands\n", f"```\n{help_text()}```\n"]
        for name in all_commands():
            parts.append(f"## {name}\n\n```\n{parser_for(name).format_help()}```\n")
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    yield "commands.md", "\n".join(parts)
