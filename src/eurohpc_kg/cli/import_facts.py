"""``eurohpc-kg import facts``: the rows of fact sheets to the register and the source files."""

from __future__ import annotations

import argparse

from eurohpc_kg.amounts import amount
from eurohpc_kg.cli.days import today
from eurohpc_kg.cli.parsing import existing

SUMMARY = "Add the facts of a sheet to the files of their sources"
EPILOG = """\
A SHEET is a CSV file with the columns entity, entity_type, property, value, unit_or_lang, as_of,
source, note; SOURCES.csv says which documents the ids in its column source are. What the files say
stays as it is; what they lack is added; where both differ, the import says so. What a row becomes
is decided by reviewed tables, which docs/importing-facts.md explains.

  eurohpc-kg import facts quantum.csv --sources sources-quantum.csv --retrieved 2026-11
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sheets", nargs="+", type=existing, metavar="SHEET", help="a fact sheet, as CSV"
    )
    parser.add_argument(
        "--sources",
        action="append",
        type=existing,
        required=True,
        metavar="CSV",
        help="the source sheet; may be repeated",
    )
    parser.add_argument(
        "--retrieved",
        default="",
        metavar="DATE",
        help="when the documents were read: YYYY, YYYY-MM or YYYY-MM-DD (default: today)",
    )
    parser.add_argument(
        "--left-out", metavar="CSV", help="write the rows that gave nothing, and why, to a file"
    )


def run(arguments: argparse.Namespace) -> int:
    import sys
    from pathlib import Path

    from eurohpc_kg.errors import UsageError
    from eurohpc_kg.findings import Report, Severity
    from eurohpc_kg.importing.facts.dates import date_problem
    from eurohpc_kg.importing.facts.importer import import_facts
    from eurohpc_kg.importing.facts.left_out import left_out_table
    from eurohpc_kg.repository import find_repository
    from eurohpc_kg.turtle.files import write_file

    repository = find_repository()
    repository.require_checkout()
    retrieved = arguments.retrieved or today()
    if problem := date_problem(retrieved):
        raise UsageError(problem, place="--retrieved", remedy="Write YYYY, YYYY-MM or YYYY-MM-DD.")
    report = Report()
    summary = import_facts(
        repository,
        arguments.sheets,
        arguments.sources,
        retrieved,
        report,
    )
    if arguments.left_out:
        write_file(Path(arguments.left_out), left_out_table(summary.left_out))
    sys.stdout.write(report.to_text())
    sheets = set(map(str, arguments.sheets))
    faulty = {(found.path, found.line) for found in report if found.path in sheets}
    sys.stderr.write(
        f"{amount(summary.facts, 'fact')}, {amount(summary.documents, 'document')}: "
        f"{amount(summary.triples, 'triple')} added in {amount(summary.files, 'file')}, "
        f"{amount(len(summary.left_out), 'row')} left out, {amount(len(faulty), 'row')} "
        f"with findings; {report.summary()}\n"
    )
    return 1 if report.at_least(Severity.WARNING) else 0
