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
    require_language,
    require_slug,
)
from eurohpc_kg.errors import UnknownNameError, UsageError
from eurohpc_kg.importing.facts.documents import Document, document_key
from eurohpc_kg.importing.facts.documents_graph import document_triples, header_of
from eurohpc_kg.importing.facts.terms import (
    ALT_LABEL,
    HOMEPAGE,
    LABEL,
    RDF_TYPE,
    SOURCE,
    TITLE,
    ehpc,
)
from eurohpc_kg.importing.facts.things import INSTITUTIONS, class_iri
from eurohpc_kg.names import SOURCE as SOURCE_SPACE
from eurohpc_kg.names import THING, fold, read_prefixes, slug, title_slug
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import REGISTER_GRAPH, source_graph
from eurohpc_kg.turtle import read, write

_NAMES = (LABEL, ALT_LABEL, ehpc("shortName"), ehpc("officialName"))
_BODIES = frozenset(class_iri(name) for name in ("JointUndertaking", "Institution", *INSTITUTIONS))
_OF_LISTS = "top500-"  # register files of what ranking lists name


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

    ``publisher`` is the name or slug of one in the register, or of an institution there, which so
    becomes one; with ``homepage`` one that is not there yet is added. ``date`` is the day of issue
    as precise as known, empty where the page has none; ``retrieved`` the day on which it was read.
    Raises `UnknownNameError` for a publisher that is not known, `UsageError` for a part that is
    not well formed, and `UsageError` where the document has a file.
    """
    repository.require_checkout()
    title = " ".join(title.split())
    _require_new(repository, require_address(address), title)
    require_language(language)
    require_date(date)
    if len(require_date(retrieved)) != 10:
        raise UsageError(f"{retrieved!r} is no day", remedy="Write it as 2026-11-25.")
    if date > retrieved[: len(date)]:
        raise UsageError(
            f"the document of {date} was read on {retrieved}, before it was issued",
            remedy="Correct --date or --retrieved.",
        )
    if not title:
        raise UsageError("the document has no title", remedy="Give the title as the page has it.")
    known, publishing = _publishers(repository)
    found = known.get(publisher) or known.get(fold(publisher))
    if found is None and not homepage:
        near = difflib.get_close_matches(fold(publisher), known, n=4, cutoff=0.6)
        candidates = sorted({known[name] for name in near})
        meant = f" ({', '.join(candidates)}?)" if candidates else ""
        raise UnknownNameError(
            f"no publisher has the name {publisher!r}",
            candidates=candidates,
            remedy=f"Name one of the register{meant}, or add it with --homepage ADDRESS.",
        )
    name = found or require_slug(slug(publisher))
    stem = f"{date or 'undated'}-{title_slug(title)}"
    path = repository.sources / name / f"{stem}.ttl"
    document = Document(
        iri=f"{SOURCE_SPACE}{name}/{stem}",
        address=address,
        title=title,
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
    elif found not in publishing:
        triple = Triple(NamedNode(THING + name), RDF_TYPE, ehpc("Publisher"))
        register(repository, "publishers", {triple})
    return begun


def _require_new(repository: Repository, address: str, title: str) -> None:
    """Raise `UsageError` where a file is about the document already: one file, one document."""
    key = document_key(address, title)
    for path in sorted(repository.sources.rglob("*.ttl")):
        if f"<{address}>" not in path.read_text(encoding="utf-8"):
            continue
        graph = source_graph(path.parent.name, path.stem)
        about = {q.predicate: q.object for q in read(path, graph, graph.value) if q[0] == graph}
        there, called = about.get(SOURCE), about.get(TITLE)
        if not isinstance(there, NamedNode) or not isinstance(called, Literal):
            continue
        if document_key(there.value, called.value) == key:
            raise UsageError(
                "the document at this address has its file already",
                place=repository.relative(path),
                remedy="Write there what else it says.",
            )


def _publishers(repository: Repository) -> tuple[dict[str, str], set[str]]:
    """Return the slugs of publishers and institutions, by slug and by folded name, and which of
    them are publishers already; where two have one name, it means the publisher.
    """
    classes: dict[str, set[str]] = {}
    names: list[tuple[str, str]] = []
    for path in sorted(repository.register.glob("*.ttl")):
        if path.name.startswith(_OF_LISTS):
            continue
        for quad in read(path, REGISTER_GRAPH):
            if not isinstance(quad.subject, NamedNode):
                continue
            thing = quad.subject.value.removeprefix(THING)
            if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
                classes.setdefault(thing, set()).add(quad.object.value)
            elif quad.predicate in _NAMES and isinstance(quad.object, Literal):
                names.append((fold(quad.object.value), thing))
    publishing = {thing for thing, kinds in classes.items() if ehpc("Publisher").value in kinds}
    bodies = {thing for thing, kinds in classes.items() if kinds & _BODIES} | publishing
    known: dict[str, str] = {}
    for name, thing in sorted(names, key=lambda found: found[1] not in publishing):
        if thing in bodies:
            known.setdefault(name, thing)
    return known | {thing: thing for thing in bodies}, publishing


def _register_publisher(repository: Repository, name: str, label: str, homepage: str) -> None:
    thing = NamedNode(THING + name)
    triples = {
        Triple(thing, RDF_TYPE, ehpc("Publisher")),
        Triple(thing, LABEL, Literal(label, language="en")),
        Triple(thing, HOMEPAGE, NamedNode(homepage)),
        Triple(thing, SOURCE, NamedNode(homepage)),
    }
    register(repository, "publishers", triples)
