"""Source documents: which sheet rows are one document, what it is called, what it quotes.

A document is what stands at one address; several ids of an address are one document, named after
its first row. Only this module knows how the name of a source file is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from eurohpc_kg.importing.csv_files import table
from eurohpc_kg.importing.facts.sheets import Source
from eurohpc_kg.names import SOURCE, slug, title_slug

_QUOTED = re.compile(r"not seen; quoted in ([a-z0-9-]+)")
_LIST_COPY = re.compile(r"copy of top500\.org/(lists/top500/\d{4}/\d{2})\b")
_LIST_TITLE = re.compile(r"(TOP500|Green500|HPCG) list \d{4}-\d{2}\b")
_BARE_REPOSITORY = re.compile(r"https?://(github|gitlab)\.com/[^/]+/[^/]+/?")


@dataclass(frozen=True)
class Document:
    """Hold one source document; ``quotes`` are addresses of pages it was read in place of.

    ``retrieved`` is when it was read, where it has a file already.
    """

    iri: str
    address: str
    title: str
    language: str
    publisher: str
    publisher_name: str
    issued: str
    primary: bool
    weakness: str = ""
    quotes: frozenset[str] = frozenset()
    retrieved: str = ""

    @property
    def place(self) -> str:
        """Return the path of its file below ``data/sources``."""
        return self.iri.removeprefix(SOURCE) + ".ttl"


@dataclass(frozen=True)
class Publisher:
    """Hold one publisher; ``name`` is empty when the register knows the thing anyway."""

    slug: str
    name: str


@dataclass(frozen=True)
class Library:
    """Hold the documents by source id, and which id was read in which other.

    ``lists`` are the IRIs of copies of ranking lists, whose lines are imported on their own.
    """

    documents: Mapping[str, Document]
    quoted: Mapping[str, str]
    lists: frozenset[str]

    def documents_of(self, ids: Iterable[str]) -> dict[str, tuple[Document, tuple[str, ...]]]:
        """Return the documents seen among ``ids``, by IRI, each with the addresses it quotes.

        A source whose page was not seen gives its claims to the document that quotes it; one
        without an address of its own gives none.
        """
        found: dict[str, tuple[Document, tuple[str, ...]]] = {}
        named = tuple(ids)
        quoting = [source for source in named if source in self.quoted.values()]
        for source in named:
            seen = self.quoted.get(source, source)
            if source in self.quoted and seen not in named and quoting:
                # The page is quoted in several documents; the row says in which.
                seen = quoting[0]
            document = self.documents.get(seen)
            if document is None:
                continue
            _, quotes = found.get(document.iri, (document, ()))
            if source != seen and source in self.documents:
                quotes = (*quotes, self.documents[source].address)
            found[document.iri] = (document, quotes)
        return found


@dataclass(frozen=True)
class Known:
    """Hold what a file says of its document: its IRI, when it was issued, if so, and read."""

    iri: str
    issued: str = ""
    retrieved: str = ""


def read_library(sources: Mapping[str, Source], existing: Mapping[str, Known]) -> Library:
    """Name the documents of all located sources.

    One in ``existing``, by `document_key`, keeps its IRI, and its date where the sheet has none.
    """
    publishers = read_publishers()
    notes = {row["source"]: row for row in table(__file__, "source-notes.csv")}
    by_key: dict[str, Document] = {}
    keys: dict[str, str] = {}
    quoted: dict[str, str] = {}
    taken = {known.iri for known in existing.values()}
    for source in sources.values():
        if not source.located:
            continue
        if match := _QUOTED.search(source.note):
            quoted[source.id] = match.group(1)
        note = notes.get(source.id, {})
        if note.get("title"):
            source = replace(source, title=note["title"])
        if match := _LIST_COPY.search(source.note):
            # A copy of the spreadsheet was read; the list itself is what is cited.
            source = replace(source, url=f"https://www.top500.org/{match.group(1)}/")
        key = document_key(source.url, source.title)
        keys[source.id] = key
        document = by_key.get(key)
        if document is None:
            publisher = publisher_of(source.publisher, publishers)
            known = existing.get(key) or Known(_free(_name(source, publisher.slug), taken))
            iri = known.iri
            taken.add(iri)
            document = Document(
                iri,
                source.url,
                source.title,
                note.get("language") or "en",
                publisher.slug,
                publisher.name,
                source.published or known.issued,
                source.kind == "primary",
                note.get("weakness", ""),
                retrieved=known.retrieved,
            )
        elif note.get("weakness") and not document.weakness:
            document = replace(document, weakness=note["weakness"])
        by_key[key] = document
    documents = {id_: by_key[key] for id_, key in keys.items()}
    lists = frozenset(d.iri for d in documents.values() if _LIST_TITLE.match(d.title))
    return Library(documents, quoted, lists)


def document_key(address: str, title: str) -> str:
    """Return what tells documents apart: the address, and in a bare repository also the title."""
    if _BARE_REPOSITORY.fullmatch(address):
        return f"{address.rstrip('/')} {title}"
    return address


def publisher_of(name: str, publishers: Mapping[str, Publisher]) -> Publisher:
    """Return the publisher that a source sheet names, by the reviewed table or by its slug."""
    known = publishers.get(name)
    if known is not None:
        return known
    plain = re.sub(r"\s*\([^)]*\)", "", name).strip() or name
    return Publisher(slug(plain), plain)


@lru_cache(maxsize=1)
def read_publishers() -> Mapping[str, Publisher]:
    """Read ``publishers.csv``: a publisher as sheets spell it, its slug, and its name."""
    return {
        row["publisher"]: Publisher(row["slug"], row["name"])
        for row in table(__file__, "publishers.csv")
    }


def _name(source: Source, publisher: str) -> str:
    words = title_slug(source.title) or source.id
    return f"{SOURCE}{publisher}/{source.published or 'undated'}-{words}"


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
