"""From the rows of a query to what each rests on: its solutions, and the patterns of each.

A `Block` is a query or sub-query. Its rows are looked up among its solutions: a plain row rests on
any one solution that gives it, a row of a GROUP BY on all members of its group. Sub-queries are
blocks of their own, and EXISTS is asked for the solutions at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isclose

import pyoxigraph as ox

from eurohpc_kg.cite.asking import Asking, Row, place_text, values_text
from eurohpc_kg.cite.evidence import AllOf, AnyOf, Evidence
from eurohpc_kg.cite.patterns import MOST_SOLUTIONS, Patterns, Solutions, value_of
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.results.asking import list_columns, with_sorted
from eurohpc_kg.sparql import Term
from eurohpc_kg.sparql.parts import Column, Key, Place, Query, SubQuery, assigned, variables

# Aggregates that say the same when a value comes twice.
_BLIND = frozenset(("MIN", "MAX", "SAMPLE"))

_NUMBERS = frozenset(ox.NamedNode(XSD + name) for name in ("integer", "decimal", "double", "float"))

RowKey = tuple[Term | None, ...]


class Block:
    """Find what the rows of one query rest on."""

    def __init__(
        self,
        asking: Asking,
        query: Query,
        names: Iterable[str] = (),
        graph: Place | None = None,
        is_top: bool = False,
    ) -> None:
        """``names`` are the columns of the rows; ``graph`` the GRAPH that the query stands in."""
        self.asking = asking
        self.query = query
        self.names = tuple(names) or tuple(sorted(variables(query.group)))
        self.graph = graph
        self.group = Patterns(asking, query.group, graph, self._inner)
        self._dataset = query.dataset if is_top else ""
        self._table: dict[RowKey, Solutions] | None = None
        self._groups: dict[RowKey, list[RowKey]] | None = None

    def evidence(self, row: Row) -> Evidence | None:
        """Return what a row rests on, or ``None`` where no solution gives it."""
        if self.query.is_grouped:
            return self._of_groups(row)
        solutions = self._found(tuple(row.get(name) for name in self.names))
        return self.group.any_of(solutions) if solutions else None

    def prepare(self, rows: Iterable[Row]) -> None:
        """Look only these rows up, where asking for all would be much more."""
        query = self.query
        if query.is_grouped or not query.is_cut:
            return
        made = assigned(query.group) | {column.name for column in query.columns if column.text}
        names = [name for name in self.names if name not in made]
        wanted = {tuple(row.get(name) for name in names) for row in rows}
        if names and not any(isinstance(term, ox.BlankNode) for key in wanted for term in key):
            self._fill(values_text(names, sorted(wanted, key=str)))

    def solutions(self, limit: int = 0) -> Iterator[dict[str, Term]]:
        """Yield the solutions of the query's group, without regard to its rows."""
        return self.asking.solutions(
            self.query.group,
            graph=self.graph,
            more=self.query.values,
            dataset=self._dataset,
            limit=limit,
        )

    def _inner(self, element: SubQuery, graph: Place | None) -> Block:
        names = [column.name for column in element.query.columns]
        return Block(self.asking, element.query, names, graph)

    def _fill(self, values: str = "") -> dict[RowKey, Solutions]:
        """Ask for the solutions, and sort them by the row, or by the group, that they give."""
        query = self.query
        computed: list[Column | Key] = [key for key in query.keys if key.text]
        names = [key.name for key in query.keys]
        most = 0
        if not query.is_grouped:
            computed = [column for column in query.columns if column.text]
            names, most = list(self.names), MOST_SOLUTIONS
        binds = " ".join(f"BIND({one.text} AS ?{one.name})" for one in computed)
        table: dict[RowKey, Solutions] = {}
        for solution in self.asking.solutions(
            query.group,
            graph=self.graph,
            values=values,
            more=f"{query.values} {binds}",
            dataset=self._dataset,
        ):
            same = table.setdefault(tuple(solution.get(name) for name in names), [])
            if not most or len(same) < most:
                same.append(solution)
        self._table = table
        return table

    def _found(self, key: RowKey) -> Solutions:
        """Return the solutions of a row; what they leave open may be anything in it."""
        table = self._table if self._table is not None else self._fill()
        if key in table:
            return table[key]
        return [s for other, solutions in table.items() if _agrees(other, key) for s in solutions]

    def _of_groups(self, row: Row) -> Evidence | None:
        keys = [key.name for key in self.query.keys]
        if set(keys) <= {column.name for column in self.query.columns if not column.text}:
            groups = [tuple(row.get(name) for name in keys)]
        else:
            groups = self._groups_of(tuple(row.get(name) for name in self.names))
        table = self._table if self._table is not None else self._fill()
        if not keys:
            return self._members(table.get((), []))
        found = [self._members(table[key]) for key in groups if key in table]
        return found[0] if len(found) == 1 else AnyOf(found) if found else None

    def _groups_of(self, key: RowKey) -> list[RowKey]:
        """Return the groups that give a row, where the row does not show what it is grouped by."""
        lists = list_columns(self.names)
        if self._groups is None:
            query, text = self.query, self.asking.text.text
            columns = " ".join(f"({c.text} AS ?{c.name})" if c.text else f"?{c.name}"
                               for c in query.columns)  # fmt: skip
            shown = {column.name for column in query.columns}
            columns += "".join(f" ?{key.name}" for key in query.keys if key.name not in shown)
            keys = " ".join(f"({k.text} AS ?{k.name})" if k.text else f"?{k.name}"
                            for k in query.keys)  # fmt: skip
            end = f" GROUP BY {keys}" if keys else ""
            end += f" HAVING {query.having}" if query.having else ""
            body = text[query.group.start : query.group.end]
            if self.graph is not None:
                body = f"{{ GRAPH {place_text(self.graph)} {body} }}"
            self._groups = {}
            for row in self.asking.rows(f"SELECT {columns} {self._dataset} WHERE {body}{end}"):
                whole = with_sorted((row.get(name) for name in self.names), lists)
                group = tuple(row.get(k.name) for k in query.keys)
                self._groups.setdefault(whole, []).append(group)
        whole = with_sorted(key, lists)
        if whole in self._groups:
            return self._groups[whole]
        same = (groups for other, groups in self._groups.items() if _agrees(other, whole))
        return [group for groups in same for group in groups]

    def _members(self, solutions: Solutions) -> Evidence:
        """Return what a group rests on: each member; one way for each value, where that is all."""
        aggregates = [one for column in self.query.columns for one in column.aggregates]
        values = [argument for _, _, argument in aggregates]
        is_blind = all(distinct or name in _BLIND for name, distinct, _ in aggregates)
        if self.query.having or not is_blind or not all(map(_is_variable, values)):
            self.group.prepare(solutions)
            return AllOf(self.group.of(solution) for solution in solutions)
        ways = [way for value in dict.fromkeys(values) for way in _by_value(solutions, value[1:])]
        if not ways and self.query.keys:  # the group is there, whatever its members have
            ways = [solutions[:MOST_SOLUTIONS]]
        return AllOf(map(self.group.any_of, ways))


def _by_value(solutions: Solutions, name: str) -> list[Solutions]:
    """Sort solutions by what they have for a variable, as many for each as are compared."""
    found: dict[Term, Solutions] = {}
    for solution in solutions:
        if name in solution:
            same = found.setdefault(solution[name], [])
            if len(same) < MOST_SOLUTIONS:
                same.append(solution)
    return list(found.values())


def made_triples(query: Query, solution: Row) -> Iterator[RowKey]:
    """Yield the triples that a CONSTRUCT makes of a solution; a blank node is ``None``."""
    for pattern in query.template:
        places = (pattern.subject, pattern.verb, pattern.object)
        yield tuple(without_blank(value_of(place, solution)) for place in places)  # type: ignore[arg-type]


def without_blank(term: Term | None) -> Term | None:
    """Return a term, or ``None`` for a blank node: each time that one is made it is another."""
    return None if isinstance(term, ox.BlankNode) else term


def _agrees(found: RowKey, asked: RowKey) -> bool:
    """Tell whether a row fits, where what the one leaves open the other may say."""
    pairs = zip(found, asked, strict=True)
    return all(a is None or b is None or a == b or _are_the_same(a, b) for a, b in pairs)


def _are_the_same(one: Term, other: Term) -> bool:
    """Tell whether two engines mean one number: 33 and 33.0, a sum of which one keeps a zero."""
    if not (isinstance(one, ox.Literal) and isinstance(other, ox.Literal)):
        return False
    if not (one.datatype in _NUMBERS and other.datatype in _NUMBERS):
        return False
    return isclose(float(one.value), float(other.value), rel_tol=1e-12)


def _is_variable(text: str) -> bool:
    return text[:1] in ("?", "$") and text[1:].replace("_", "a").isalnum()
