"""``eurohpc-kg fmt``: write Turtle files in the house form, or say which are not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eurohpc_kg.repository import Repository

SUMMARY = "Write Turtle files in the house form"
EPILOG = """\
Without PATH: every Turtle file of ontology/, data/ and shapes/. A PATH may be a file, a folder, or
- for standard input, which is written to standard output.

  eurohpc-kg fmt                      write all files in the house form
  eurohpc-kg fmt --check              only say which are not; exit code 1 when there are any
  eurohpc-kg fmt data/sources/cesga   one folder
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a folder, or -")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; say what would change"
    )


def run(arguments: argparse.Namespace) -> int:
    import sys
    from pathlib import Path

    from eurohpc_kg.amounts import amount
    from eurohpc_kg.findings import Report
    from eurohpc_kg.repository import find_repository
    from eurohpc_kg.turtle.files import format_files

    repository = find_repository()
    if arguments.paths == ["-"]:
        return _standard_input(repository, arguments.check)
    result = format_files(repository, [Path(path) for path in arguments.paths], arguments.check)
    if arguments.check:
        sys.stdout.write(Report(result.findings).to_text())
    else:
        for finding in result.findings:
            sys.stderr.write(f"wrote {finding.path}\n")
    for error in result.errors:
        sys.stderr.write(f"{error}\n")
    verb = "to write" if arguments.check else "written"
    sys.stderr.write(f"{amount(result.files, 'file')}, {len(result.findings)} {verb}\n")
    if result.errors:
        return 3
    return 1 if arguments.check and result.findings else 0


def _standard_input(repository: Repository, check: bool) -> int:
    import sys

    from eurohpc_kg.names import read_prefixes
    from eurohpc_kg.turtle import decode, format_text

    text = decode(sys.stdin.buffer.read(), "-")
    formatted = format_text(text, read_prefixes(repository), "-")
    if not check:
        sys.stdout.write(formatted)
    return int(check and formatted != text)
