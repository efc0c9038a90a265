"""The page about the closed lists: every scheme as a tree of its concepts."""

from __future__ import annotations

from collections.abc import Iterator

from eurohpc_kg.reference.lookups import Folder, title_of
from eurohpc_kg.reference.markdown import cell
from eurohpc_kg.repository import Repository


def pages(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield one page with all schemes."""
    parts = [
        "# Vocabularies\n",
        "The closed lists, as SKOS schemes. A narrower concept stands below its broader one; "
        "asking for a concept finds what stands below it.\n",
    ]
    for path in sorted((repository.ontology / "vocabularies").glob("*.ttl")):
        folder = Folder(repository, [path])
        parts += [f"## {title_of(path)}\n", *_tree(folder), ""]
    yield "vocabularies.md", "\n".join(parts)


def _tree(folder: Folder) -> Iterator[str]:
    concepts = [iri for iri in folder.subjects() if folder.literals(iri, "skos:prefLabel")]
    below: dict[str, list[str]] = {}
    for iri in concepts:
        for parent in folder.values(iri, "skos:broader") or [""]:
            below.setdefault(parent, []).append(iri)

    def branch(parent: str, depth: int) -> Iterator[str]:
        for iri in below.get(parent, ()):
            yield "  " * depth + _line(folder, iri)
            yield from branch(folder.prefixes.compact(iri), depth + 1)

    yield from branch("", 0)


def _line(folder: Folder, iri: str) -> str:
    name = folder.prefixes.compact(iri)
    other = folder.values(iri, "skos:altLabel")
    spelt = f" (also: {', '.join(other)})" if other else ""
    definition = cell(folder.value(iri, "skos:definition"))
    examples = folder.values(iri, "skos:example")
    shown = f" For example: {cell('; '.join(examples))}." if examples else ""
    return f"- `{name}` {folder.value(iri, 'skos:prefLabel')}{spelt}: {definition}{shown}"
