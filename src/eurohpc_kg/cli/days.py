"""The options ``--as-of`` and ``--on``, the same for every command that asks the graph."""

from __future__ import annotations

from eurohpc_kg.cli.output import say

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import argparse

    from eurohpc_kg.api import Graph
    from eurohpc_kg.repository import Repository


def add_days(parser: argparse.ArgumentParser) -> None:
    """Add both options; a day is written 2025-03-31, 2025-03 or 2025."""
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="know only the documents published by this day (a month or year: its last day)",
    )
    parser.add_argument(
        "--on", metavar="DATE", help="leave out figures, milestones and ranks later than this day"
    )


def today() -> str:
    """Return today's date: a command may ask a clock, the library does not."""
    import datetime

    return datetime.date.today().isoformat()


def content(arguments: argparse.Namespace) -> Repository:
    """Return the content as the options show it, and say how much of it that is."""
    from eurohpc_kg.repository import find_repository

    repository = find_repository()
    if not (arguments.as_of or arguments.on):
        return repository
    from eurohpc_kg.history import version

    found = version(repository, arguments.as_of, arguments.on)
    say(str(found))
    return found.repository


def graph(arguments: argparse.Namespace) -> Graph:
    """Return the graph as the options show it."""
    from eurohpc_kg.api import Graph
    from eurohpc_kg.store import open_folder, path_of

    repository = content(arguments)
    folder = path_of(repository)
    return Graph(repository, open_folder(folder), folder)
