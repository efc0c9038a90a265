"""The expressions of a query: kept as text, but for the EXISTS and the aggregates in them.

An EXISTS counts where it makes its expression true: an even number of ``NOT`` and ``!`` stand
before it. One that makes it true by not holding says nothing that a source could support.
"""

from __future__ import annotations

from collections.abc import Sequence

from eurohpc_kg.sparql.parts import Exists, Expression, Group
from eurohpc_kg.sparql.triples import TriplesReader
from eurohpc_kg.sparql.words import Word

_AGGREGATES = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
_CHOICES = frozenset(("IF", "COALESCE"))


class ExpressionReader(TriplesReader):
    """Read filters and bindings from where the cursor stands."""

    def group(self) -> Group:
        """Read what stands between two braces."""
        raise NotImplementedError

    def expression(self) -> Expression:
        """Read ``FILTER …`` or ``BIND (… AS ?name)``."""
        word = self.next()
        first = self.at
        exists = self._scan()
        end = self.words[self.at - 1].end
        seen = self.words[first : self.at]
        if word.upper == "BIND":
            inner = (seen[0].end, seen[-3].start)
            return Expression(word.start, end, inner, exists, (), seen[-2].text[1:])
        is_choice = any(w.text == "||" or w.upper in _CHOICES for w in seen)
        marks = tuple(self.fresh() for _ in (0, *exists)) if exists and is_choice else ()
        return Expression(word.start, end, (seen[0].start, end), exists, marks)

    def aggregates(self, expression: Sequence[Word]) -> tuple[tuple[str, bool, str], ...]:
        """Return each aggregate of an expression: function, whether DISTINCT, argument as text."""
        found = []
        for i, word in enumerate(expression):
            if word.upper not in _AGGREGATES:
                continue
            depth, start = 0, i + 2
            is_distinct = expression[start].upper == "DISTINCT"
            start += is_distinct
            for j in range(i + 1, len(expression)):
                text = expression[j].text
                depth += (text == "(") - (text == ")")
                if depth == 0 or (depth == 1 and text == ";"):
                    argument = self.text[expression[start].start : expression[j].start]
                    found.append((word.upper, is_distinct, argument.strip()))
                    break
        return tuple(found)

    def _scan(self) -> tuple[Exists, ...]:
        """Go past one constraint: a function call, an EXISTS, or what stands in brackets."""
        found: list[Exists] = []
        negated = [False]
        is_pending = False
        while True:
            word = self.next()
            if word.kind == "end":
                self.refuse("a filter without an end", word)
            if word.upper == "EXISTS":
                before = self.words[self.at - 2]
                is_not = before.upper == "NOT"
                group = self.group()
                if not (negated[-1] ^ is_pending ^ is_not):
                    start = before.start if is_not else word.start
                    found.append(Exists(group, start, group.end))
                is_pending = False
            elif word.text == "!":
                is_pending = not is_pending
            elif word.text == "(":
                negated.append(negated[-1] ^ is_pending)
                is_pending = False
            elif word.text == ")":
                negated.pop()
            elif word.kind in ("mark", "variable"):
                is_pending = False
            if len(negated) == 1 and (word.text == ")" or word.upper == "EXISTS"):
                return tuple(found)
