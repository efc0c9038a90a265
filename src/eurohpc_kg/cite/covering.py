"""The smallest choice that meets every clause, where a clause is met by any one of its members.

What a row needs of its sources is a `Need`: a set of clauses, all of which must be met. "One of
several ways" becomes clauses too (`either`), so that all that is left is to find the smallest set
that hits each clause. That is found exactly, by branch and bound, as long as it takes no more than
`MOST_STEPS` steps; beyond that a greedy choice is taken, with nothing in it that could be left out.
Among the smallest choices the one whose members stand first in the caller's order is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

MOST_STEPS = 20_000
# Clauses that "one of several ways" may become; further ways are then not considered.
MOST_CLAUSES = 128

Clause = frozenset[str]
Need = frozenset[Clause]
Order = Callable[[str], Any]

NOTHING: Need = frozenset()
NEVER: Need = frozenset((frozenset(),))


def both(needs: Iterable[Need]) -> Need:
    """Return what is needed to meet all of several needs."""
    found = frozenset(clause for need in needs for clause in need)
    return NEVER if frozenset() in found else _without_idle(found)


def either(needs: Iterable[Need]) -> Need:
    """Return what is needed to meet any one of several needs.

    >>> sorted(map(sorted, either([frozenset({frozenset("a"), frozenset("b")}),
    ...                            frozenset({frozenset("a"), frozenset("c")})])))
    [['a'], ['b', 'c']]
    """
    ways = [need for need in dict.fromkeys(needs) if need != NEVER]
    if not ways or NOTHING in ways:
        return NEVER if not ways else NOTHING
    ways.sort(key=lambda need: (len(need), sorted(map(sorted, need))))
    shared = frozenset.intersection(*ways)
    rests = [way - shared for way in ways]
    if not all(rests):
        return shared
    joined = rests[0]
    for rest in rests[1:]:
        more = _without_idle(frozenset(a | b for a in joined for b in rest))
        if len(more) > MOST_CLAUSES:
            break
        joined = more
    return _without_idle(shared | joined)


def is_met(need: Need, chosen: frozenset[str] | set[str]) -> bool:
    """Tell whether a choice meets every clause."""
    return not any(clause.isdisjoint(chosen) for clause in need)


def smallest(need: Need, order: Order) -> tuple[list[str], bool]:
    """Return the smallest choice that meets every clause, in order, and whether that is certain.

    >>> smallest(frozenset({frozenset("ab"), frozenset("bc"), frozenset("cd")}), ord)
    (['a', 'c'], True)
    """
    chosen: list[str] = []
    is_exact = True
    for part in _parts(need):
        found, is_certain = _Search(part, order).run()
        chosen += found
        is_exact &= is_certain
    return sorted(chosen, key=order), is_exact


def _without_idle(clauses: Need) -> Need:
    """Leave out clauses that are met whenever another is."""
    if len(clauses) < 2:
        return clauses
    single = {member for clause in clauses if len(clause) == 1 for member in clause}
    kept = [c for c in clauses if len(c) == 1 or c.isdisjoint(single)]
    if len(kept) > 4 * MOST_CLAUSES:
        return frozenset(kept)
    kept.sort(key=len)
    found: list[Clause] = []
    for clause in kept:
        if not any(less <= clause for less in found):
            found.append(clause)
    return frozenset(found)


def _parts(need: Need) -> list[list[Clause]]:
    """Sort clauses into parts that have no member in common."""
    part_of: dict[str, list[Clause]] = {}
    for clause in need:
        joined = [clause]
        for part in {id(part_of[m]): part_of[m] for m in clause if m in part_of}.values():
            joined += part
        for one in joined:
            part_of.update(dict.fromkeys(one, joined))
    return list({id(part): part for part in part_of.values()}.values())


class _Search:
    """Search the smallest choice for clauses that hang together."""

    def __init__(self, clauses: Iterable[Clause], order: Order) -> None:
        self.order = order
        self.clauses = _without_idle(frozenset(clauses))
        self.steps = 0
        self.best: tuple[int, list[Any]] | None = None
        self.chosen: list[str] = []

    def run(self) -> tuple[list[str], bool]:
        self.chosen = self._greedy()
        self.best = self._merit(self.chosen)
        self._search([], self.clauses)
        return self.chosen, self.steps <= MOST_STEPS

    def _merit(self, chosen: list[str]) -> tuple[int, list[Any]]:
        return (len(chosen), sorted(map(self.order, chosen)))

    def _search(self, chosen: list[str], clauses: Need) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        chosen = list(chosen)
        clauses = self._reduced(chosen, clauses)
        assert self.best is not None
        if not clauses:
            merit = self._merit(chosen)
            if merit < self.best:
                self.best, self.chosen = merit, chosen
            return
        if len(chosen) + _apart(clauses) > self.best[0]:
            return
        branch = min(clauses, key=lambda clause: (len(clause), sorted(map(self.order, clause))))
        excluded: set[str] = set()
        for member in sorted(branch, key=self.order):
            rest = frozenset(c - excluded for c in clauses if member not in c)
            if frozenset() not in rest:
                self._search([*chosen, member], rest)
            excluded.add(member)

    def _reduced(self, chosen: list[str], clauses: Need) -> Need:
        """Choose what must be, and leave out members in whose place a better one would do."""
        while True:
            clauses = _without_idle(clauses)
            forced = sorted({next(iter(c)) for c in clauses if len(c) == 1}, key=self.order)
            if forced:
                chosen += forced
                clauses = frozenset(c for c in clauses if c.isdisjoint(forced))
                continue
            idle = self._outdone(clauses)
            if not idle:
                return clauses
            clauses = frozenset(clause - idle for clause in clauses)

    def _outdone(self, clauses: Need) -> set[str]:
        """Return members that meet nothing which one that is better in the order does not."""
        meets: dict[str, set[Clause]] = {}
        for clause in clauses:
            for member in clause:
                meets.setdefault(member, set()).add(clause)
        members = sorted(meets, key=self.order)
        if len(members) > 4 * MOST_CLAUSES:
            return set()
        return {
            member
            for i, member in enumerate(members)
            if any(meets[member] <= meets[better] for better in members[:i])
        }

    def _greedy(self) -> list[str]:
        """Take what meets most, again and again; then leave out what the others make idle."""
        chosen: list[str] = []
        left = set(self.clauses)
        while left:
            counts: dict[str, int] = {}
            for clause in left:
                for member in clause:
                    counts[member] = counts.get(member, 0) + 1
            best = min(counts, key=lambda member: (-counts[member], self.order(member)))
            chosen.append(best)
            left = {clause for clause in left if best not in clause}
        for member in sorted(chosen, key=self.order, reverse=True):
            others = set(chosen) - {member}
            if is_met(self.clauses, others):
                chosen.remove(member)
        return chosen


def _apart(clauses: Need) -> int:
    """Return a number of clauses without common members: at least so many must be chosen."""
    seen: set[str] = set()
    count = 0
    for clause in sorted(clauses, key=len):
        if clause.isdisjoint(seen):
            seen |= clause
            count += 1
    return count
