"""The views: triples that follow by a written rule which OWL can't say, as CONSTRUCT queries.

A view in ``queries/views`` names every predicate that it reads; only triples with these predicates
are put before it. See ``docs/decisions`` on reasoning for how views and closure take turns.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, Store, Triple

from eurohpc_kg.errors import EncodingError, QuerySyntaxError
from eurohpc_kg.reason.vocabulary import TYPE
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository

_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"(?<![\w?$<:/#-])([A-Za-z][\w-]*):([\w-]+(?:\.[\w-]+)*)")
_IRI = re.compile(r"<([^>\s]*)>")
_WHERE = re.compile(r"\bWHERE\b", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


@dataclass(frozen=True)
class View:
    """Hold one view: the name of its file, its query, and the IRIs that it reads by name."""

    name: str
    place: str
    text: str
    reads: frozenset[NamedNode]

    @cached_property
    def names(self) -> frozenset[str]:
        """Return what the view reads as N-Triples, ``rdf:type`` included."""
        return frozenset(map(str, read_by([self])))


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
    return View(path.stem, place, text, frozenset(_names_read(text)))


def read_by(views: Iterable[View]) -> frozenset[NamedNode]:
    """Return the predicates and classes that views read; ``rdf:type`` is among them."""
    return frozenset({TYPE, *(name for view in views for name in view.reads)})


def is_read(statement: Quad | Triple, names: Container[object]) -> bool:
    """Tell whether a query that reads ``names`` can see a statement."""
    predicate = statement.predicate
    return predicate in names and (predicate != TYPE or statement.object in names)


def evaluate_views(views: Sequence[View], quads: Iterable[Quad]) -> dict[str, set[Triple]]:
    """Return what each view makes of ``quads``; the default graph is the union of all graphs.

    Raises `QuerySyntaxError` for a view that is not a CONSTRUCT query.
    """
    names = read_by(views)
    store = Store()
    store.extend(quad for quad in quads if is_read(quad, names))
    return ask_views(views, store)


def ask_views(views: Sequence[View], store: Store) -> dict[str, set[Triple]]:
    """Return what each view makes of a store that has all that one of them reads."""
    return {view.name: _construct(view, store) for view in views}


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


def _names_read(text: str) -> Iterable[NamedNode]:
    """Yield the IRIs in the WHERE clause."""
    query = _COMMENT.sub("", text)
    prefixes = dict(_PREFIX.findall(query))
    clause = _WHERE.split(query, 1)[-1]
    for iri in _IRI.findall(clause):
        yield NamedNode(iri)
    for prefix, local in _NAME.findall(clause):
        if prefix in prefixes:
            yield NamedNode(prefixes[prefix] + local)
