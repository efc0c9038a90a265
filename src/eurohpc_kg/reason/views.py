"""The views: triples that follow by a written rule which OWL can't say, as CONSTRUCT queries.

A view in ``queries/views`` names every predicate that it reads; only triples with these predicates
are put before it. See ``docs/decisions`` on reasoning for how views and closure take turns.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, Store, Triple

from eurohpc_kg.errors import EncodingError, QuerySyntaxError
from eurohpc_kg.reason.vocabulary import TYPE
from eurohpc_kg.repository import Repository

_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"(?<![\w?$<:/#-])([A-Za-z][\w-]*):([\w-]+(?:\.[\w-]+)*)")
_IRI = re.compile(r"<([^>\s]*)>")
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


@dataclass(frozen=True)
class View:
    """Hold one view: the name of its file, its query, and the IRIs that the query names."""

    name: str
    place: str
    text: str
    names: frozenset[NamedNode]


def read_views(repository: Repository) -> tuple[View, ...]:
    """Read ``queries/views/*.rq``, in the order of their names."""
    return tuple(
        read_view(path, repository.relative(path)) for path in sorted(repository.views.glob("*.rq"))
    )


def read_view(path: Path, place: str) -> View:
    """Read one view; raise `EncodingError` where the file is not UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"byte {error.start} is not UTF-8", place=place, remedy="Save the file as UTF-8."
        ) from None
    return View(path.stem, place, text, frozenset(_names(text)))


def evaluate_views(views: Sequence[View], quads: Iterable[Quad]) -> dict[str, set[Triple]]:
    """Return what each view makes of ``quads``; the default graph is the union of all graphs.

    Raises `QuerySyntaxError` for a view that is not a CONSTRUCT query.
    """
    names = {name for view in views for name in view.names}
    store = Store()
    store.extend(quad for quad in quads if is_read(quad, names))
    return {view.name: _construct(view, store) for view in views}


def is_read(statement: Quad | Triple, names: Container[object]) -> bool:
    """Tell whether a query that names ``names`` can see a statement."""
    if statement.predicate == TYPE:
        return statement.object in names
    return statement.predicate in names


def _construct(view: View, store: Store) -> set[Triple]:
    try:
        result = store.query(view.text, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise QuerySyntaxError(
            str(error), place=view.place, remedy="Mend the query; a view is a CONSTRUCT query."
        ) from None
    if not isinstance(result, QueryTriples):
        raise QuerySyntaxError(
            "the view does not make triples",
            place=view.place,
            remedy="Write a CONSTRUCT query, or move the file to queries/questions.",
        )
    return set(result)


def _names(text: str) -> Iterable[NamedNode]:
    query = _COMMENT.sub("", text)
    prefixes = dict(_PREFIX.findall(query))
    for iri in _IRI.findall(query):
        yield NamedNode(iri)
    for prefix, local in _NAME.findall(query):
        if prefix in prefixes:
            yield NamedNode(prefixes[prefix] + local)
