"""A query asked again so that it shows how it came to its rows.

Its text is written anew with every variable to be seen, a variable for each blank node, and a mark
for each OPTIONAL and each arm of a UNION that matched; everything else keeps the words of its
author. So the engine that answered the question is also the one that says which patterns made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from eurohpc_kg.errors import StoreError
from eurohpc_kg.sparql import Term, syntax_error, term_text
from eurohpc_kg.sparql.parts import (
    Expression,
    Group,
    InGraph,
    Optional,
    Pattern,
    Place,
    SubQuery,
    Text,
    Union,
    Verbatim,
)
from eurohpc_kg.sparql.paths import Choice, Inverse, Link, Negated, Repeat
from eurohpc_kg.sparql.paths import Sequence as Steps

Row = Mapping[str, Term]
_PATHS = (Link, Inverse, Steps, Choice, Repeat, Negated)


class Asking:
    """Ask parts of one query of one store."""

    def __init__(self, text: Text, store: ox.Store, prefixes: Mapping[str, str]) -> None:
        self.text = text
        self.store = store
        self.prefixes = prefixes

    def solutions(
        self,
        group: Group,
        *,
        graph: Place | None = None,
        values: str = "",
        more: str = "",
        dataset: str = "",
        limit: int = 0,
    ) -> Iterator[dict[str, Term]]:
        """Yield the solutions of a group, the marks among their variables.

        ``values`` is put first in the group, ``more`` after it (bindings, other values); ``graph``
        is the GRAPH that the group stands in. Each solution comes once: over the union of all
        graphs Oxigraph gives one for each graph that a triple stands in.
        """
        within = "" if graph is None else f"GRAPH {place_text(graph)} "
        body = f"{within}{self.exposed(group, values)} {more}"
        end = f" LIMIT {limit}" if limit else ""
        yield from self.rows(f"SELECT DISTINCT * {dataset} WHERE {{ {body} }}{end}")

    def rows(self, query: str) -> Iterator[dict[str, Term]]:
        """Yield the solutions of a SELECT; the prologue of the query is put before it."""
        try:
            found = self.store.query(
                self.text.prologue + query,
                prefixes=dict(self.prefixes),
                use_default_graph_as_union=True,
            )
        except SyntaxError as error:
            raise syntax_error(error, "the query asked for its sources") from error
        except OSError as error:
            raise StoreError(
                f"the store can't be read: {error}",
                remedy="Build it again: eurohpc-kg build --force",
            ) from error
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        for solution in found:
            yield {
                name: term for name, term in zip(names, solution, strict=True) if term is not None
            }

    def exposed(self, group: Group, first: str = "") -> str:
        """Return the text of a group, in its braces, with all in it to be seen."""
        return "{ " + " ".join((first, *self._parts(group))) + " }"

    def _parts(self, group: Group) -> Iterator[str]:
        text = self.text.text
        for element in group.elements:
            if isinstance(element, Pattern):
                subject, object_ = place_text(element.subject), place_text(element.object)
                yield f"{subject} {_verb(element.verb)} {object_} ."
            elif isinstance(element, InGraph):
                yield f"GRAPH {place_text(element.name)} {self.exposed(element.group)}"
            elif isinstance(element, Optional):
                yield f"OPTIONAL {self._marked(element.group, element.mark)}"
            elif isinstance(element, Union):
                arms = zip(element.groups, element.marks, strict=True)
                yield " UNION ".join(self._marked(arm, mark) for arm, mark in arms)
            elif isinstance(element, (SubQuery, Verbatim, Expression)):
                yield text[element.start : element.end]
        for element in group.elements:
            if isinstance(element, Expression) and element.marks:
                yield from self._choices(element)

    def _marked(self, group: Group, mark: str) -> str:
        body = " ".join(self._parts(group))
        return f"{{ {body} BIND(1 AS ?{mark}) }}" if mark else f"{{ {body} }}"

    def _choices(self, element: Expression) -> Iterator[str]:
        """Bind whether an expression holds without its EXISTS, and by each one of them alone."""
        for alone, mark in zip((None, *element.exists), element.marks, strict=True):
            at, end = element.inner
            parts: list[str] = []
            for exists in element.exists:
                if exists is not alone:
                    parts += [self.text.text[at : exists.start], "false"]
                    at = exists.end
            yield f"BIND({''.join(parts)}{self.text.text[at:end]} AS ?{mark})"


def values_text(names: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> str:
    """Return ``VALUES (?a ?b) { (…) … }``; what is unbound is UNDEF."""
    head = " ".join(f"?{name}" for name in names)
    lines = (" ".join("UNDEF" if t is None else term_text(t) for t in row) for row in rows)
    return f"VALUES ({head}) {{ {' '.join(f'({line})' for line in lines)} }}"


def place_text(place: Place) -> str:
    """Return a variable or a term as a query has it."""
    return f"?{place.value}" if isinstance(place, ox.Variable) else term_text(place)


def _verb(verb: object) -> str:
    return str(verb) if isinstance(verb, _PATHS) else place_text(verb)  # type: ignore[arg-type]
