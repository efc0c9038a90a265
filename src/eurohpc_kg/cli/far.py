"""The options that lead to a server, the same for every command that speaks to one."""

from __future__ import annotations

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import argparse

    from eurohpc_kg.api import Graph
    from eurohpc_kg.endpoint import Endpoint

_STORES = "auto, oxigraph, fuseki, virtuoso, graphdb, rdf4j, qlever, neptune, stardog, blazegraph"


def add_endpoint(parser: argparse.ArgumentParser) -> None:
    """Add ``--endpoint`` and what goes with it."""
    group = parser.add_argument_group("another store")
    group.add_argument("--endpoint", metavar="URL", help="ask the SPARQL endpoint there instead")
    add_server(group)


def add_server(group: argparse._ActionsContainer, timeout: int = 60) -> None:
    """Add the options of a command that speaks to a server, and waits ``timeout`` seconds."""
    from eurohpc_kg.cli.parsing import seconds

    group.add_argument(
        "--store",
        metavar="PRODUCT",
        default="auto",
        help=f"what answers there: {_STORES}, generic (default: auto)",
    )
    group.add_argument(
        "--user", metavar="NAME", default="", help="password: $EUROHPC_KG_PASSWORD or netrc"
    )
    group.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=seconds,
        help=f"longest wait for one answer (default: {timeout})",
    )


def connected(arguments: argparse.Namespace, url: str, timeout: float = 60.0) -> Endpoint:
    """Return the endpoint that the options lead to."""
    from eurohpc_kg.endpoint import connect

    return connect(
        url,
        store=arguments.store,
        user=arguments.user,
        timeout=arguments.timeout if arguments.timeout is not None else timeout,
        update=getattr(arguments, "update_url", ""),
        graphs=getattr(arguments, "graph_url", ""),
    )


def graph(arguments: argparse.Namespace) -> Graph:
    """Return the graph behind the endpoint, or the embedded one as of the day wanted."""
    if not arguments.endpoint:
        from eurohpc_kg.cli.days import graph as embedded

        return embedded(arguments)
    from eurohpc_kg.errors import UsageError

    if arguments.as_of or arguments.on:
        raise UsageError(
            "--endpoint does not go with --as-of or --on",
            remedy="Load that version into the store: eurohpc-kg load URL --as-of DATE",
        )
    from eurohpc_kg.endpoint.asking import graph_at
    from eurohpc_kg.repository import find_repository

    return graph_at(connected(arguments, arguments.endpoint), find_repository())
