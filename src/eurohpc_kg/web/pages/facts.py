"""The statements about a thing as HTML: facts by aspect, values of figures, moments, ranks.

Each line is one text and not a template of its own (see `pieces`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox
from markupsafe import Markup

from eurohpc_kg.show import Line
from eurohpc_kg.web.pages.filters import (
    capital,
    day,
    days,
    escaped,
    literal,
    number,
    urlencode,
    values,
)
from eurohpc_kg.web.pages.marks import Marks
from eurohpc_kg.web.records import FigureLine, Moment, Rank, Said

if TYPE_CHECKING:
    from eurohpc_kg.web.pages.links import Links

_TAG = 3  # letters of the tag of a language at most
_MEASURES = ("rmax", "rpeak", "cores", "powerKilowatt")
_PLANNED = ' <span class="flag">planned</span>'


class Facts:
    """Write the statements of one page."""

    def __init__(self, links: Links, marks: Marks, curie: str) -> None:
        """Take the marks of its footnotes, and the CURIE of what it is about."""
        self._links = links
        self._marks = marks
        self._explain = f"{links.to('-/explain')}?subject={urlencode(curie)}"

    def lines(self, aspects: Iterable[tuple[str, Iterable[Line]]]) -> Markup:
        """Return statements by aspect, each with its marks, or the way to why it follows."""
        parts = []
        for aspect, lines in aspects:
            parts.append(f"<div>\n<dt>{escaped(capital(aspect))}</dt>\n")
            for line in lines:
                behind = self._marks(line.sources) if line.sources else self._why(aspect, line)
                parts.append(f"<dd>{self._value(line)}{behind}</dd>\n")
            parts.append("</div>\n")
        return joined(parts)

    def _value(self, line: Line) -> str:
        term = line.term
        address = term.value if isinstance(term, ox.NamedNode) else ""
        href = self._links.iri(address) if address else ""
        if href.startswith(("https://", "http://")):
            return outside(href, line.value)
        if href:
            return f'<a href="{escaped(href)}">{escaped(self._links.own(address, line.value))}</a>'
        if line.detail and len(line.detail) <= _TAG:
            return f'<span lang="{escaped(line.detail)}">{escaped(line.value)}</span>'
        return f"<span>{escaped(literal(line.value, term))}</span>"

    def _why(self, aspect: str, line: Line) -> str:
        item = self._links.curie(line.term.value)
        return (
            f' <a class="follows" href="{self._explain}&amp;predicate={urlencode(aspect)}'
            f'&amp;object={urlencode(item)}" title="No document says this in so many words: it'
            ' follows from others">why?</a>'
        )

    def figures(self, several: Iterable[FigureLine], has_plans: bool) -> Markup:
        """Return the rows of a table of figures; what is planned stands apart, if anything is."""
        actual = "Stated or measured" if has_plans else "Value"
        return joined(
            f'<tr><th scope="row">{escaped(capital(one.name))}{noted("note", one.scope)}</th>'
            + (f'<td data-label="Planned">{self._said(one.planned)}</td>' if has_plans else "")
            + f'<td data-label="{actual}">{self._said(one.actual)}</td></tr>\n'
            for one in several
        )

    def _said(self, several: Iterable[Said]) -> str:
        return "".join(
            f'<div class="said">{escaped(values(one.text))}{noted("when", day(one.date))}'
            f"{noted('note', one.note)}{self._marks(one.sources)}</div>"
            for one in several
        )

    def moments(self, several: Iterable[Moment]) -> Markup:
        """Return the lines of a timeline."""
        return joined(map(self._moment, several))

    def _moment(self, one: Moment) -> str:
        name = f"seen as {one.name}" if one.kind == "state" else capital(one.name)
        kind, flag = (' class="planned"', _PLANNED) if one.is_planned else ("", "")
        return (
            f'<li{kind}><time datetime="{escaped(one.date)}">{escaped(day(one.date))}</time> '
            f"<span>{escaped(name)}{flag}{noted('note', days(one.note))}"
            f"{self._marks(one.sources)}</span></li>\n"
        )

    def ranks(self, several: Iterable[Rank]) -> Markup:
        """Return the rows of a table of ranks."""
        return joined(map(self._rank, several))

    def _rank(self, one: Rank) -> str:
        cells = "".join(
            f"<td>{escaped(number(one.measures.get(name, '')))}</td>" for name in _MEASURES
        )
        return (
            f'<tr><th scope="row"><a href="{escaped(self._links.iri(one.edition))}">'
            f"{escaped(one.edition_name)}</a>{self._marks(one.sources)}</th>"
            f"<td>{one.rank or ''}</td>{cells}</tr>\n"
        )


def outside(address: str, name: str) -> str:
    """Return the link to a page that is not ours."""
    return f'<a class="outside" href="{escaped(address)}" rel="external">{escaped(name)}</a>'


def joined(parts: Iterable[str]) -> Markup:
    """Return texts that are HTML as one."""
    return Markup("".join(parts))


def noted(kind: str, text: str) -> str:
    """Return what is said beside a value, in a class of its own; of nothing, nothing."""
    return f' <span class="{kind}">{escaped(text)}</span>' if text else ""
