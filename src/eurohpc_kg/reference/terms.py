"""The page about the ontology: every class and property, theme by theme."""

from __future__ import annotations

from collections.abc import Iterator

from eurohpc_kg.names import EHPC
from eurohpc_kg.reference.lookups import Folder, title_of
from eurohpc_kg.reference.markdown import code, facts, table
from eurohpc_kg.repository import Repository

_KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "relation",
    "owl:DatatypeProperty": "property",
    "owl:AnnotationProperty": "annotation",
}


def pages(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield the ontology page, and the page of the alignments."""
    files = sorted(repository.ontology.glob("*.ttl"))
    everything = Folder(repository, files)
    parts = [
        "# Ontology\n",
        "The terms of `ehpc:` (`https://w3id.org/eurohpc-kg/ontology#`), theme by theme.\n",
    ]
    for path in files:
        iris = [iri for iri in Folder(repository, [path]).subjects() if iri.startswith(EHPC)]
        if iris:
            parts.append(f"## {title_of(path)}\n")
            parts.extend(_term(everything, iri) for iri in iris)
    yield "ontology.md", "\n".join(parts)
    yield "alignments.md", _alignments(repository)


def _term(folder: Folder, iri: str) -> str:
    kinds = folder.values(iri, "rdf:type")
    kind = next((word for name, word in _KINDS.items() if name in kinds), code(kinds))
    traits = [
        name.removeprefix("owl:").removesuffix("Property") for name in kinds if name not in _KINDS
    ]
    name = folder.prefixes.compact(iri)
    label = folder.value(iri, "rdfs:label")
    return f"### {name}\n\n{kind} “{label}”: {folder.value(iri, 'skos:definition')}\n\n" + facts(
        [
            ("note", " ".join(folder.values(iri, "skos:scopeNote"))),
            ("example", " ".join(folder.values(iri, "skos:example"))),
            ("under", code(_parents(folder, iri))),
            ("from", code(_either(folder, iri, "rdfs:domain", "schema:domainIncludes"))),
            ("to", code(_either(folder, iri, "rdfs:range", "schema:rangeIncludes"))),
            ("inverse", code(folder.values(iri, "owl:inverseOf"))),
            ("follows from", code(folder.values(iri, "owl:propertyChainAxiom"))),
            ("also", ", ".join(trait.lower() for trait in traits if kind in _KINDS.values())),
        ]
    )


def _parents(folder: Folder, iri: str) -> list[str]:
    return folder.values(iri, "rdfs:subClassOf") + folder.values(iri, "rdfs:subPropertyOf")


def _either(folder: Folder, iri: str, strict: str, loose: str) -> list[str]:
    return folder.values(iri, strict) or folder.values(iri, loose)


def _alignments(repository: Repository) -> str:
    parts = [
        "# Alignments\n",
        "How our terms relate to those of other vocabularies. Nothing is imported; a subclass or "
        "subproperty link stands only where its inference is wanted.\n",
    ]
    for path in sorted((repository.ontology / "alignments").glob("*.ttl")):
        folder = Folder(repository, [path])
        rows = [
            (f"`{folder.prefixes.compact(subject)}`", f"`{link}`", f"`{target}`")
            for subject in folder.subjects_of_links()
            for link in LINKS
            for target in folder.values(subject, link)
        ]
        parts += [f"## {title_of(path)}\n", table(("ours", "link", "theirs"), rows)]
    return "\n".join(parts)


LINKS = (
    "owl:equivalentClass",
    "owl:equivalentProperty",
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
    "skos:exactMatch",
    "skos:closeMatch",
    "skos:broadMatch",
    "skos:narrowMatch",
    "skos:relatedMatch",
)
