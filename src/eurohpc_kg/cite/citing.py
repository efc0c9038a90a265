"""The citations of an answer: ask its query again, look up what supports each row, choose.

This module alone knows how the rows of the four forms of a query are found again among its
solutions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from eurohpc_kg.cite.asking import Asking
from eurohpc_kg.cite.blocks import Block, RowKey, made_triples, without_blank
from eurohpc_kg.cite.citation import Citation
from eurohpc_kg.cite.covering import NEVER, Need, both, smallest
from eurohpc_kg.cite.evidence import AllOf, Evidence, Stated, leaves
from eurohpc_kg.cite.patterns import MOST_SOLUTIONS, Solutions
from eurohpc_kg.cite.support import Said, Support, is_own
from eurohpc_kg.cite.wide import Looking, Wide, forced
from eurohpc_kg.errors import QuerySyntaxError
from eurohpc_kg.explain import Explainer
from eurohpc_kg.explain.facts import bring_here
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.namespaces import DCTERMS
from eurohpc_kg.results import Results
from eurohpc_kg.sources import REGISTER_GRAPH
from eurohpc_kg.sparql.cursor import UnreadError
from eurohpc_kg.sparql.reading import read

# Parts that are looked behind to see whether a document is needed in any case.
MOST_TRIED = 8
_FROM = ox.NamedNode(DCTERMS + "source")


def cite_rows(results: Results, query: str, explainer: Callable[[], Explainer]) -> list[Citation]:
    """Return what each row of the answer to a query rests on."""
    bring_here(results.names.store)
    support = Support(results.names.store, lambda statement: explainer().prove(statement))
    citing = Citing(support, Wide(support, lambda statement: explainer().steps(statement)))
    evidence = dict(zip(results.rows, _evidence(results, query), strict=True))
    support.look_up(leaf for one in evidence.values() if one for leaf in leaves(one))
    found = {row: citing.citation(one) for row, one in evidence.items()}
    return [found[row] for row in results.rows]


class Citing:
    """Choose the documents of rows: first by shortest proofs, then by all ways where that helps."""

    def __init__(self, support: Support, wide: Wide) -> None:
        self.support = support
        self.wide = wide

    def citation(self, evidence: Evidence | None) -> Citation:
        """Return the citation of a row; of one that no solution gave again, an empty one."""
        if evidence is None:
            return Citation((), is_complete=False)
        parts = list(dict.fromkeys(_conjuncts(evidence)))
        needs = [self.support.need(part) for part in parts]
        is_complete = NEVER not in needs
        if not is_complete:
            parts = self._supported(parts)
            needs = [self.support.need(part) for part in parts]
        need = both(needs)
        documents, is_smallest = self._documents(need)
        idle = self._perhaps_idle(parts, needs, documents)
        if idle:
            looking = Looking(self.wide)
            needed = set(documents) - idle
            wider = both(
                part_need if self._is_met(part_need, needed) else looking.need(part)
                for part, part_need in zip(parts, needs, strict=True)
            )
            wider = both((wider, frozenset(frozenset((one,)) for one in needed)))
            fewer, is_certain = self._documents(wider)
            is_smallest = is_certain and looking.is_whole
            if self._merit(fewer) < self._merit(documents):
                need, documents = wider, fewer
        own = self._own(need, documents)
        said = self._said(parts, {*documents, *own})
        return Citation(
            tuple(documents),
            tuple(own),
            tuple(self.addresses(said)),
            tuple(dict.fromkeys(said)),
            is_smallest,
            is_complete,
        )

    def _perhaps_idle(
        self, parts: list[Evidence], needs: list[Need], documents: list[str]
    ) -> set[str]:
        """Return the documents that other ways to the parts might do without.

        A document is needed in any case where the query names it, or where every way to one part
        needs it: then all that rests on such documents alone need not be looked behind.
        """
        idle = set(documents) - {graph for part in parts for graph in forced(part)}
        if not idle:
            return idle
        if len(documents) == 1:
            looking = Looking(self.wide)
            if looking.needs_document(AllOf(parts)) and looking.is_whole:
                return set()
            return idle
        resting: dict[str, list[Evidence]] = {}
        for part, need in zip(parts, needs, strict=True):
            for clause in need:
                if len(clause) == 1:
                    resting.setdefault(next(iter(clause)), []).append(part)
        for one in sorted(idle, key=self.support.order):
            if any(self._always_needs(part, one) for part in resting.get(one, ())[:MOST_TRIED]):
                idle.remove(one)
        return idle

    def _always_needs(self, part: Evidence, document: str) -> bool:
        """Tell whether every way to a part needs a document, as far as every way can be seen."""
        looking = Looking(self.wide)
        return frozenset((document,)) in looking.need(part) and looking.is_whole

    def _is_met(self, need: Need, documents: set[str]) -> bool:
        """Tell whether documents are enough, with what the project's own graphs say."""
        return all(any(map(is_own, clause)) or not clause.isdisjoint(documents) for clause in need)

    def _said(self, parts: list[Evidence], chosen: set[str]) -> list[Said]:
        """Return what someone wrote and what makes all parts hold by the chosen graphs."""
        looking = Looking(self.wide)
        found: list[Said] = []
        for part in parts:
            found += self.support.said(part, chosen) or looking.said(part, chosen) or ()
        return found

    def _merit(self, documents: list[str]) -> tuple[int, list[object]]:
        return len(documents), list(map(self.support.order, documents))

    def _documents(self, need: Need) -> tuple[list[str], bool]:
        """Return the smallest set of documents, for what the project's own graphs do not say."""
        rest = frozenset(clause for clause in need if not any(map(is_own, clause)))
        return smallest(rest, self.support.order)

    def _own(self, need: Need, documents: list[str]) -> list[str]:
        left = (clause for clause in need if clause.isdisjoint(documents))
        own = frozenset(frozenset(filter(is_own, clause)) for clause in left)
        return smallest(own, self.support.order)[0]

    def _supported(self, parts: list[Evidence]) -> list[Evidence]:
        """Return the leaves that have any source at all, where not all have one."""
        found = dict.fromkeys(leaf for part in parts for leaf in leaves(part))
        return [leaf for leaf in found if self.support.need(leaf) != NEVER]

    def addresses(self, said: list[Said]) -> dict[str, None]:
        """Return where the register has what it is cited for, as it says of each thing."""
        register = REGISTER_GRAPH.value
        subjects = dict.fromkeys(s.subject for s, graph in said if graph == register)
        found: dict[str, None] = {}
        for subject in subjects:
            if isinstance(subject, ox.NamedNode):
                quads = self.support.store.quads_for_pattern(subject, _FROM, None, REGISTER_GRAPH)
                there = (q.object.value for q in quads if isinstance(q.object, ox.NamedNode))
                found.update(dict.fromkeys(sorted(there)))
        return found


def _conjuncts(evidence: Evidence) -> Iterator[Evidence]:
    """Yield the parts that are all needed."""
    if isinstance(evidence, AllOf):
        for part in evidence.parts:
            yield from _conjuncts(part)
    else:
        yield evidence


def _evidence(results: Results, query: str) -> Iterator[Evidence | None]:
    """Yield what each row rests on, by the form of the query."""
    prefixes = dict(results.names.prefixes)
    try:
        text = read(query, prefixes)
    except UnreadError as error:
        raise QuerySyntaxError(
            f"the sources of a query with {error.what} can't be found",
            place=error.place,
            remedy="Write this part of the query in plain SPARQL 1.1, or ask without the sources.",
        ) from error
    form = text.query.form
    block = Block(
        Asking(text, results.names.store, prefixes), text.query, results.columns, None, is_top=True
    )
    if form == "DESCRIBE":
        yield from (Stated(Statement(*row)) for row in results.rows)  # type: ignore[arg-type]
    elif form == "CONSTRUCT":
        yield from _of_triples(results.rows, block)
    elif form == "ASK":
        held = bool(results.rows) and getattr(results.rows[0][0], "value", "") == "true"
        solutions = list(block.solutions(MOST_SOLUTIONS)) if held else []
        yield block.group.any_of(solutions) if solutions else AllOf(()) if not held else None
    else:
        rows = [
            {n: term for n, term in zip(results.columns, row, strict=True) if term is not None}
            for row in results.rows
        ]
        block.prepare(rows)
        yield from map(block.evidence, rows)


def _of_triples(rows: tuple[RowKey, ...], block: Block) -> Iterator[Evidence | None]:
    """Yield what each triple of a CONSTRUCT rests on: any solution that makes it."""
    keys = [tuple(map(without_blank, row)) for row in rows]
    found: dict[RowKey, Solutions] = {key: [] for key in keys}
    for solution in block.solutions():
        for triple in made_triples(block.query, solution):
            same = found.get(triple)
            if same is not None and len(same) < MOST_SOLUTIONS:
                same.append(solution)
    for key in keys:
        yield block.group.any_of(found[key]) if found[key] else None
