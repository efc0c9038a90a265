"""``eurohpc-kg sources``: the register of documents, and a file held against one of them."""

from __future__ import annotations

import argparse

from eurohpc_kg.cli.output import form_of, put, say, width_of
from eurohpc_kg.cli.parsing import existing
from eurohpc_kg.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from eurohpc_kg.api import Graph
    from eurohpc_kg.results import Results
    from eurohpc_kg.trust.copies import Checked

SUMMARY = "List the source documents, or hold saved copies against the graph"
EPILOG = """\
Without THING: every document, with how many statements it makes and when it was last read. With a
THING (a name in any language, a CURIE, an IRI, an identifier): the documents that say something
about it.

--check FILE holds a file against the graph: a saved copy of a page (HTML, text) is searched for the
numbers, dates and names that the graph takes from the document; a source file (Turtle) is compared
statement by statement. Exit code 1: a number or date is missing in the page, or the file differs.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from eurohpc_kg.render import FORMS

    parser.add_argument("thing", nargs="*", metavar="THING", help="see below")
    parser.add_argument(
        "--check",
        nargs="+",
        action="extend",
        metavar="FILE",
        type=existing,
        help="hold these files against the graph instead",
    )
    parser.add_argument(
        "--document",
        metavar="DOCUMENT",
        help="with --check: what the file is a copy of, where the file does not say so",
    )
    parser.add_argument("--all", action="store_true", help="with --check: show what was found too")
    parser.add_argument(
        "-f", "--format", choices=list(FORMS), help="form of the answer (default: table)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; the ending is the form")


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.api import load
    from eurohpc_kg.render import FORMS, render

    if not arguments.check and (arguments.document or arguments.all):
        raise UsageError(
            "--document and --all go with --check",
            remedy="What a document says: eurohpc-kg ask statements-of-source --document DOCUMENT",
        )
    form = form_of(arguments, FORMS, "table")
    graph = load()
    code = 0
    if arguments.check:
        results, code = _check(graph, arguments)
    elif arguments.thing:
        results = graph.ask("sources-of", thing=" ".join(arguments.thing))
    else:
        results = graph.ask("documents")
    put(render(results, form, width=width_of(arguments.output)), arguments.output)
    if not results.rows and not arguments.check:
        say("no document says anything about it")
    return code


def _check(graph: Graph, arguments: argparse.Namespace) -> tuple[Results, int]:
    from eurohpc_kg.trust.copies import FOUND, as_results, check_page, check_turtle, document_of

    found: list[Checked] = []
    for path in arguments.check:
        document = document_of(path, graph.names, arguments.document or "")
        if path.suffix == ".ttl":
            found.append(check_turtle(path, graph.names, document))
        else:
            stated = graph.ask("statements-of-source", document=document)
            found.append(check_page(path, stated, document))
        say(f"{path}: a copy of {document.value}: {found[-1].summary()}")
    hidden = () if arguments.all else (FOUND,)
    return as_results(found, graph.names, hidden), int(any(one.failed for one in found))
