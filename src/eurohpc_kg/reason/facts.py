"""Statements as text that come and go: which are known, and what follows from a change of them.

`Facts` are closed under rules and stay so. Statements that go are followed by *delete and
rederive*: first all goes that anything gone had a part in, then what can still be proved comes
back. Statements that come are followed one by one, as `MemoryEngine` does. The work is that of
the change, not that of the graph; only the first look at a predicate reads all that has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from eurohpc_kg.reason.trail import TextPattern, TextPlace, TextRule

TextFact = tuple[str, str, str]
_Bindings = dict[int, str]
_SEARCHES = 8
_Head = tuple[TextPlace, str, TextPlace]
_Pairs = dict[str, set[str]]


class ClashError(Exception):
    """Statements that can't all be true were met."""


class Facts:
    """Hold statements closed under rules whose patterns all name their predicate."""

    def __init__(self, rules: Sequence[TextRule], known: set[str]) -> None:
        """Take ``known`` (N-Triples, without the dot), which is closed already, and keep it."""
        self._known = known
        self._sorted: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._objects: dict[str, _Pairs] = {}
        self._subjects: dict[str, _Pairs] = {}
        self._by_premise: dict[tuple[str, str], list[tuple[TextRule, int]]] = defaultdict(list)
        self._by_head: dict[tuple[str, str], list[TextRule]] = defaultdict(list)
        self._simple: dict[tuple[str, str], list[_Head]] = defaultdict(list)
        for rule in rules:
            head = _simple_head(rule)
            if head is not None:
                self._simple[_key(rule.body[0])].append(head)
            else:
                for position, pattern in enumerate(rule.body):
                    self._by_premise[_key(pattern)].append((rule, position))
            if rule.head is not None:
                self._by_head[_key(rule.head)].append(rule)

    def __contains__(self, fact: TextFact) -> bool:
        return " ".join(fact) in self._known

    def add(self, facts: Iterable[TextFact]) -> set[TextFact]:
        """Take facts in; return those that are new, and what is new because of them.

        Raises `ClashError` where a new fact contradicts others; what is held is of no use then.
        """
        queue = [fact for fact in dict.fromkeys(facts) if fact not in self]
        new = set(queue)
        for fact in queue:
            self._put(fact)
        while queue:
            for head in self._consequences(queue.pop()):
                if head is None:
                    raise ClashError
                if head not in self:
                    self._put(head)
                    new.add(head)
                    queue.append(head)
        return new

    def remove(self, facts: Iterable[TextFact], stated: Container[str]) -> set[TextFact]:
        """Let facts go that are no longer stated, with what nothing else proves; return these.

        ``stated`` is what is stated still, as N-Triples.
        """
        gone: set[TextFact] = set()
        queue = [fact for fact in facts if fact in self]
        while queue:
            fact = queue.pop()
            if fact not in gone:
                gone.add(fact)
                queue += (
                    head
                    for head in self._consequences(fact)
                    if head is not None and head in self and " ".join(head) not in stated
                )
        for fact in gone:
            self._drop(fact)
        return gone - self.add([fact for fact in gone if self._has_proof(fact)])

    def _consequences(self, fact: TextFact) -> Iterator[TextFact | None]:
        """Yield what follows from a known fact and others in one step; ``None`` is a clash."""
        _, predicate, object_ = fact
        for key in ((predicate, ""), (predicate, object_)):
            for one, middle, other in self._simple.get(key, ()):
                first = one if isinstance(one, str) else fact[one]
                if not first.startswith('"'):  # no literal is a subject
                    yield first, middle, other if isinstance(other, str) else fact[other]
            for rule, position in self._by_premise.get(key, ()):
                bindings = _bind(rule.body[position], fact, {})
                if bindings is None:
                    continue
                rest = rule.body[:position] + rule.body[position + 1 :]
                for found in self._solve(rest, bindings):
                    if all(found[a] != found[b] for a, b in rule.distinct):
                        if rule.head is None:
                            yield None
                            continue
                        head = _filled(rule.head, found)
                        if not head[0].startswith('"'):
                            yield head

    def _has_proof(self, fact: TextFact) -> bool:
        """Tell whether a fact follows from known ones in one step; cheap proofs come first."""
        proofs: list[tuple[int, TextRule, _Bindings]] = []
        for key in ((fact[1], ""), (fact[1], fact[2])):
            for rule in self._by_head.get(key, ()):
                assert rule.head is not None
                bindings = _bind(rule.head, fact, {})
                if bindings is not None:
                    proofs.append(
                        (sum(_open_places(p, bindings) for p in rule.body), rule, bindings)
                    )
        proofs.sort(key=lambda proof: proof[0])
        return any(
            all(found[a] != found[b] for a, b in rule.distinct)
            for _, rule, bindings in proofs
            for found in self._solve(rule.body, bindings)
        )

    def _solve(self, patterns: tuple[TextPattern, ...], bindings: _Bindings) -> Iterator[_Bindings]:
        if not patterns:
            yield bindings
            return
        best = min(patterns, key=lambda pattern: _open_places(pattern, bindings))
        left = tuple(pattern for pattern in patterns if pattern is not best)
        for fact in self._matches(_partly(best, bindings)):
            found = _bind(best, fact, bindings)
            if found is not None:
                yield from self._solve(left, found)

    def _matches(self, pattern: tuple[str | None, str, str | None]) -> Iterator[TextFact]:
        subject, predicate, object_ = pattern
        if subject is not None and object_ is not None:
            if f"{subject} {predicate} {object_}" in self._known:
                yield (subject, predicate, object_)
        elif subject is not None:
            for other in tuple(self._index(predicate)[0].get(subject, ())):
                yield (subject, predicate, other)
        elif object_ is not None:
            for other in tuple(self._index(predicate)[1].get(object_, ())):
                yield (other, predicate, object_)
        else:
            for one, others in tuple(self._index(predicate)[0].items()):
                for other in tuple(others):
                    yield (one, predicate, other)

    def _index(self, predicate: str) -> tuple[_Pairs, _Pairs]:
        """Return the objects by subject and the subjects by object of a predicate."""
        if predicate not in self._objects:
            objects: _Pairs = defaultdict(set)
            subjects: _Pairs = defaultdict(set)
            for subject, object_ in self._having(predicate):
                objects[subject].add(object_)
                subjects[object_].add(subject)
            self._objects[predicate], self._subjects[predicate] = objects, subjects
        return self._objects[predicate], self._subjects[predicate]

    def _having(self, predicate: str) -> Iterable[tuple[str, str]]:
        """Return the ends of all statements with a predicate.

        A few predicates are looked for one by one; from `_SEARCHES` on all are sorted once.
        """
        if len(self._objects) >= _SEARCHES:
            if not self._sorted:
                for line in self._known:
                    subject, found, object_ = line.split(" ", 2)
                    self._sorted[found].append((subject, object_))
            return self._sorted.get(predicate, ())
        middle = f" {predicate} "
        lines = (line.split(" ", 2) for line in self._known if middle in line)
        return [(subject, object_) for subject, found, object_ in lines if found == predicate]

    def _put(self, fact: TextFact) -> None:
        subject, predicate, object_ = fact
        self._known.add(" ".join(fact))
        self._sorted.clear()
        if predicate in self._objects:
            self._objects[predicate][subject].add(object_)
            self._subjects[predicate][object_].add(subject)

    def _drop(self, fact: TextFact) -> None:
        subject, predicate, object_ = fact
        self._known.discard(" ".join(fact))
        self._sorted.clear()
        if predicate in self._objects:
            self._objects[predicate][subject].discard(object_)
            self._subjects[predicate][object_].discard(subject)


def _simple_head(rule: TextRule) -> _Head | None:
    """Return the head of a rule with one premise; a number is the place there of the term."""
    if rule.head is None or len(rule.body) != 1 or rule.distinct:
        return None
    subject, _, object_ = rule.body[0]
    if isinstance(subject, str) or subject == object_:
        return None
    places = {subject: 0, object_: 2}
    first, middle, last = rule.head
    assert isinstance(middle, str)
    return (
        first if isinstance(first, str) else places[first],
        middle,
        last if isinstance(last, str) else places[last],
    )


def _key(pattern: TextPattern) -> tuple[str, str]:
    """Return predicate and object, where the object is a term: most rules are about one class."""
    _, predicate, object_ = pattern
    assert isinstance(predicate, str)
    return predicate, object_ if isinstance(object_, str) else ""


def _bind(pattern: TextPattern, fact: TextFact, bindings: _Bindings) -> _Bindings | None:
    found = dict(bindings)
    for place, term in zip(pattern, fact, strict=True):
        if isinstance(place, str):
            if place != term:
                return None
        elif found.setdefault(place, term) != term:
            return None
    return found


def _open_places(pattern: TextPattern, bindings: _Bindings) -> int:
    """Return how many places of a pattern may be anything; one for the object is the dearest."""
    return sum(isinstance(place, int) and place not in bindings for place in pattern)


def _partly(pattern: TextPattern, bindings: _Bindings) -> tuple[str | None, str, str | None]:
    subject, predicate, object_ = pattern
    assert isinstance(predicate, str)
    return (
        subject if isinstance(subject, str) else bindings.get(subject),
        predicate,
        object_ if isinstance(object_, str) else bindings.get(object_),
    )


def _filled(pattern: TextPattern, bindings: _Bindings) -> TextFact:
    subject, predicate, object_ = pattern
    assert isinstance(predicate, str)
    return (
        subject if isinstance(subject, str) else bindings[subject],
        predicate,
        object_ if isinstance(object_, str) else bindings[object_],
    )
