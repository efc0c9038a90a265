"""What stands on nearly every page: the links to its other forms, its footnotes, lists of things.

A template that writes long lists spends most of its time on them. Here an item is one text, at a
tenth of the price, and a footnote that hundreds of pages have is written once for all of them.
Whatever comes from the graph is escaped, as in the templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from eurohpc_kg.documents import Document
from eurohpc_kg.records import dataclass
from eurohpc_kg.web.negotiate import Form
from eurohpc_kg.web.pages.drawings import Drawings
from eurohpc_kg.web.pages.facts import Facts, joined, noted, outside
from eurohpc_kg.web.pages.filters import capital, count, day, days, escaped, host, number, values
from eurohpc_kg.web.pages.marks import Marks

if TYPE_CHECKING:
    from eurohpc_kg.web.pages.edition import Place
    from eurohpc_kg.web.pages.links import Links


@dataclass(frozen=True)
class Statement:
    """Hold one statement of a document: in words, and who says the same or otherwise."""

    aspect: str
    value: str
    iri: str
    note: str
    also: int
    others: tuple[str, ...] = ()


class Pieces:
    """Write the pieces of one page; a template has it as ``pieces``."""

    def __init__(self, path: str, alternates: Sequence[Form], links: Links) -> None:
        """Take the path of the page from the top, and the other forms in which it lies."""
        self._links = links
        self._forms = [
            (links.file(f"{path}.{form.suffix}"), form.media_type, form.name) for form in alternates
        ]

    def alternates(self) -> Markup:
        """Return the links to the other forms, for programs."""
        return joined(
            f'<link rel="alternate" type="{kind}" href="{href}" title="{name}">\n'
            for href, kind, name in self._forms
        )

    def downloads(self) -> Markup:
        """Return the links to the other forms, for people."""
        items = joined(
            f'<li><a href="{href}" type="{kind}">{name}</a></li>\n'
            for href, kind, name in self._forms
        )
        return Markup(f'<ul class="forms">\n{items}</ul>\n')

    def things(self, named: Iterable[tuple[str, str]]) -> Markup:
        """Return a list of things, given by name and IRI."""
        links = self._links
        items = joined(
            f'<li><a href="{escaped(links.iri(iri))}">{escaped(links.own(iri, name))}</a></li>\n'
            for name, iri in named
        )
        return Markup(f'<ul class="things">\n{items}</ul>\n')

    def footnotes(self, cited: Iterable[Document]) -> Markup:
        """Return the documents behind a page, by their numbers."""
        items = joined(
            f'<li id="source-{one.number}" value="{one.number}">\n{self._document(one)}</li>\n'
            for one in cited
        )
        return Markup(f'<ol class="sources">\n{items}</ol>\n')

    def _document(self, one: Document) -> str:
        known = self._links.footnotes
        if one.iri not in known:
            href = escaped(self._links.iri(one.iri))
            parts = [f'<a href="{href}"><cite>{escaped(one.title)}</cite></a>']
            if one.publisher:
                parts.insert(0, escaped(one.publisher))
            if one.issued:
                parts.append(escaped(day(one.issued)))
            if one.standing:
                parts.append(f'<span class="standing">{escaped(one.standing)}</span>')
            if one.address.startswith(("https://", "http://")) and one.address != one.iri:
                parts.append(outside(one.address, host(one.address)))
            known[one.iri] = ", ".join(parts)
        return known[one.iri]

    def claims(self, several: Iterable[Statement]) -> Markup:
        """Return what a document states of a thing, and who says the same or otherwise."""
        return joined(map(self._claim, several))

    def _claim(self, one: Statement) -> str:
        href = self._links.iri(one.iri) if one.iri else ""
        value = f'<a href="{escaped(href)}">{escaped(one.value)}</a>' if href else escaped(
            values(one.value)
        )  # fmt: skip
        parts = [noted("note", days(one.note))]
        if one.also:
            also = count(one.also, "other document says", "other documents say")
            parts.append(noted("agree", f"{also} so too"))
        if one.others:
            parts.append(noted("note", f"others: {days('; '.join(one.others))}"))
        more = "".join(parts)
        return f"<div><dt>{escaped(capital(one.aspect))}</dt>\n<dd>{value}{more}</dd></div>\n"

    def places(self, several: Iterable[Place]) -> Markup:
        """Return the rows of a ranking."""
        return joined(map(self._place, several))

    def _place(self, one: Place) -> str:
        href, name = self._links.iri(one.iri), escaped(one.name)
        linked = f'<a href="{escaped(href)}">{name}</a>' if href else name
        cells = "".join(f"<td>{escaped(number(measure))}</td>" for measure in one.measures)
        return f'<tr><th scope="row">{linked}</th><td>{one.rank or ""}</td>{cells}</tr>\n'

    def drawings(self) -> Drawings:
        """Return what draws a thing."""
        return Drawings(self._links)

    def facts(self, marks: Marks, curie: str) -> Facts:
        """Return what writes statements about the thing of this CURIE, with these marks."""
        return Facts(self._links, marks, curie)
