"""What stands on nearly every page: the links to its other forms, its footnotes, lists of things.

A template that writes long lists spends most of its time on them. Here an item is one text, at a
tenth of the price, and a footnote that hundreds of pages have is written once for all of them.
Whatever comes from the graph is escaped, as in the templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from eurohpc_kg.documents import Document
from eurohpc_kg.web.negotiate import Form
from eurohpc_kg.web.pages.facts import Facts, joined, outside
from eurohpc_kg.web.pages.filters import day, host
from eurohpc_kg.web.pages.marks import Marks

if TYPE_CHECKING:
    from eurohpc_kg.web.pages.page import Links


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
            f'<li><a href="{escape(links.iri(iri))}">{escape(links.own(iri, name))}</a></li>\n'
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
            href = escape(self._links.iri(one.iri))
            parts = [f'<a href="{href}"><cite>{escape(one.title)}</cite></a>']
            if one.publisher:
                parts.insert(0, escape(one.publisher))
            if one.issued:
                parts.append(escape(day(one.issued)))
            if one.standing:
                parts.append(f'<span class="standing">{escape(one.standing)}</span>')
            if one.address.startswith(("https://", "http://")) and one.address != one.iri:
                parts.append(outside(one.address, host(one.address)))
            known[one.iri] = ", ".join(parts)
        return known[one.iri]

    def facts(self, marks: Marks, curie: str) -> Facts:
        """Return what writes statements about the thing of this CURIE, with these marks."""
        return Facts(self._links, marks, curie)
