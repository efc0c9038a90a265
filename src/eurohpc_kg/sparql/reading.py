"""A query taken apart: its form and columns, its groups, and where each part stands in the text.

Oxigraph runs SPARQL but does not show how it read it. Here a text that Oxigraph has accepted is
read again, for those who must know which patterns made a row. Expressions stay text, but for the
EXISTS in them. What goes beyond SPARQL 1.1 is refused with `cursor.UnreadError`.
"""

from __future__ import annotations

from collections.abc import Mapping

from eurohpc_kg.sparql.expressions import ExpressionReader
from eurohpc_kg.sparql.parts import (
    Column,
    Element,
    Group,
    InGraph,
    Key,
    Optional,
    Pattern,
    Query,
    SubQuery,
    Text,
    Union,
    Verbatim,
)

_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_NO_TRIPLES = ("SERVICE", "LATERAL", "LET", "NOT", "EXISTS")


def read(text: str, prefixes: Mapping[str, str] | None = None) -> Text:
    """Read a query; ``prefixes`` are those known without being declared."""
    return _Reader(text, prefixes or {}).read()


class _Reader(ExpressionReader):
    def read(self) -> Text:
        while self.peek().upper in ("BASE", "PREFIX", "VERSION"):
            self._declaration()
        prologue = self.text[: self.peek().start]
        form = self.next()
        query = {
            "SELECT": self._select,
            "CONSTRUCT": self._construct,
            "ASK": self._ask,
            "DESCRIBE": self._describe,
        }.get(form.upper, lambda: self.refuse(f"{form.text!r}", form))()
        return Text(self.text, query, prologue, self.prefix)

    def _declaration(self) -> None:
        word = self.next().upper
        if word == "PREFIX":
            name = self.next().text[:-1]
            self.prefixes[name] = self.resolved(self.next().text[1:-1])
        elif word == "BASE":
            self.base = self.resolved(self.next().text[1:-1])
        else:
            self.next()

    def _select(self) -> Query:
        if not self.take("DISTINCT"):
            self.take("REDUCED")
        columns: list[Column] = []
        while not self.take("*"):
            word = self.peek()
            if word.kind == "variable":
                columns.append(Column(self.variable()))
            elif word.text == "(":
                columns.append(self._column())
            else:
                break
        return self._rest("SELECT", tuple(columns))

    def _column(self) -> Column:
        first = self.at
        start, _ = self.skip_pair("(", ")")
        inner = self.words[first + 1 : self.at - 1]
        assert inner[-2].upper == "AS"
        text = self.text[start + 1 : inner[-2].start].strip()
        return Column(inner[-1].text[1:], text, self.aggregates(inner[:-2]))

    def _construct(self) -> Query:
        template: tuple[Pattern, ...] = ()
        is_short = self.peek().text != "{"
        if not is_short:
            template = self._template()
        query = self._rest("CONSTRUCT", ())
        if is_short:
            template = tuple(e for e in query.group.elements if isinstance(e, Pattern))
        return Query(query.form, (), query.group, is_cut=query.is_cut, template=template,
                     dataset=query.dataset, values=query.values)  # fmt: skip

    def _template(self) -> tuple[Pattern, ...]:
        self.expect("{")
        patterns: list[Pattern] = []
        while not self.take("}"):
            if not self.take("."):
                patterns += self.triples()
        self._blanks.clear()
        return tuple(patterns)

    def _ask(self) -> Query:
        return self._rest("ASK", ())

    def _describe(self) -> Query:
        while self.peek().kind in ("variable", "iri", "name") or self.peek().text == "*":
            self.next()
        return self._rest("DESCRIBE", ())

    def _rest(self, form: str, columns: tuple[Column, ...]) -> Query:
        """Read what follows the columns: dataset, WHERE, modifiers."""
        start = self.peek().start
        end = start
        while self.take("FROM"):
            self.take("NAMED")
            end = self.next().end
        dataset = self.text[start:end]
        self.take("WHERE")
        group = Group((), end, end)
        if self.peek().text == "{":
            group = self.group()
        keys: tuple[Key, ...] = ()
        having = values = ""
        is_cut = False
        while self.peek().upper in _MODIFIERS:
            word = self.next()
            if word.upper == "VALUES":
                inline = self._values(word.start)
                values = self.text[inline.start : inline.end]
            elif word.upper == "GROUP":
                self.expect("BY")
                keys = self._keys()
            elif word.upper in ("LIMIT", "OFFSET"):
                is_cut = True
                self.next()
            else:
                start = self.peek().start
                while self.peek().upper not in _MODIFIERS and self.peek().text not in ("}", ""):
                    if self.peek().text == "(":
                        self.skip_pair("(", ")")
                    else:
                        self.next()
                if word.upper == "HAVING":
                    having = self.text[start : self.words[self.at - 1].end]
        return Query(form, columns, group, keys, having, is_cut, (), dataset, values)

    def _keys(self) -> tuple[Key, ...]:
        keys: list[Key] = []
        while True:
            word = self.peek()
            if word.kind == "variable":
                keys.append(Key(self.variable()))
            elif word.text == "(":
                first = self.at
                start, end = self.skip_pair("(", ")")
                inner = self.words[first + 1 : self.at - 1]
                if len(inner) > 2 and inner[-2].upper == "AS":
                    text = self.text[start + 1 : inner[-2].start].strip()
                    keys.append(Key(inner[-1].text[1:], text))
                else:
                    keys.append(Key(self.fresh(), self.text[start:end]))
            elif word.upper not in _MODIFIERS and word.kind in ("word", "iri", "name"):
                self.next()
                end = self.skip_pair("(", ")")[1]
                keys.append(Key(self.fresh(), self.text[word.start : end]))
            else:
                return tuple(keys)

    def group(self) -> Group:
        """Read what stands between two braces."""
        start = self.expect("{").start
        if self.take("SELECT"):
            query = self._select()
            end = self.expect("}").end
            return Group((SubQuery(query, start, end),), start, end)
        elements: list[Element] = []
        while self.peek().text != "}":
            elements += self._element()
        return Group(tuple(elements), start, self.next().end)

    def _element(self) -> list[Element]:
        word = self.peek()
        if word.text == "{":
            return [self._braces()]
        if word.upper in ("FILTER", "BIND"):
            return [self.expression()]
        if word.upper == "OPTIONAL":
            self.next()
            return [Optional(self.group(), self.fresh())]
        if word.upper == "GRAPH":
            self.next()
            return [InGraph(self.term(), self.group())]
        if word.upper == "MINUS":
            self.next()
            end = self.group().end
            return [Verbatim(word.start, end, "MINUS")]
        if word.upper == "VALUES":
            self.next()
            return [self._values(word.start)]
        if word.upper in _NO_TRIPLES:
            self.refuse(word.upper)
        if self.take("."):
            return []
        return list(self.triples())

    def _braces(self) -> Union:
        groups = [self.group()]
        while self.take("UNION"):
            groups.append(self.group())
        marks = tuple(self.fresh() for _ in groups) if len(groups) > 1 else ("",)
        return Union(tuple(groups), marks)

    def _values(self, start: int) -> Verbatim:
        if self.peek().kind == "variable":
            self.next()
        else:
            self.skip_pair("(", ")")
        return Verbatim(start, self.skip_pair("{", "}")[1], "VALUES")
