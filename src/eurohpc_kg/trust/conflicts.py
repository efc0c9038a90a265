"""Where sources give different values for what is one thing, and which value the rule takes.

Claims of one thing and aspect whose units convert are a family; two of it that can speak of the
same and do not agree (`judge`) make the family a conflict. Documents that name things, not
numbers, disagree only where none of the things that one names fits one of the other's, and no
document names two of them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

import pyoxigraph as ox

from eurohpc_kg.labels import Names
from eurohpc_kg.names import fold
from eurohpc_kg.records import dataclass
from eurohpc_kg.sparql import Term
from eurohpc_kg.trust.claims import KINDS, RELATION, STATUS, Claim
from eurohpc_kg.trust.judge import Judge
from eurohpc_kg.trust.reading import Reader
from eurohpc_kg.trust.rule import choose, merit

_SHORTCUTS = """
SELECT ?quantity ?base ?property WHERE {
  ?property ehpc:shortcutFor ?quantity . ?quantity ehpc:defaultUnit/ehpc:baseUnit ?base
}"""

Pair = tuple[Claim, Claim]


@dataclass(frozen=True)
class Conflict:
    """Hold the claims that disagree, with those that agree with one of them, the best first.

    ``apart`` is the least that sets two that disagree apart (`judge.APART`), empty where nothing
    does. ``taken`` is the claim that ``rule`` prefers; ``shortcut`` the derived property that
    repeats its value, where there is one.
    """

    kind: str
    thing: ox.NamedNode
    aspect: ox.NamedNode
    claims: tuple[Claim, ...]
    apart: tuple[str, ...]
    taken: Claim | None
    rule: str
    shortcut: ox.NamedNode | None = None


def conflicts(names: Names, thing: ox.NamedNode | None = None) -> list[Conflict]:
    """Return the conflicts of the graph, or of one thing; those that nothing excuses first."""
    reader = Reader(names.store, names.prefixes)
    finder = _Finder(reader)
    found = [one for kind in KINDS for one in finder.conflicts(reader.claims(kind, thing))]
    return sorted(
        found,
        key=lambda one: (
            len(one.apart),
            fold(names.label(one.thing)),
            str(one.aspect),
            [merit(claim) for claim in one.claims],
        ),
    )


class _Finder:
    """Find the conflicts among claims of one kind."""

    def __init__(self, reader: Reader) -> None:
        self._judge = Judge(reader)
        self._shortcuts = {row[:2]: row[2] for row in reader.rows(_SHORTCUTS)}

    def conflicts(self, claims: Iterable[Claim]) -> Iterator[Conflict]:
        families: dict[tuple[ox.NamedNode, ox.NamedNode, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            unit = self._judge.base_unit(claim)
            families[claim.thing, claim.aspect, unit].append(claim)
        for (thing, aspect, unit), family in families.items():
            compared = [pair for pair in combinations(family, 2) if self._judge.comparable(*pair)]
            fights = [pair for pair in compared if not self._judge.agree(*pair)]
            if family[0].kind in (RELATION, STATUS):
                fights = self._between_documents(family, fights, compared)
            shortcut = self._shortcuts.get((aspect, ox.NamedNode(unit))) if unit else None
            for part in _parts(compared) if fights else ():
                inside = [pair for pair in fights if pair[0] in part]
                if not inside:
                    continue
                fighters = {claim for pair in inside for claim in pair}
                involved = {claim for pair in compared if fighters & {*pair} for claim in pair}
                taken, rule = choose(family if shortcut else involved, self._judge.agree)
                if taken is not None:
                    involved.add(taken)
                yield Conflict(
                    family[0].kind,
                    thing,
                    aspect,
                    tuple(sorted(involved, key=merit, reverse=True)),
                    min((self._judge.apart(*pair) for pair in inside), key=lambda a: (len(a), a)),
                    taken,
                    rule,
                    shortcut if isinstance(shortcut, ox.NamedNode) else None,
                )

    def _between_documents(
        self, family: list[Claim], fights: list[Pair], compared: list[Pair]
    ) -> list[Pair]:
        """Keep the pairs of documents of which nothing in the one fits anything in the other."""
        together: dict[str, set[Term]] = defaultdict(set)
        for claim in family:
            together[claim.document].add(claim.value)
        friends = {
            frozenset((one.document, other.document))
            for one, other in compared
            if self._judge.agree(one, other)
            or any({one.value, other.value} <= named for named in together.values())
        }
        return [
            (one, other)
            for one, other in fights
            if frozenset((one.document, other.document)) not in friends
        ]


def _parts(pairs: Iterable[Pair]) -> list[set[Claim]]:
    """Return the sets of claims that hang together: a count of 2024 and one of 2026 do not."""
    parts: list[set[Claim]] = []
    for pair in pairs:
        touched = [part for part in parts if part & {*pair}]
        parts = [part for part in parts if part not in touched]
        parts.append({*pair}.union(*touched))
    return parts
