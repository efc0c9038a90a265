"""The links of a page: to other pages of ours, to files, to where an IRI is read about."""

from __future__ import annotations

from markupsafe import Markup

from eurohpc_kg.names import readable_slug
from eurohpc_kg.web.addresses import RECORDS, path_of, relative
from eurohpc_kg.web.build import Build

STATIC = "-/static/"
_MOST_KNOWN = 100_000  # links that are kept


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

    def __init__(self, path: str, build: Build, language: str = "") -> None:
        """Take the path of the page, and the language of the reader, where it is not English."""
        self._language = language
        self._own: dict[str, str] = {}
        self._here = path + ".html"
        self._build = build
        depth = path.count("/")
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
