"""Which file fills which named graph, and the other way round.

A file of ``data/sources/<publisher>/`` is one document and one graph, and its base is that graph.
The files of every other room share the room's graph and have no base. This module alone knows the
rule; a file that breaks it is refused with `PlacementError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from eurohpc_kg.errors import PlacementError
from eurohpc_kg.names import DATE, GRAPH, SLUG, SOURCE
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle import parse, read_text

ONTOLOGY_GRAPH = NamedNode(GRAPH + "ontology")
REGISTER_GRAPH = NamedNode(GRAPH + "register")
CORRECTIONS_GRAPH = NamedNode(GRAPH + "corrections")
SHAPES_GRAPH = NamedNode(GRAPH + "shapes")
QUESTIONS_GRAPH = NamedNode(GRAPH + "questions")
INFERRED_GRAPH = NamedNode(GRAPH + "inferred")
CATALOG_GRAPH = NamedNode(GRAPH + "catalog")

_DOCUMENT = re.compile(rf"(?P<publisher>{SLUG})/(?:{DATE}|undated)-{SLUG}")
_BASE = re.compile(r"^[ \t]*(?:@base|BASE)[ \t]+<([^>\n]*)>", re.MULTILINE | re.IGNORECASE)
# Other ways to write RDF, which nothing here would read.
_NOT_TURTLE = {".nt", ".nq", ".trig", ".rdf", ".owl", ".xml", ".jsonld", ".n3", ".turtle"}


@dataclass(frozen=True)
class ContentFile:
    """Name a Turtle file, the graph that it fills, and the base it must have (or must not)."""

    path: Path
    graph: NamedNode
    base: str | None = None


def source_graph(publisher: str, document: str) -> NamedNode:
    """Return the graph of a source document; ``document`` is ``<date>-<slug>``.

    >>> source_graph("vtv", "2025-10-12-more-factories").value
    'https://w3id.org/eurohpc-kg/source/vtv/2025-10-12-more-factories'
    """
    if not _DOCUMENT.fullmatch(f"{publisher}/{document}"):
        raise PlacementError(
            f"{publisher}/{document} is not a name for a source document",
            remedy="Name it <publisher>/<date>-<slug>: lower case, hyphens, the date as 2025, "
            "2025-10, 2025-10-12 or undated.",
        )
    return NamedNode(f"{SOURCE}{publisher}/{document}")


def graph_of(repository: Repository, path: Path) -> NamedNode:
    """Return the graph that a content file fills.

    Raises `PlacementError` for a file outside the rooms, or with a name that gives no graph.
    """
    parts = repository.relative(path).split("/")
    match parts:
        case ["data", "sources", publisher, name] if name.endswith(".ttl"):
            try:
                return source_graph(publisher, name.removesuffix(".ttl"))
            except PlacementError as error:
                place = repository.relative(path)
                raise PlacementError(error.problem, place=place, remedy=error.remedy) from None
        case ["data", "register", *_, name] if name.endswith(".ttl"):
            return REGISTER_GRAPH
        case ["data", "corrections", *_, name] if name.endswith(".ttl"):
            return CORRECTIONS_GRAPH
        case ["ontology", *_, name] if name.endswith(".ttl"):
            return ONTOLOGY_GRAPH
        case ["shapes", *_, name] if name.endswith(".ttl"):
            return SHAPES_GRAPH
    raise PlacementError(
        "no graph is filled from this file",
        place=repository.relative(path),
        remedy="Move it to data/sources/<publisher>/<date>-<slug>.ttl, data/register/, "
        "data/corrections/, ontology/ or shapes/, as Turtle.",
    )


def path_of(repository: Repository, graph: NamedNode) -> Path:
    """Return the file of a source graph, or the folder of another graph that files fill."""
    iri = graph.value
    if iri.startswith(SOURCE) and _DOCUMENT.fullmatch(iri, len(SOURCE)):
        return repository.sources / f"{iri.removeprefix(SOURCE)}.ttl"
    rooms = {
        ONTOLOGY_GRAPH: repository.ontology,
        REGISTER_GRAPH: repository.register,
        CORRECTIONS_GRAPH: repository.corrections,
        SHAPES_GRAPH: repository.shapes,
        QUESTIONS_GRAPH: repository.questions,
    }
    if graph not in rooms:
        raise PlacementError("no file fills this graph", place=iri)
    return rooms[graph]


def content_files(repository: Repository) -> list[ContentFile]:
    """Return every content file, sorted by path.

    Raises `PlacementError` for the first file that stands where no graph is filled from.
    """
    return sorted(_content_files(repository), key=lambda file: file.path)


def _content_files(repository: Repository) -> Iterator[ContentFile]:
    for path in content_paths(repository):
        yield content_file(repository, path)


def content_paths(repository: Repository) -> list[Path]:
    """Return every file that says it is RDF in the rooms of `content_files`, well placed or not."""
    rooms = (repository.ontology, repository.data, repository.shapes)
    return sorted(
        path
        for room in rooms
        for path in room.rglob("*.*")
        if not path.name.startswith(".") and (path.suffix == ".ttl" or path.suffix in _NOT_TURTLE)
    )


def content_file(repository: Repository, path: Path) -> ContentFile:
    """Return one file with its graph and base; raise `PlacementError` where it fills no graph."""
    graph = graph_of(repository, path)
    return ContentFile(path, graph, graph.value if graph.value.startswith(SOURCE) else None)


def read_content(repository: Repository, file: ContentFile) -> list[Quad]:
    """Return the quads of a content file; see `parse_content`."""
    place = repository.relative(file.path)
    return parse_content(read_text(file.path), file, place)


def parse_content(text: str, file: ContentFile, place: str) -> list[Quad]:
    """Return the quads of a content file's text, in its graph.

    Raises `PlacementError` where the base is not the one that the file's place demands.
    """
    declared = _BASE.search(text) if "base" in text.lower() else None
    if (declared[1] if declared else None) != file.base:
        raise _wrong_base(text, declared, file, place)
    return parse(text, file.graph, None, place)


def _wrong_base(
    text: str, declared: re.Match[str] | None, file: ContentFile, place: str
) -> PlacementError:
    line = text.count("\n", 0, declared.start(1)) + 1 if declared else 1
    if file.base is None:
        problem = "a base stands in a file that is not a source document"
        remedy = "Remove the @base line and write the IRIs in full or as CURIEs."
    else:
        found = f"the base is <{declared[1]}>" if declared else "there is no @base"
        problem = f"{found}, but the file's place says <{file.base}>"
        remedy = f"Write @base <{file.base}> . or move the file."
    return PlacementError(problem, place=f"{place}:{line}", remedy=remedy)
