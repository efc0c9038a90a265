"""What a page is before it is written: where it lies, its template, and plain data for it.

A function of `pages` makes a `Page` from a `Build`; `write_page` makes HTML of it. Neither knows
whether a server or a folder of files will hold it, so both show the same pages.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from eurohpc_kg import __version__
from eurohpc_kg.names import NAMESPACE, readable_slug
from eurohpc_kg.records import dataclass, field
from eurohpc_kg.repository import cache_directory
from eurohpc_kg.web.addresses import RECORDS, path_of, relative
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.maps import HEIGHT, WIDTH
from eurohpc_kg.web.negotiate import FORMS

if TYPE_CHECKING:
    import jinja2

STATIC = "-/static/"
_MOST_KNOWN = 100_000  # links that are kept
# The rooms that the header of each page leads to.
ROOMS = (
    ("Questions", "question"), ("Countries", "-/countries"), ("Timeline", "-/timeline"),
    ("Vocabularies", "vocabulary"), ("Ontology", "ontology"), ("Sources", "source"),
    ("SPARQL", "sparql"),
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Hold one page. ``path`` is that of its HTML from the top, without ``.html``.

    ``iri`` is what it is about, empty for a page that only helps to find others; ``forms`` are the
    suffixes under which the same lies as data; ``status`` is not 200 where what a reader filled in
    is off.
    """

    path: str
    title: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    iri: str = ""
    forms: tuple[str, ...] = ()
    description: str = ""
    status: int = 200


class FrameLinks:
    """Write the links that all pages at one depth have."""

    def __init__(self, depth: int) -> None:
        self._up = "../" * depth

    def to(self, path: str) -> str:
        """Return the link to a page of ours, given by its path without suffix."""
        return f"{self._up}{path}.html"

    def file(self, path: str) -> str:
        """Return the link to anything of ours that has a suffix."""
        return self._up + path or "./"


class Links:
    """Write the links of one page; a template has it as ``links``."""

    def __init__(self, page: Page, build: Build, language: str = "") -> None:
        """Take the language of the reader, where it is not English."""
        self._language = language
        self._own: dict[str, str] = {}
        self._here = page.path + ".html"
        self._build = build
        depth = page.path.count("/")
        self._known = build.links.setdefault(depth, {})
        self.footnotes = build.footnotes.setdefault(depth, {})  # what follows the number, by IRI

    def to(self, path: str) -> str:
        """Return the link to a page of ours, given by its path without suffix."""
        head, mark, fragment = path.partition("#")
        return relative(f"{head}.html{mark}{fragment}", self._here)

    def file(self, path: str) -> str:
        """Return the link to anything of ours that has a suffix."""
        return relative(path, self._here)

    def static(self, name: str) -> str:
        return relative(STATIC + name, self._here)

    def iri(self, iri: str) -> str:
        """Return where a reader goes for an IRI: a page of ours, an outside one, or nowhere."""
        known = self._known.get(iri)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[iri] = self._to_iri(iri)
        return known

    def _to_iri(self, iri: str) -> str:
        path = path_of(iri)
        if path:
            is_there = path.partition("/")[0] not in RECORDS and self._build.is_known(iri)
            return self.to(path) if is_there else ""
        return iri if iri.startswith(("https://", "http://")) else ""

    def own(self, iri: str, name: str) -> str:
        """Return what to call a thing in the language of the reader, else this name."""
        if not self._language or not path_of(iri):
            return name
        if iri not in self._own:
            self._own[iri] = self._build.own_label(iri, self._language)
        found = self._own[iri]
        return (
            Markup('<span lang="{}" dir="auto">{}</span>').format(self._language, found)
            if found
            else name
        )

    def label(self, iri: str) -> str:
        """Return what to call an IRI."""
        label = self._build.label(iri)
        return label if not label.startswith("<") else readable_slug(iri)

    def curie(self, iri: str) -> str:
        return self._build.prefixes.compact(iri)


def write_page(page: Page, build: Build, language: str = "") -> bytes:
    """Return the HTML of a page; names are in the reader's language where the graph has them."""
    from eurohpc_kg.web.pages.pieces import Pieces

    links = Links(page, build, language)
    alternates = [FORMS[suffix] for suffix in page.forms if suffix in build.forms]
    text = (
        environment()
        .get_template(page.template + ".html")
        .render(
            page=page,
            links=links,
            pieces=Pieces(page.path, alternates, links),
            namespace=NAMESPACE,
            version=__version__,
            is_site=build.is_site,
            **_frame(page.path.count("/"), *_room(page.path)),
            **page.data,
        )
    )
    return text.encode()


def _room(path: str) -> tuple[str, bool]:
    """Return the room that a page belongs to, and whether it is the room's own page."""
    room = next((one for _, one in ROOMS if path == one or path.startswith(one + "/")), "")
    return room, path == room


@lru_cache(maxsize=64)
def _frame(depth: int, room: str, is_room: bool) -> dict[str, Markup]:
    """Return header and footer: they are the same for all pages at one depth in one room."""
    data = {
        "links": FrameLinks(depth), "rooms": ROOMS, "room": room, "is_room": is_room,
        "version": __version__,
    }  # fmt: skip
    return {
        name: Markup(environment().get_template(f"{name}.html").render(data))
        for name in ("header", "footer")
    }


def _compiled() -> jinja2.BytecodeCache | None:
    """Return where compiled templates are kept: compiling those of one page takes 0.15 s."""
    from jinja2 import FileSystemBytecodeCache

    folder = cache_directory() / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return the templates: everything in them is escaped, and a name that is missing is a fault.

    The filters are those of `filters`.
    """
    import jinja2

    from eurohpc_kg.web.pages import filters

    made = jinja2.Environment(
        bytecode_cache=_compiled(),
        loader=jinja2.PackageLoader("eurohpc_kg.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # nobody changes them while they are in use
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters.FILTERS)
    made.globals.update(map_width=WIDTH, map_height=HEIGHT)
    return made
