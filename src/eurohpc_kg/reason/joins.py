"""The premises of a rule, joined: what a fact that fits one lets be looked up of the others."""

from __future__ import annotations

from eurohpc_kg.reason.encoding import EncodedRule, Fact

Bindings = dict[int, int]


class Join:
    """Hold one premise that a new fact may fit, and the others in the order to look them up.

    ``needs`` is the predicate of the first of these, negative where it takes any. ``pair`` is the
    same as one look-up, where it is one.
    """

    __slots__ = ("needs", "pair", "rest", "rule", "trigger")

    def __init__(self, rule: EncodedRule, trigger: Fact, rest: tuple[Fact, ...]) -> None:
        self.rule = rule
        self.trigger = trigger
        self.rest = rest
        self.needs = rest[0][1] if rest else -1
        self.pair = pair_of(rule, trigger, rest)


class Pair:
    """Hold a rule of two premises as one look-up: of the second, by what the first has in common.

    Places are numbers of terms, or stand for the subject and the object of the fact that fits the
    first premise (-1, -2) and for what is found (-3).
    """

    __slots__ = ("distinct", "head", "is_by_subject", "key", "wanted")

    def __init__(self, second: Fact, head: Fact, distinct: tuple[tuple[int, int], ...]) -> None:
        self.is_by_subject = second[0] != -3
        self.key, self.wanted = (second[0], second[2]) if self.is_by_subject else (second[2], -3)
        self.head, self.distinct = head, distinct

    def heads(self, fact: Fact, index: dict[int, list[int]]) -> list[Fact]:
        """Return what follows from a fact; ``index`` has what each key has of the predicate."""
        subject, _, object_ = fact
        known = (0, object_, subject)  # so that -1, -2 and -3 are its places
        found = index.get(self.key if self.key >= 0 else known[self.key], ())
        if found and self.wanted != -3:
            wanted = self.wanted if self.wanted >= 0 else known[self.wanted]
            found = [wanted] if wanted in found else ()
        heads = []
        s, p, o = self.head
        for one in found:
            known = (one, object_, subject)
            if not self.distinct or all(known[a] != known[b] for a, b in self.distinct):
                heads.append((s if s >= 0 else known[s], p, o if o >= 0 else known[o]))
        return heads


def pair_of(rule: EncodedRule, trigger: Fact, rest: tuple[Fact, ...]) -> Pair | None:
    """Return a join as one look-up, or nothing where it is more than that."""
    if len(rest) != 1 or rule.head is None or trigger[0] >= 0 or trigger[0] == trigger[2]:
        return None
    places = {trigger[0]: -1} | ({trigger[2]: -2} if trigger[2] < 0 else {})
    new = variables(rest[0]) - set(places)
    if trigger[1] < 0 or rest[0][1] < 0 or rule.head[1] < 0 or len(new) > 1:
        return None
    if rest[0][0] == rest[0][2] or not new.union(places) >= variables(rule.head):
        return None
    places |= dict.fromkeys(new, -3)

    def placed(fact: Fact) -> Fact:
        s, p, o = (places.get(place, place) for place in fact)
        return s, p, o

    distinct = tuple((places[a], places[b]) for a, b in rule.distinct)
    return Pair(placed(rest[0]), placed(rule.head), distinct)


def ordered(atoms: tuple[Fact, ...], bound: set[int]) -> tuple[Fact, ...]:
    """Order premises so that each is looked up with as much known as can be."""
    left, order, bound = list(atoms), [], set(bound)
    while left:
        best = max(left, key=lambda atom: sum(place >= 0 or place in bound for place in atom))
        left.remove(best)
        order.append(best)
        bound |= variables(best)
    return tuple(order)


def variables(atom: Fact) -> set[int]:
    return {place for place in atom if place < 0}


def filled(pattern: Fact, bindings: Bindings) -> Fact:
    s, p, o = pattern
    return (
        s if s >= 0 else bindings.get(s, s),
        p if p >= 0 else bindings.get(p, p),
        o if o >= 0 else bindings.get(o, o),
    )


def bind(pattern: Fact, fact: Fact, bindings: Bindings) -> Bindings | None:
    """Return the bindings with those that make the pattern this fact, or none if nothing does."""
    found = bindings.copy()
    for i in (0, 1, 2):  # not zip: every join passes here
        place, number = pattern[i], fact[i]
        if place != number and (place >= 0 or found.setdefault(place, number) != number):
            return None
    return found
