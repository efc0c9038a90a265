"""``eurohpc-kg import``: one sub-command for each kind of file that comes from outside."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

SUMMARY = "Make source files and register entries from sheets and ranking lists"
# Sub-command -> summary; the module is import_<sub-command>.
KINDS = {
    "facts": "Add the facts of a sheet to the files of their sources",
    "top500": "Make source files from ranking lists: TOP500, Green500, HPCG",
}
EPILOG = (
    "kinds:\n"
    + "".join(f"  {kind:<9}{summary}\n" for kind, summary in KINDS.items())
    + "\n`eurohpc-kg import KIND --help` explains a kind.\n"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help="facts or top500")


def parse(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """Read the kind, then its own arguments with a parser of its own."""
    import importlib

    if not words or words[0] not in KINDS:
        return parser.parse_args(list(words))
    module = importlib.import_module(f"eurohpc_kg.cli.import_{words[0]}")
    inner = type(parser)(
        prog=f"{parser.prog} {words[0]}",
        description=f"{module.SUMMARY}.",
        epilog=module.EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.add_arguments(inner)
    arguments = inner.parse_args(list(words[1:]))
    arguments.module = module
    return arguments


def run(arguments: argparse.Namespace) -> int:
    return int(arguments.module.run(arguments))
