"""The citations of an answer: ask its query again, look up what supports each row, choose.

This module alone knows how the rows of the four forms of a query are found again among its
solutions.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from eurohpc_kg.cite.answer import Answer, Citation
from eurohpc_kg.cite.asking import Asking
from eurohpc_kg.cite.blocks import Block, RowKey, made_triples, without_blank
from eurohpc_kg.cite.covering import NEVER, Need, smallest
from eurohpc_kg.cite.evidence import AllOf, Evidence, Stated, leaves
from eurohpc_kg.cite.patterns import MOST_SOLUTIONS, Solutions
from eurohpc_kg.cite.reading import read
from eurohpc_kg.cite.support import Said, Support, is_own
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.sources import REGISTER_GRAPH

_FROM = ox.NamedNode("http://purl.org/dc/terms/source")


def cite_rows(answer: Answer) -> list[Citation]:
    """Return what each row of an answer rests on."""
    store = answer.names.store
    support = Support(store, lambda statement: answer.explainer().prove(statement))
    found: dict[RowKey, Citation] = {}
    for row, evidence in zip(answer.rows, _evidence(answer), strict=True):
        if row not in found:
            found[row] = Citing(support).citation(evidence)
    return [found[row] for row in answer.rows]


class Citing:
    """Choose the documents of one row."""

    def __init__(self, support: Support) -> None:
        self.support = support

    def citation(self, evidence: Evidence | None) -> Citation:
        """Return the citation of a row; of one that no solution gave again, an empty one."""
        if evidence is None:
            return Citation((), is_complete=False)
        need = self.support.need(evidence)
        is_complete = need != NEVER
        if not is_complete:
            evidence = self._supported(evidence)
            need = self.support.need(evidence)
        documents, is_smallest = self._documents(need)
        own = self._own(need, documents)
        chosen = {*documents, *own}
        said = self.support.said(evidence, chosen) or []
        return Citation(
            tuple(documents),
            tuple(own),
            tuple(self._addresses(said)),
            tuple(dict.fromkeys(said)),
            is_smallest,
            is_complete,
        )

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

    def _addresses(self, said: list[Said]) -> dict[str, None]:
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


def _evidence(answer: Answer) -> Iterator[Evidence | None]:
    """Yield what each row rests on, by the form of the query."""
    prefixes = dict(answer.names.prefixes)
    text = read(answer.query, prefixes)
    query = text.query
    block = Block(
        Asking(text, answer.names.store, prefixes), query, answer.columns, None, is_top=True
    )
    if query.form == "DESCRIBE":
        yield from (Stated(Statement(*row)) for row in answer.rows)  # type: ignore[arg-type]
    elif query.form == "CONSTRUCT":
        yield from _of_triples(answer.rows, block)
    elif query.form == "ASK":
        held = bool(answer.rows) and getattr(answer.rows[0][0], "value", "") == "true"
        solutions = list(block.solutions(MOST_SOLUTIONS)) if held else []
        yield block.group.any_of(solutions) if solutions else AllOf(()) if not held else None
    else:
        rows = [
            {n: term for n, term in zip(answer.columns, row, strict=True) if term is not None}
            for row in answer.rows
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
