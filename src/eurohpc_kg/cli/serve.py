"""``eurohpc-kg serve``: pages, linked data and the SPARQL endpoint from the built store."""

from __future__ import annotations

import argparse

from eurohpc_kg.cli.parsing import above_zero, address, seconds
from eurohpc_kg.errors import MissingDependencyError

SUMMARY = "Serve pages, linked data and the SPARQL endpoint"
EPILOG = """\
  eurohpc-kg serve                 then open http://127.0.0.1:8090/

What is built anew meanwhile is served as soon as it is built. SIGTERM lets requests come to their
end. The log on stderr has a line of JSON a request, and nothing that tells of a person.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8090, help="port, 0 for any free one (8090)")
    parser.add_argument(
        "--queries", type=above_zero, default=2, metavar="N", help="queries that run at once (2)"
    )
    parser.add_argument(
        "--seconds", type=seconds, default=20.0, metavar="S", help="time of a query (20)"
    )
    parser.add_argument(
        "--rows", type=above_zero, default=100_000, metavar="N", help="rows of an answer (100000)"
    )
    parser.add_argument(
        "--megabytes", type=above_zero, default=2_000, metavar="MB", help="memory of a query (2000)"
    )
    parser.add_argument(
        "--allow-service",
        action="append",
        type=address,
        default=[],
        metavar="ADDRESS",
        help="an endpoint that SERVICE may ask; any other is refused",
    )
    parser.add_argument(
        "--address",
        type=address,
        help="address at which readers see it, for the description",
    )
    parser.add_argument(
        "--from-disk",
        action="store_true",
        help="leave the store on disk: 100 MB less memory a process, and three times as slow",
    )
    parser.add_argument("--quiet", action="store_true", help="no line a request")


def run(arguments: argparse.Namespace) -> int:
    try:
        from eurohpc_kg.web.running import serve
    except ImportError as error:
        raise MissingDependencyError(
            f"{error.name} is not installed", remedy="Install it: pip install 'eurohpc-kg[web]'"
        ) from error
    from eurohpc_kg.repository import find_repository
    from eurohpc_kg.web.serving import Settings
    from eurohpc_kg.web.workers import Bounds

    bounds = Bounds(
        seconds=arguments.seconds,
        rows=arguments.rows,
        memory=arguments.megabytes * 1_000_000,
        at_once=arguments.queries,
    )
    settings = Settings(
        bounds, tuple(arguments.allow_service), arguments.address or "", not arguments.from_disk
    )
    serve(
        find_repository(), arguments.host, arguments.port, settings, is_logged=not arguments.quiet
    )
    return 0
