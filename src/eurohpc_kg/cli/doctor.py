"""``eurohpc-kg doctor``: say what a SPARQL endpoint holds and lacks."""

from __future__ import annotations

import argparse

from eurohpc_kg.cli.far import add_server, connected

SUMMARY = "Say what a SPARQL endpoint holds and lacks, and what to do"
EPILOG = """\
Asks a few small questions and writes nothing. Exit code 1: questions can't be asked there as it is.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the address of the endpoint or its dataset")
    add_server(parser)


def run(arguments: argparse.Namespace) -> int:
    import sys

    from eurohpc_kg import __version__
    from eurohpc_kg.endpoint.doctor import examine
    from eurohpc_kg.findings import Severity
    from eurohpc_kg.repository import find_repository
    from eurohpc_kg.sources import INFERRED_GRAPH, content_files

    endpoint = connected(arguments, arguments.url)
    expected = {file.graph.value for file in content_files(find_repository())}
    found = examine(endpoint, __version__, {*expected, INFERRED_GRAPH.value})
    sys.stdout.write(str(found))
    sys.stdout.write(found.report.to_text())
    return 1 if found.report.at_least(Severity.ERROR) else 0
