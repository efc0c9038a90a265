"""Rules as SPARQL updates: what follows, computed in rounds inside a store.

Rules of one form (the same pattern with other constants) become one ``INSERT`` over a table of
their constants, as `reason.sql` does it with SQL. Semi-naive: in each round one premise is taken
from what the round before found. Everything stands in disguised graphs, which no reader meets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from eurohpc_kg.amounts import amount
from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.loading.disguise import WORD, cover, covered
from eurohpc_kg.loading.sending import insert
from eurohpc_kg.reason.rules import Pattern, Rule
from eurohpc_kg.store.saying import Say

FACTS, FRESH = f"{WORD}work:facts", f"{WORD}work:fresh"
"""All that holds by now, given or found; what views have made, before it is compared with that."""

_ROWS = 200
_Slot = tuple[str, int]
_Shape = tuple[_Slot, _Slot, _Slot]
_Form = tuple[_Shape, tuple[_Shape, ...], tuple[tuple[int, int], ...]]
_COLUMNS = "?s ?p ?o"


class Rounds:
    """Run rules in a store, round by round; each round leaves what it found in a graph of its own.

    Every triple is written twice, once for the round and once for the facts: writing is what takes
    time.
    """

    def __init__(self, endpoint: Endpoint, rules: Sequence[Rule], say: Say) -> None:
        self._endpoint = endpoint
        self._statements = list(_statements(rules))
        self._say = say
        self.graphs: list[str] = []
        self.found = 0

    def run(self, trigger: str) -> None:
        """Run until nothing new follows from what is new: the facts of the graph ``trigger``."""
        while trigger:
            fresh = self._next()
            for text in self._statements:
                self._endpoint.update(
                    text.replace("<TRIGGER>", f"<{trigger}>").replace("<FRESH>", f"<{fresh}>")
                )
            trigger = self._settle()

    def take(self) -> str:
        """Make a round of what is in `FRESH` and no fact yet; return its graph, or nothing."""
        fresh = self._next()
        self._endpoint.update(
            f"INSERT {{ GRAPH <{fresh}> {{ {_COLUMNS} }} }} "
            f"WHERE {{ GRAPH <{FRESH}> {{ {_COLUMNS} }} "
            f"FILTER NOT EXISTS {{ GRAPH <{FACTS}> {{ {_COLUMNS} }} }} }} ;\n"
            f"DROP SILENT GRAPH <{FRESH}>"
        )
        return self._settle()

    def _next(self) -> str:
        self.graphs.append(f"{WORD}work:round-{len(self.graphs)}")
        return self.graphs[-1]

    def _settle(self) -> str:
        """Add what the last round found to the facts; return its graph, or nothing."""
        fresh = self.graphs[-1]
        number = _size(self._endpoint, fresh)
        if not number:
            self.graphs.pop()
            return ""
        self._endpoint.update(
            f"INSERT {{ GRAPH <{FACTS}> {{ {_COLUMNS} }} }} "
            f"WHERE {{ GRAPH <{fresh}> {{ {_COLUMNS} }} }}"
        )
        self.found += number
        self._say(amount(self.found, "statement follows", "statements follow"))
        return fresh


def _size(endpoint: Endpoint, graph: str) -> int:
    rows = endpoint.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ {_COLUMNS} }} }}")
    number = next(iter(rows))[0]
    return int(number.value) if isinstance(number, ox.Literal) else 0


def _statements(rules: Iterable[Rule]) -> Iterator[str]:
    forms: dict[_Form, list[tuple[str, ...]]] = defaultdict(list)
    for rule in rules:
        if rule.head is not None:
            form, constants = _form(rule)
            forms[form].append(constants)
    for form, rows in sorted(forms.items()):
        for start in range(0, len(rows), _ROWS):
            for position in range(max(len(form[1]), 1)):
                yield _insert(form, rows[start : start + _ROWS], position)


def _form(rule: Rule) -> tuple[_Form, tuple[str, ...]]:
    """Take a rule apart into its form and its constants, these in disguise."""
    constants: list[str] = []

    def shape(pattern: Pattern) -> _Shape:
        slots: list[_Slot] = []
        for place in pattern:
            if isinstance(place, int):
                slots.append(("v", place))
            else:
                slots.append(("k", len(constants)))
                constants.append(str(covered(place)))
        return (slots[0], slots[1], slots[2])

    assert rule.head is not None
    body = tuple(shape(pattern) for pattern in rule.body)
    return (shape(rule.head), body, rule.distinct), tuple(constants)


def _insert(form: _Form, rows: Sequence[tuple[str, ...]], position: int) -> str:
    """Write the join of a form whose premise at ``position`` is new."""
    head, body, distinct = form
    alone = len(rows) == 1  # RDF4J loses a variable of the head whose table has one row

    def text(shape: _Shape) -> str:
        return " ".join(
            rows[0][number] if kind == "k" and alone else f"?{kind}{number}"
            for kind, number in shape
        )

    table = ""
    if rows[0] and not alone:
        names = " ".join(f"?k{number}" for number in range(len(rows[0])))
        values = " ".join(f"({' '.join(row)})" for row in rows)
        table = f"VALUES ({names}) {{ {values} }} "
    where = "".join(
        f"GRAPH {'<TRIGGER>' if number == position else f'<{FACTS}>'} {{ {text(shape)} }} "
        for number, shape in sorted(enumerate(body), key=lambda item: item[0] != position)
    )
    guards = "".join(f"FILTER(?v{left} != ?v{right}) " for left, right in distinct)
    kind, number = head[0]
    if kind == "v" and any(shape[2] == head[0] for shape in body):
        guards += f"FILTER(!ISLITERAL(?v{number})) "
    return (
        f"INSERT {{ GRAPH <FRESH> {{ {text(head)} }} }} WHERE {{ {table}{where}{guards}"
        f"FILTER NOT EXISTS {{ GRAPH <{FACTS}> {{ {text(head)} }} }} }}"
    )


def add_facts(endpoint: Endpoint, triples: Iterable[ox.Triple]) -> None:
    """Put triples, in disguise, where the next `Rounds.take` finds them."""
    insert(endpoint, cover(triples, FRESH))
