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
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.records import dataclass, field
from eurohpc_kg.repository import cache_directory
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.maps import HEIGHT, WIDTH
from eurohpc_kg.web.negotiate import FORMS
from eurohpc_kg.web.pages.links import FrameLinks, Links
from eurohpc_kg.web.pages.pieces import Pieces

if TYPE_CHECKING:
    import jinja2

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


def write_page(page: Page, build: Build, language: str = "") -> bytes:
    """Return the HTML of a page; names are in the reader's language where the graph has them."""
    links = Links(page.path, build, language)
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
