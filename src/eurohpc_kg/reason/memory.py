"""The engine for small graphs: rules over Python sets, one new fact at a time.

Semi-naive: each fact is joined once, on the day it arrives, with the facts that are there. Rules
of one premise, most of them, are a table of heads to fill in; the others are joined through two
indexes, from subject and from object, of the predicates that they name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from eurohpc_kg.reason.encoding import EncodedRule, Fact
from eurohpc_kg.reason.joins import Bindings, Join, bind, filled, ordered, variables

# How the head of a one-premise rule is made of the premise: s p o -> …
_SAME, _SWAP, _SUBJECT, _OBJECT = range(4)


class MemoryEngine:
    """Derive facts by rules; see `engines.Engine`."""

    def __init__(self, rules: Sequence[EncodedRule]) -> None:
        self._known: set[Fact] = set()
        self._objects: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._subjects: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._given: list[Fact] = []
        self._fills: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._fills_at: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
        self._joins: dict[int, list[Join]] = defaultdict(list)
        self._joins_at: dict[tuple[int, int], list[Join]] = defaultdict(list)
        self._joins_any: list[Join] = []
        self._indexed: set[int] = set()
        self._index_all = False
        for rule in rules:
            self._plan(rule)

    def extend(self, facts: Iterable[Fact]) -> list[Fact]:
        """Take facts in; return those that follow and were not there."""
        known = self._known
        queue = [fact for fact in dict.fromkeys(facts) if fact not in known]
        known.update(queue)
        derived: list[Fact] = []
        self._take(self._given, queue, derived)
        self._given = []
        fills, fills_at = self._fills, self._fills_at
        keyed = {predicate for predicate, _ in fills_at}
        everything, indexed = self._index_all, self._indexed
        while queue:
            fact = queue.pop()
            subject, predicate, object_ = fact
            heads = fills.get(predicate, ())
            if predicate in keyed:
                at = fills_at.get((predicate, object_), ())
                heads = [*heads, *at] if heads else at
            if subject & 1:  # a literal's datatype, taken in as a fact: it has no heads
                heads = ()
            for kind, head_predicate, head_object in heads:
                if kind == _SAME:
                    new = (subject, head_predicate, object_)
                elif kind == _SUBJECT:
                    new = (subject, head_predicate, head_object)
                elif object_ & 1:
                    continue
                elif kind == _SWAP:
                    new = (object_, head_predicate, subject)
                else:
                    new = (object_, head_predicate, head_object)
                if new not in known:
                    known.add(new)
                    queue.append(new)
                    derived.append(new)
            if everything or predicate in indexed:
                self._objects[predicate][subject].append(object_)
                self._subjects[predicate][object_].append(subject)
                for join in self._triggered(predicate, object_):
                    self._take(self._conclusions(join, fact), queue, derived)
        return derived

    def solutions(self, rule: EncodedRule) -> Iterator[tuple[Fact, ...]]:
        """Yield each set of known facts that fits the premises of a rule.

        The facts must have been taken in by an engine whose rules include this one.
        """
        atoms = ordered(rule.body, set())
        members = self._members_of_all(atoms)
        for bindings in self._solve(atoms, {}) if members is None else members:
            if all(bindings[a] != bindings[b] for a, b in rule.distinct):
                yield tuple(filled(atom, bindings) for atom in rule.body)

    def _plan(self, rule: EncodedRule) -> None:
        if len(rule.body) == 0 and rule.head is not None:
            self._given.append(rule.head)
            return
        if len(rule.body) == 1 and rule.head is not None and self._plan_fill(rule):
            return
        for position, trigger in enumerate(rule.body):
            self._index_all |= trigger[1] < 0
            self._indexed.add(trigger[1])
            if rule.head is None:
                continue
            rest = rule.body[:position] + rule.body[position + 1 :]
            join = Join(rule, trigger, ordered(rest, variables(trigger)))
            if trigger[1] < 0:
                self._joins_any.append(join)
            elif trigger[2] < 0:
                self._joins[trigger[1]].append(join)
            else:
                self._joins_at[trigger[1], trigger[2]].append(join)

    def _plan_fill(self, rule: EncodedRule) -> bool:
        """Put a rule of one premise into the tables, if its form is one of the four."""
        (subject, predicate, object_), head = rule.body[0], rule.head
        assert head is not None
        if subject >= 0 or predicate < 0 or head[1] < 0 or subject == object_ or rule.distinct:
            return False
        forms = {
            (subject, object_): _SAME,
            (object_, subject): _SWAP,
            (subject, None): _SUBJECT,
            (object_, None): _OBJECT,
        }
        end = head[2] if head[2] < 0 or head[2] == object_ else None
        kind = forms.get((head[0], end))
        if kind is None or (object_ >= 0 and kind in (_SWAP, _OBJECT)):
            return False
        if object_ < 0:
            self._fills[predicate].append((kind, head[1], head[2]))
        else:
            self._fills_at[predicate, object_].append((kind, head[1], head[2]))
        return True

    def _take(self, facts: list[Fact], queue: list[Fact], derived: list[Fact]) -> None:
        for fact in facts:
            if fact not in self._known and not fact[0] & 1 and not fact[1] & 1:
                self._known.add(fact)
                queue.append(fact)
                derived.append(fact)

    def _triggered(self, predicate: int, object_: int) -> list[Join]:
        """Return the joins that a fact may complete, of those that could come to something: most
        often nothing with the predicate of another premise is there.
        """
        joins = (
            *self._joins.get(predicate, ()),
            *self._joins_at.get((predicate, object_), ()),
            *self._joins_any,
        )
        return [join for join in joins if join.needs < 0 or join.needs in self._objects]

    def _conclusions(self, join: Join, fact: Fact) -> list[Fact]:
        pair, rule = join.pair, join.rule
        if pair is not None:
            index = self._objects if pair.is_by_subject else self._subjects
            return pair.heads(fact, index[join.needs])
        bindings = bind(join.trigger, fact, {})
        if bindings is None or rule.head is None:
            return []
        return [
            filled(rule.head, found)
            for found in self._solve(join.rest, bindings)
            if all(found[a] != found[b] for a, b in rule.distinct)
        ]

    def _solve(self, atoms: tuple[Fact, ...], bindings: Bindings) -> Iterator[Bindings]:
        if not atoms:
            yield bindings
            return
        for fact in self._matches(filled(atoms[0], bindings)):
            found = bind(atoms[0], fact, bindings)
            if found is not None:
                yield from self._solve(atoms[1:], found)

    def _members_of_all(self, atoms: tuple[Fact, ...]) -> list[Bindings] | None:
        """Solve premises such as *x is a c, x is a d* as one intersection of sets."""
        variable = atoms[0][0]
        if variable >= 0 or any(s != variable or p < 0 or o < 0 for s, p, o in atoms):
            return None
        groups = [self._subjects[p].get(o, ()) if p in self._subjects else () for _, p, o in atoms]
        common = set(groups[0]).intersection(*groups[1:]) if all(groups) else ()
        return [{variable: subject} for subject in common]

    def _matches(self, pattern: Fact) -> Iterator[Fact]:
        subject, predicate, object_ = pattern
        predicates = (predicate,) if predicate >= 0 else tuple(self._objects)
        for p in predicates:
            if p not in self._objects:
                continue
            if subject >= 0:
                for o in tuple(self._objects[p].get(subject, ())):
                    if object_ < 0 or o == object_:
                        yield (subject, p, o)
            elif object_ >= 0:
                for s in tuple(self._subjects[p].get(object_, ())):
                    yield (s, p, object_)
            else:
                for s, objects in tuple(self._objects[p].items()):
                    for o in tuple(objects):
                        yield (s, p, o)
