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
from eurohpc_kg.cite.covering import NEVER, Need, smallest
from eurohpc_kg.cite.evidence import AllOf, Evidence, Stated, leaves
from eurohpc_kg.cite.patterns import MOST_SOLUTIONS, Solutions
from eurohpc_kg.cite.reading import read
from eurohpc_kg.cite.support import Said, Support, is_own
from eurohpc_kg.cite.wide import Looking, Wide, forced
from eurohpc_kg.explain import Explainer
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.results import Results
from eurohpc_kg.sources import REGISTER_GRAPH

_FROM = ox.NamedNode("http://purl.org/dc/terms/source")


def cite_rows(results: Results, query: str, explainer: Callable[[], Explainer]) -> list[Citation]:
    """Return what each row of the answer to a query rests on."""
    support = Support(results.names.store, lambda statement: explainer().prove(statement))
    citing = Citing(support, Wide(support, lambda statement: explainer().steps(statement)))
    found: dict[RowKey, Citation] = {}
    for row, evidence in zip(results.rows, _evidence(results, query), strict=True):
        if row not in found:
            found[row] = citing.citation(evidence)
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
        need = self.support.need(evidence)
        is_complete = need != NEVER
        if not is_complete:
            evidence = self._supported(evidence)
            need = self.support.need(evidence)
        look: Support | Looking = self.support
        documents, is_smallest = self._documents(need)
        looking = self._wider(evidence, documents)
        if looking is not None:
            wider = looking.need(evidence)
            fewer, is_certain = self._documents(wider)
            is_smallest = is_certain and looking.is_whole
            if self._merit(fewer) < self._merit(documents):
                need, documents, look = wider, fewer, looking
        own = self._own(need, documents)
        said = look.said(evidence, {*documents, *own}) or []
        return Citation(
            tuple(documents),
            tuple(own),
            tuple(self.addresses(said)),
            tuple(dict.fromkeys(said)),
            is_smallest,
            is_complete,
        )

    def _wider(self, evidence: Evidence, documents: list[str]) -> Looking | None:
        """Return what looks behind the statements, where that could make a document idle."""
        if not documents or forced(evidence).issuperset(documents):
            return None
        looking = Looking(self.wide)
        if len(documents) == 1 and looking.needs_document(evidence) and looking.is_whole:
            return None
        return looking

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

    def _supported(self, evidence: Evidence) -> Evidence:
        """Return the leaves that have any source at all, where not all have one."""
        return AllOf(
            leaf for leaf in dict.fromkeys(leaves(evidence)) if self.support.need(leaf) != NEVER
        )

    def addresses(self, said: list[Said]) -> dict[str, None]:
        """Return where the register has what it is cited for, as it says of each thing."""
        register = REGISTER_GRAPH.value
        subjects = dict.fromkeys(s.subject for s, graph in said if graph == register)
        found: dict[str, None] = {}
        for subject in subjects:
            if isinstance(subject, ox.NamedNode):
                for quad in self.support.store.quads_for_pattern(
                    subject, _FROM, None, REGISTER_GRAPH
                ):
                    if isinstance(quad.object, ox.NamedNode):
                        found[quad.object.value] = None
        return found


def _evidence(results: Results, query: str) -> Iterator[Evidence | None]:
    """Yield what each row rests on, by the form of the query."""
    prefixes = dict(results.names.prefixes)
    text = read(query, prefixes)
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
