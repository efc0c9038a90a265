"""``eurohpc-kg check``: say everything that is wrong with the content."""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "Check files, shapes, rules, sizes and consistency"
EPILOG = """\
The whole content is always checked; PATH keeps the findings of these files and folders. Exit code
1 means findings at the level of --fail-on or above."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="*", type=Path, help="a file or folder")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="the level from which findings fail the check (default: error)",
    )
    parser.add_argument(
        "--level",
        choices=("error", "warning", "info"),
        default="warning",
        help="show findings of this level and above (default: warning)",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "github", "html"),
        default="text",
        help="how to write the findings (default: text)",
    )
    parser.add_argument(
        "--engine",
        choices=("fast", "reference"),
        default="",
        help="the SHACL engine: shacl or pyshacl (default: the fast one where it is proven)",
    )


def run(arguments: argparse.Namespace) -> int:
    import sys

    from eurohpc_kg.check import check
    from eurohpc_kg.findings import Report, Severity
    from eurohpc_kg.repository import find_repository

    report = check(find_repository(), arguments.path or None, engine=arguments.engine)
    shown = Report(report.at_least(Severity[arguments.level.upper()]))
    sys.stdout.write(getattr(shown, f"to_{arguments.format}")())
    sys.stderr.write(report.summary() + "\n")
    return 1 if report.at_least(Severity[arguments.fail_on.upper()]) else 0
