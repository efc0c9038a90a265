"""``eurohpc-kg materialise``: let a triple store compute what follows from what it holds."""

from __future__ import annotations

import argparse

from eurohpc_kg.amounts import amount
from eurohpc_kg.cli.far import add_server, connected

SUMMARY = "Compute inside a triple store what follows from what it holds"
EPILOG = """\
For graphs that outgrow this machine: the axioms are compiled here, the store runs the rules (OWL 2
RL and the views of queries/views) as SPARQL updates. What follows takes the place of graph/inferred
at once; the result is that of a build. Changes graphs of ours only, and nothing when it fails.
"""
_TIMEOUT = 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the address of the store or its dataset")
    add_server(parser, _TIMEOUT)
    parser.add_argument("--update-url", metavar="URL", default="", help="where updates go")
    parser.add_argument("--graph-url", metavar="URL", default="", help="the Graph Store address")


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.cli.progress import Progress
    from eurohpc_kg.loading import materialise
    from eurohpc_kg.repository import find_repository

    endpoint = connected(arguments, arguments.url, _TIMEOUT)
    with Progress() as progress:
        found = materialise(endpoint, find_repository(), progress)
        progress.done(amount(found.count, "statement follows", "statements follow"))
    return 0
