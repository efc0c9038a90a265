"""rdflib, made quick enough for the whole graph without a change to a query.

rdflib joins in the order in which a query is written, tries each pair of rows, and goes through
all named graphs wherever ``GRAPH ?source`` stands: over this graph, hours. The functions here hang
on its own hook for that (``CUSTOM_EVALS``). They choose where rdflib looks first, and leave what
it finds there, and what it makes of it, to rdflib. Two of its departures from SPARQL 1.1 go:

- a sub-query is evaluated by itself (section 18.2.1), not with what stands around it filled in;
- what has no value sorts first (section 15.1); rdflib ends with a `TypeError`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.paths import AlternativePath, InvPath, Path
from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.evaluate import evalBGP, evalLazyJoin, evalPart
from rdflib.plugins.sparql.evalutils import _ebv, _join, _val
from rdflib.plugins.sparql.parserutils import CompValue, value
from rdflib.plugins.sparql.sparql import AlreadyBound, Bindings, FrozenBindings, QueryContext

from eurohpc_kg.results import Results
from eurohpc_kg.sparql import term_text

# What a path costs with both ends known, with one, with none.
_PATH_COSTS = (3.0, 30.0, 1e9)
_NO_VALUE = (-1, "")
# Where more graphs than these have a match, each match is filled in: a graph is slow to look into.
MANY_GRAPHS = 50

Cells = Counter[tuple[str, ...]]


class QuickRdflib:
    """Ask one dataset."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self.dataset = dataset
        self.count = 0
        self.by_predicate: Counter[Any] = Counter()
        self.by_value: Counter[tuple[Any, Any]] = Counter()
        subjects, objects = defaultdict(set), defaultdict(set)
        for (subject, predicate, object_), _ in dataset.store.triples((None, None, None), None):
            self.count += 1
            self.by_predicate[predicate] += 1
            self.by_value[predicate, object_] += 1
            subjects[predicate].add(subject)
            objects[predicate].add(object_)
        self.subjects = {predicate: len(found) for predicate, found in subjects.items()}
        self.objects = {predicate: len(found) for predicate, found in objects.items()}
        self._sub_queries: dict[tuple[int, Any], list[FrozenBindings]] = {}

    def cells(self, text: str, columns: Sequence[str]) -> Cells:
        """Return the rows of the answer to a query as text, each as often as it comes."""
        self._sub_queries.clear()
        CUSTOM_EVALS["quick"] = self._evaluate
        try:
            return rdflib_cells(self.dataset, text, columns)
        finally:
            del CUSTOM_EVALS["quick"]

    def _evaluate(self, ctx: QueryContext, part: CompValue) -> Iterable[FrozenBindings]:
        if part.name == "BGP":
            return evalBGP(ctx, self._ordered(ctx, part.triples))
        if part.name == "Join":
            if _can_be_looked_up(part.p2, set(part.p1._vars or ()) | set(ctx.bindings)):
                return evalLazyJoin(ctx, part)
            return _hashed(evalPart(ctx, part.p1), evalPart(ctx, part.p2))
        if part.name == "Graph" and ctx[part.term] is None:
            return self._in_graphs(ctx, part)
        if _is_sub_query(part):
            return self._sub_query(ctx, part)
        if part.name == "LeftJoin" and _is_sub_query(part.p2):
            return self._with_optional(ctx, part)
        if part.name == "OrderBy":
            return _in_order(ctx, part)
        raise NotImplementedError  # so rdflib does it

    def _ordered(self, ctx: QueryContext, triples: Iterable[Any]) -> list[Any]:
        """Put first what matches least, given what those before it bind."""
        left, known, found = list(triples), set(ctx.bindings), []
        while left:
            best = min(left, key=lambda triple: self._matches(ctx, triple, known))
            left.remove(best)
            found.append(best)
            known.update(filter(_is_variable, best))
        return found

    def _matches(self, ctx: QueryContext, triple: Any, known: set[Any]) -> float:
        """Estimate how many triples match; of what is bound later only that it will be is known."""
        subject, predicate, object_ = (ctx[t] if _is_variable(t) else t for t in triple)
        has_subject = subject is not None or triple[0] in known
        has_object = object_ is not None or triple[2] in known
        if isinstance(predicate, Path):
            return _PATH_COSTS[2 - has_subject - has_object]
        if predicate is None:
            many = self.count**0.5
            return self.count / (many if has_subject else 1) / (many if has_object else 1)
        found = float(self.by_predicate[predicate])
        if found and object_ is not None:
            found = float(self.by_value[predicate, object_])
        elif found and has_object:
            found /= self.objects[predicate]
        return found / self.subjects[predicate] if found and has_subject else found

    def _in_graphs(self, ctx: QueryContext, part: CompValue) -> Iterator[FrozenBindings]:
        """Look into the graphs that have a match for one of the patterns, not into all."""
        choices = [simple for triple in _certain(part.p) if (simple := _simple(triple))]
        best = min(
            choices, key=lambda c: sum(self._matches(ctx, t, set()) for t in c), default=None
        )
        if best is None:
            names = {graph.identifier for graph in self.dataset.contexts()}
            found = {name: [()] for name in names - {self.dataset.default_context.identifier}}
        else:
            found = self._found_in_graphs(ctx, best)
        before = ctx.graph
        for name in sorted(found):
            for bound in found[name] if len(found) > MANY_GRAPHS else [()]:
                within = ctx.pushGraph(self.dataset.get_context(name)).push()
                try:
                    for variable, term in bound:
                        within[variable] = term
                except AlreadyBound:
                    continue
                for row in _join(evalPart(within, part.p), [{part.term: name}]):
                    row.ctx.graph = before
                    yield row

    def _found_in_graphs(self, ctx: QueryContext, patterns: list[Any]) -> dict[Any, list[Any]]:
        """Return graph -> what each match in it binds; of several patterns, nothing."""
        found: dict[Any, list[Any]] = defaultdict(list)
        for pattern in patterns:
            terms = tuple(ctx[term] if _is_variable(term) else term for term in pattern)
            for triple, graphs in self.dataset.store.triples(terms, None):
                bound = [(t, v) for t, v in zip(pattern, triple, strict=True) if _is_variable(t)]
                for graph in graphs:
                    if graph is not None:
                        found[graph.identifier].append(bound)
        return found if len(patterns) == 1 else {name: [()] for name in found}

    def _sub_query(self, ctx: QueryContext, part: CompValue) -> Iterator[FrozenBindings]:
        key = (id(part), ctx.graph.identifier)
        if key not in self._sub_queries:
            alone = ctx.clone()
            alone.bindings = Bindings()
            self._sub_queries[key] = list(evalPart(alone, part.p))
        here = ctx.solution()
        for row in self._sub_queries[key]:
            if row.compatible(here):
                yield row.merge(here)

    def _with_optional(self, ctx: QueryContext, part: CompValue) -> Iterator[FrozenBindings]:
        left = list(evalPart(ctx, part.p1))
        found = _Table(left, list(evalPart(ctx, part.p2)))
        for row in left:
            rows = [more for more in found.merged(row) if _ebv(part.expr, more.forget(ctx))]
            yield from rows or [row]


def rdflib_cells(dataset: rdflib.Dataset, text: str, columns: Sequence[str]) -> Cells:
    """Return the rows of an answer of rdflib as text, each as often as it comes."""
    return Counter(
        tuple(_cell(row.get(rdflib.Variable(name)), name) for name in columns)
        for row in dataset.query(text).bindings
        if row  # of no solutions rdflib makes one empty group; SPARQL 1.1, 18.5.1, makes none
    )


def our_cells(answer: Results) -> Cells:
    """Return the rows of an answer of ours as text, each as often as it comes."""
    return Counter(
        tuple("" if cell is None else term_text(cell) for cell in row) for row in answer.rows
    )


def _cell(term: rdflib.term.Node | None, column: str) -> str:
    if term is None:
        return ""
    if isinstance(term, rdflib.URIRef):
        return f"<{term}>"
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return term_text(ox.Literal(str(term), language=term.language))
    text = " ".join(sorted(term.split())) if column == "sources" else str(term)
    if term.datatype == rdflib.XSD.decimal and "." in text:
        text = f"{Decimal(text):f}".rstrip("0").rstrip(".")  # a sum keeps its zeros in rdflib
    return term_text(
        ox.Literal(text, datatype=ox.NamedNode(term.datatype) if term.datatype else None)
    )


class _Table:
    """Hold rows by the variables that all rows of both sides of a join have."""

    def __init__(self, left: list[FrozenBindings], right: list[FrozenBindings]) -> None:
        self._shared = set.intersection(*map(set, left), *map(set, right)) if left else set()
        self._rows: dict[tuple[Any, ...], list[FrozenBindings]] = defaultdict(list)
        for row in right:
            self._rows[self._key(row)].append(row)

    def merged(self, row: FrozenBindings) -> Iterator[FrozenBindings]:
        for other in self._rows.get(self._key(row), ()):
            if row.compatible(other):
                yield row.merge(other)

    def _key(self, row: FrozenBindings) -> tuple[Any, ...]:
        return tuple(row[name] for name in self._shared)


def _hashed(
    left: Iterable[FrozenBindings], right: Iterable[FrozenBindings]
) -> Iterator[FrozenBindings]:
    rows = list(left)
    table = _Table(rows, list(right)) if rows else None
    for row in rows:
        assert table is not None
        yield from table.merged(row)


def _in_order(ctx: QueryContext, part: CompValue) -> list[FrozenBindings]:
    rows = list(evalPart(ctx, part.p))
    for by in reversed(part.expr):

        def key(row: FrozenBindings, by: CompValue = by) -> Any:
            return _val(value(row, by.expr, variables=True)) or _NO_VALUE

        rows.sort(key=key, reverse=by.order == "DESC")
    return rows


def _is_variable(term: Any) -> bool:
    return isinstance(term, rdflib.Variable | rdflib.BNode)


def _is_sub_query(part: CompValue) -> bool:
    return part.name == "ToMultiSet" and part.p.name != "values"


def _can_be_looked_up(part: CompValue, known: set[Any]) -> bool:
    """Tell whether a side of a join means the same with what the other side binds filled in."""
    if part.name in ("Graph", "Filter"):
        return _can_be_looked_up(part.p, known)
    if part.name in ("Join", "Union"):
        return all(_can_be_looked_up(side, known) for side in (part.p1, part.p2))
    if part.name == "Extend":
        return part.var not in known and _can_be_looked_up(part.p, known)
    return part.name == "BGP" or (part.name == "ToMultiSet" and part.p.name == "values")


def _certain(part: CompValue) -> Iterator[Any]:
    """Yield the triple patterns that must match where a group does."""
    if part.name == "BGP":
        yield from part.triples
    elif part.name in ("Filter", "Extend"):
        yield from _certain(part.p)
    elif part.name in ("Join", "LeftJoin", "Minus"):
        yield from _certain(part.p1)
        if part.name == "Join":
            yield from _certain(part.p2)


def _simple(triple: Any) -> list[Any]:
    """Return the patterns one of which matches where a pattern does; none where that is unclear."""
    subject, predicate, object_ = triple
    if isinstance(predicate, AlternativePath):
        choices = [_simple((subject, choice, object_)) for choice in predicate.args]
        return [one for choice in choices for one in choice] if all(choices) else []
    if isinstance(predicate, InvPath):
        return _simple((object_, predicate.arg, subject))
    return [] if isinstance(predicate, Path) else [triple]
