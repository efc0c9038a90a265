"""A new source document: its file, and its publisher in the register."""

from __future__ import annotations

import difflib

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.authoring.files import (
    Begun,
    begin,
    register,
    require_address,
    require_date,
    require_slug,
)
from eurohpc_kg.errors import InputError, UnknownNameError
from eurohpc_kg.importing.facts.documents import Document
from eurohpc_kg.importing.facts.documents_graph import document_triples, header_of
from eurohpc_kg.importing.facts.terms import HOMEPAGE, LABEL, RDF_TYPE, SOURCE, ehpc
from eurohpc_kg.names import SOURCE as SOURCE_SPACE
from eurohpc_kg.names import THING, fold, read_prefixes, slug, title_slug
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import REGISTER_GRAPH
from eurohpc_kg.turtle import read, write


def new_source(
    repository: Repository,
    *,
    address: str,
    title: str,
    publisher: str,
    date: str,
    retrieved: str,
    language: str = "en",
    primary: bool = False,
    homepage: str = "",
) -> Begun:
    """Begin the file of a source document: ``data/sources/<publisher>/<date>-<slug>.ttl``.

    ``publisher`` is the name or slug of one in the register; with ``homepage`` one that is not
    there yet is added. ``date`` is the day of issue as precise as known, empty where the page has
    none; ``retrieved`` the day on which it was read. Raises `UnknownNameError` for a publisher
    that is not known, and `InputError` for a part that is not well formed.
    """
    repository.require_checkout()
    require_address(address)
    require_date(date)
    if len(require_date(retrieved)) != 10:
        raise InputError(f"{retrieved!r} is no day", remedy="Write it as 2026-11-25.")
    if not title.strip():
        raise InputError("the document has no title", remedy="Give the title as the page has it.")
    known = _publishers(repository)
    found = known.get(fold(publisher)) or known.get(publisher)
    if found is None and not homepage:
        near = difflib.get_close_matches(fold(publisher), known, n=4, cutoff=0.6)
        raise UnknownNameError(
            f"no publisher has the name {publisher!r}",
            candidates=sorted({known[name] for name in near}),
            remedy="Name one of the register, or add it with --homepage ADDRESS.",
        )
    name = found or require_slug(slug(publisher))
    stem = f"{date or 'undated'}-{title_slug(title)}"
    path = repository.sources / name / f"{stem}.ttl"
    document = Document(
        iri=f"{SOURCE_SPACE}{name}/{stem}",
        address=address,
        title=title.strip(),
        language=language,
        publisher=name,
        publisher_name=publisher,
        issued=date,
        primary=primary,
    )
    text = write(
        document_triples(document, retrieved, ()),
        read_prefixes(repository),
        document.iri,
        header_of(document, publisher),
    )
    begun = begin(
        repository,
        path,
        text,
        "Write below what the document says, and nothing that it does not say.",
        f"Then: eurohpc-kg fmt {repository.relative(path)} && eurohpc-kg check",
    )
    if found is None:
        _register_publisher(repository, name, publisher, require_address(homepage))
    return begun


def _publishers(repository: Repository) -> dict[str, str]:
    """Return the slug of each publisher, by slug and by folded label."""
    path = repository.register / "publishers.ttl"
    known: dict[str, str] = {}
    if not path.exists():
        return known
    for quad in read(path, REGISTER_GRAPH):
        if isinstance(quad.subject, NamedNode) and quad.predicate == LABEL:
            name = quad.subject.value.removeprefix(THING)
            known[name] = name
            if isinstance(quad.object, Literal):
                known[fold(quad.object.value)] = name
    return known


def _register_publisher(repository: Repository, name: str, label: str, homepage: str) -> None:
    thing = NamedNode(THING + name)
    triples = {
        Triple(thing, RDF_TYPE, ehpc("Publisher")),
        Triple(thing, LABEL, Literal(label, language="en")),
        Triple(thing, HOMEPAGE, NamedNode(homepage)),
        Triple(thing, SOURCE, NamedNode(homepage)),
    }
    register(repository, "publishers", triples)
