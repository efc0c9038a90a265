"""``eurohpc-kg load``: put the graph into a triple store."""

from __future__ import annotations

import argparse

from eurohpc_kg.amounts import amount
from eurohpc_kg.cli.days import add_days, content
from eurohpc_kg.cli.far import add_server, connected

SUMMARY = "Put the graph into a triple store, all or nothing"
EPILOG = """\
Only graphs that changed are sent. They are staged where no reader sees them, read back, and take
the place of the old ones at once (a store that can't do that is named before the load starts).
A load that was broken off is gone on with by calling it again, or removed by --undo.
The password stands in EUROHPC_KG_PASSWORD, or a token in EUROHPC_KG_TOKEN, or both in ~/.netrc.
docs/loading.md says the address of each product.
"""
_TIMEOUT = 600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="the address of the store or its dataset")
    parser.add_argument(
        "--graphs",
        "--graph",
        action="append",
        default=[],
        metavar="NAME",
        help="only these named graphs (register, ontology, source/top500/*); may be given again",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--replace",
        action="store_true",
        help="leave of our graphs what is here, and no more (default)",
    )
    how.add_argument("--merge", action="store_true", help="add, and remove nothing")
    parser.add_argument("--full", action="store_true", help="send also what has not changed")
    parser.add_argument("--verify", action="store_true", help="read back every graph, and compare")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")
    parser.add_argument("--undo", action="store_true", help="remove what a broken-off load left")
    add_server(parser, _TIMEOUT)
    parser.add_argument("--update-url", metavar="URL", default="", help="where updates go")
    parser.add_argument("--graph-url", metavar="URL", default="", help="the Graph Store address")
    add_days(parser)


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.cli.progress import Progress
    from eurohpc_kg.loading import load_store, undo
    from eurohpc_kg.store import build

    endpoint = connected(arguments, arguments.url, _TIMEOUT)
    with Progress() as progress:
        progress(f"{endpoint.product.title} at {endpoint.address}")
        if arguments.undo:
            left = undo(endpoint, progress)
            progress.done(
                f"removed {amount(len(left), 'staged graph')}" if left else "nothing was left"
            )
            return 0
        done = load_store(
            build(content(arguments), say=progress),
            endpoint,
            patterns=arguments.graphs,
            full=arguments.full,
            merge=arguments.merge,
            verify=arguments.verify,
            dry_run=arguments.dry_run,
            say=progress,
        )
    verb = "would be " if arguments.dry_run else ""
    for word, names in (
        (f"{verb}sent", done.send),
        (f"{verb}adopted", done.adopt),
        (f"{verb}removed", done.remove),
    ):
        for name in names if arguments.dry_run else ():
            print(f"{word:<18}{name}")
        if names or word.endswith("sent"):
            progress.done(f"{amount(len(names), 'graph')} {word}")
    progress.done(f"{amount(len(done.same), 'graph')} unchanged")
    return 0
