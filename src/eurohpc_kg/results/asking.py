"""A query asked of a store, and what comes back as `Results`."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.errors import EndpointError, StoreError
from eurohpc_kg.labels import Names
from eurohpc_kg.results.answer import Results
from eurohpc_kg.results.wire import Cell
from eurohpc_kg.sparql import counts_solutions, require_read_only, syntax_error

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def answer(
    store: ox.Store,
    text: str,
    names: Names,
    place: str = "",
    title: str = "",
    services: Sequence[str] = (),
    merged: Callable[[], ox.Store] | None = None,
    kept: ox.QuerySolutions | None = None,
) -> Results:
    """Ask a store; the default graph is the union of all graphs, our prefixes are known.

    ``services`` are the endpoints that the query may ask besides; ``merged`` opens the same store
    with that union as its default graph (`store.merged`), for a query that counts; ``kept`` is
    what the store would answer, if that is known (`store.answers`).

    Raises `QuerySyntaxError` for a text that is not SPARQL or not read-only.
    """
    require_read_only(text, place, services)
    asked, is_union = store, True
    if merged is not None and counts_solutions(text):
        asked, is_union = merged(), False
    try:
        prefixes = dict(names.prefixes)
        found = kept or asked.query(text, prefixes=prefixes, use_default_graph_as_union=is_union)
        if isinstance(found, ox.QueryBoolean):
            value = ox.Literal(bool(found))
            return Results(("answer",), ((value,),), names, "ASK", title)
        if isinstance(found, ox.QueryTriples):
            triples = sorted((tuple(triple) for triple in found), key=str)
            return Results(
                ("subject", "predicate", "object"), tuple(triples), names, "CONSTRUCT", title
            )
        columns = tuple(variable.value for variable in found.variables)
        lists = list_columns(columns)
        rows = tuple(with_sorted(solution, lists) for solution in found)
    except SyntaxError as error:
        raise syntax_error(error, place) from error
    except OSError as error:
        if services:
            raise EndpointError(
                f"another endpoint does not answer: {error}",
                place=place,
                remedy="Try again later, or ask without it.",
            ) from error
        raise StoreError(
            f"the store can't be read: {error}", remedy="Build it again: eurohpc-kg build --force"
        ) from error
    return Results(columns, rows, names, "SELECT", title)


def with_sorted(row: Iterable[Cell], lists: Iterable[int]) -> tuple[Cell, ...]:
    """Return a row whose cells in these columns, lists of words, are sorted.

    The order inside a GROUP_CONCAT is the engine's.
    """
    cells = list(row)
    for i in lists:
        cell = cells[i]
        if isinstance(cell, ox.Literal):
            cells[i] = ox.Literal(" ".join(sorted(cell.value.split())))
    return tuple(cells)


def list_columns(columns: Iterable[str]) -> list[int]:
    """Return which columns hold lists of sources: ``sources``, ``…_sources``."""
    return [i for i, name in enumerate(columns) if name.split("_")[-1] == "sources"]
