"""A view asked about one statement: its text with what is known put where it helps.

A view is written to be run once over everything. To explain one statement its own values are put
in as ``VALUES``, at the start of ``WHERE``, of sub-queries that hand these variables on, and of
the arms of unions; and so are the few nodes that a pattern leads to from there (*the records of
this thing*), because an engine starts from what is named. None of that changes which answers the
statement has. Where many statements are asked about, one after the other, the view is run once as
it was written, and the rest is looked up in what it gave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

import pyoxigraph as ox

from eurohpc_kg.explain.facts import Facts
from eurohpc_kg.explain.proof import Place
from eurohpc_kg.explain.view_parts import (
    ReadView,
    given,
    handed,
    is_empty_with_its_group,
    required,
)
from eurohpc_kg.sparql import Term, term_text
from eurohpc_kg.sparql.parts import Element, Group, SubQuery, Union

# A pattern that leads to more nodes than this is not worth naming them.
MOST_NODES = 2_000

# After so many statements a view is run as a whole: that takes as long as some hundred of them.
MOST_TIMES = 100

Row = Mapping[str, Term]
_Known = dict[str, tuple[Term, ...]]
# Where a group begins, and which variables are known.
_Asking = tuple[int, tuple[str, ...]]
_Table = dict[tuple[Term, ...], list[dict[str, Term]]]


class Asked:
    """Run parts of one view over one store, for one statement after the other."""

    def __init__(self, view: ReadView, facts: Facts) -> None:
        self.view = view
        self.facts = facts
        self._times: Counter[_Asking] = Counter()
        self._tables: dict[_Asking, _Table] = {}

    def rows(self, group: Group, row: Row) -> list[dict[str, Term]]:
        """Return the solutions of a group that agree with ``row``, in a fixed order."""
        asking = (group.start, tuple(sorted(row)))
        table = self._tables.get(asking)
        if table is None and self._is_empty(group, _known(row)):
            return []
        if table is None and self._times[asking] >= MOST_TIMES:
            table = self._tables[asking] = self._table(group, asking[1])
        if table is None:
            self._times[asking] += 1
            found = self._select(self._text(group, _known(row)))
        else:
            found = table.get(tuple(row[name] for name in asking[1]), []) + table.get((), [])
        agreeing = [
            r for r in found if all(r.get(name, term) == term for name, term in row.items())
        ]
        return sorted(agreeing, key=lambda r: [(name, str(r[name])) for name in sorted(r)])

    def _table(self, group: Group, names: tuple[str, ...]) -> _Table:
        """Return all solutions by what these variables are; those that lack any, by ()."""
        table: _Table = {}
        for found in self._select(self.view.view.text[group.start : group.end]):
            is_whole = names and all(name in found for name in names)
            key = tuple(found[name] for name in names) if is_whole else ()
            table.setdefault(key, []).append(found)
        return table

    def _select(self, body: str) -> list[dict[str, Term]]:
        text = f"{self.view.prologue}SELECT DISTINCT * WHERE {body}"
        solutions = self.facts.store.query(text, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return [
            {name: value for name, value in zip(names, solution, strict=True) if value is not None}
            for solution in solutions
        ]

    def holds(self, group: Group, row: Row) -> bool:
        """Tell whether a group has a solution that agrees with ``row``."""
        text = f"{self.view.prologue}ASK {self._text(group, _known(row))}"
        return bool(self.facts.store.query(text, use_default_graph_as_union=True))

    def _text(self, group: Group, known: _Known) -> str:
        """Return the text of a group, in its braces, with what is known put in."""
        known = {**known, **(self._led_to(group, known) or {})}
        text = self.view.view.text
        at = group.start + 1
        parts = [text[group.start : at], _values(group, known)]
        for inner, inside in self._inner(group, known):
            parts += [text[at : inner.start], self._text(inner, inside)]
            at = inner.end
        return "".join([*parts, text[at : group.end]])

    def _inner(self, group: Group, known: _Known) -> Iterator[tuple[Group, _Known]]:
        """Yield the groups within a group that what is known may be put in, and what of it."""
        for element in group.elements:
            if isinstance(element, Union):
                yield from ((arm, known) for arm in element.groups)
            elif isinstance(element, SubQuery) and handed(element.query):
                yield element.query.group, _handed(element, known)

    def _is_empty(self, group: Group, known: _Known) -> bool:
        """Tell whether one look at each pattern shows already that nothing fits."""
        led_to = self._led_to(group, known)
        if led_to is None:
            return True
        known = {**known, **led_to}
        return any(self._adds_nothing(element, known) for element in group.elements)

    def _adds_nothing(self, element: Element, known: _Known) -> bool:
        if isinstance(element, Union):
            return all(self._is_empty(arm, known) for arm in element.groups)
        if isinstance(element, SubQuery) and is_empty_with_its_group(element.query):
            return self._is_empty(element.query.group, _handed(element, known))
        return False

    def _led_to(self, group: Group, known: _Known) -> _Known | None:
        """Return the nodes that patterns lead to from what is known, where they are few.

        Returns ``None`` where nothing fits one of the patterns.
        """
        found: _Known = {}
        for pattern in required(group):
            is_open = [p for p in pattern if isinstance(p, ox.Variable) and p.value not in known]
            choices = [_choices(place, known) for place in pattern]
            if len(is_open) > 1 or any(len(terms) != 1 for terms in choices):
                continue
            fits = list(islice(self.facts.matching(*(c[0] for c in choices)), MOST_NODES + 1))
            if not fits:
                return None
            if is_open and len(fits) <= MOST_NODES and is_open[0].value not in found:
                at = pattern.index(is_open[0])
                nodes = tuple(dict.fromkeys(statement[at] for statement in fits))
                if not any(isinstance(node, ox.BlankNode) for node in nodes):
                    found[is_open[0].value] = nodes
        return found


def _known(row: Row) -> _Known:
    return {name: (term,) for name, term in row.items() if not isinstance(term, ox.BlankNode)}


def _handed(element: SubQuery, known: _Known) -> _Known:
    """Return what is known of the variables that a sub-query hands on."""
    return {name: known[name] for name in handed(element.query) if name in known}


def _choices(place: Place, known: _Known) -> tuple[Term | None, ...]:
    if isinstance(place, ox.Variable):
        return known.get(place.value, (None,))
    return (place,)


def _values(group: Group, known: _Known) -> str:
    if any(isinstance(element, SubQuery) for element in group.elements):
        return ""  # the braces of a sub-query take nothing before SELECT
    lines = []
    for name in sorted(known.keys() & given(group)):
        terms = " ".join(map(term_text, known[name]))
        lines.append(f" VALUES ?{name} {{ {terms} }}")
    return "".join(lines)
