"""``eurohpc-kg build``: make the store that questions are asked of."""

from __future__ import annotations

import argparse

from eurohpc_kg.cli.days import add_days, content

SUMMARY = "Build the store that questions are asked of"
EPILOG = """\
Reads all files, reasons, checks, and writes the store; prints its folder. The same files are never
built twice, and a graph with errors is not built (exit code 1, the errors on standard output).
Stores are kept in $EUROHPC_KG_CACHE, or eurohpc-kg in the user's cache folder. Every command that
needs the store builds it by itself.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--force", action="store_true", help="build in any case, over a store that is damaged"
    )
    add_days(parser)


def run(arguments: argparse.Namespace) -> int:
    import sys

    from eurohpc_kg.errors import RefusedError
    from eurohpc_kg.store import build

    def say(text: str) -> None:
        sys.stderr.write(f"{text}\n")

    try:
        path = build(content(arguments), force=arguments.force, say=say)
    except RefusedError as error:
        sys.stdout.write(error.details)
        raise
    sys.stdout.write(f"{path}\n")
    return 0
