"""``eurohpc-kg import top500``: an edition's source files from the list's own spreadsheets."""

from __future__ import annotations

import argparse

from eurohpc_kg.cli.parsing import existing

SUMMARY = "Make source files from ranking lists: TOP500, Green500, HPCG"
EPILOG = """\
A FILE is the .xlsx, .xls or .xml file of an edition as top500.org gives it to its users, or a CSV
file with its columns (with a column edition it may hold many editions). Green500 and HPCG files
need the TOP500 of their edition, in the same call or imported before. A source file that stands
there is never changed: the import says where it differs.

  eurohpc-kg import top500 TOP500_202611.xlsx
  eurohpc-kg import top500 TOP500_202611.xlsx green500_top_202611.xlsx hpcg_202611.xlsx
  eurohpc-kg import top500 TOP500_202611.xlsx --region all -o /tmp/world
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=existing, metavar="FILE", help="a spreadsheet, XML or CSV file"
    )
    parser.add_argument(
        "--region",
        choices=("europe", "all"),
        default="europe",
        help="whose entries: europe, as EuroHPC draws it, or all (default: europe)",
    )
    parser.add_argument(
        "--edition", default="", metavar="YYYY-MM", help="the edition, where the file tells none"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        help="the folder with sources/ and register/ (default: data/ of the checkout)",
    )


def run(arguments: argparse.Namespace) -> int:
    import sys
    from pathlib import Path

    from eurohpc_kg.amounts import amount
    from eurohpc_kg.findings import Severity
    from eurohpc_kg.importing.top500.importer import import_lists
    from eurohpc_kg.names import read_prefixes
    from eurohpc_kg.repository import find_repository

    repository = find_repository()
    if not arguments.output:
        repository.require_checkout("Name a folder with -o, or run inside a checkout.")
    folder = Path(arguments.output) if arguments.output else repository.data
    done = import_lists(
        arguments.files,
        folder,
        read_prefixes(repository),
        region=arguments.region,
        edition=arguments.edition,
    )
    for path in done.written:
        sys.stdout.write(f"{path}\n")
    sys.stderr.write(done.report.to_text())
    sys.stderr.write(
        f"{amount(len(done.written), 'file')} written, {len(done.unchanged)} as they were; "
        f"{done.report.summary()}\n"
    )
    return 1 if done.report.at_least(Severity.WARNING) else 0
