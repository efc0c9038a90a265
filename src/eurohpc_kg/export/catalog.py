"""What the graph is, for machines that look for data: the contents of ``graph/catalog``.

VoID with the counts of the files themselves, a catalogue by DCAT-AP 3, the SPARQL service, the
prefixes, and the saved questions. There are no blank nodes and no clocks in it: the same dataset
gives the same triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from eurohpc_kg.export import about
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.describing import Describer, Value, text
from eurohpc_kg.export.folder import Written
from eurohpc_kg.export.media import file_type_iri, media_iri, packed_iri
from eurohpc_kg.export.statistics import Statistics, count
from eurohpc_kg.names import NAMESPACE, SOURCE, THING
from eurohpc_kg.questions.sib import from_questions

_EU = "http://publications.europa.eu/resource/authority/"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "JSON-LD", "N-Quads", "N-Triples", "RDF_XML", "SPARQL_Results_CSV", "SPARQL_Results_JSON",
    "SPARQL_Results_TSV", "SPARQL_Results_XML", "TriG", "Turtle",
)  # fmt: skip
_FEATURES = {
    "nquads": "N-Quads", "trig": "TriG", "turtle": "Turtle", "ntriples": "N-Triples",
    "rdfxml": "RDF_XML", "jsonld": "JSON-LD",
}  # fmt: skip
_ONTOLOGY = "https://w3id.org/eurohpc-kg/ontology"
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
# What DCAT-AP wants to be told of names that no list of the EU has.
_KINDS = {
    about.LICENCE: "dcterms:LicenseDocument",
    NAMESPACE: "foaf:Document",
    _ONTOLOGY: "dcterms:Standard",
    _PROTOCOL: "dcterms:Standard",
    "spdx:checksumAlgorithm_sha256": "spdx:ChecksumAlgorithm",
}
_EXAMPLES = ("eurohpc-ju", "jupiter", "lumi")


def catalog(dataset: Dataset, files: Sequence[Written] = (), endpoint: str = "") -> list[ox.Triple]:
    """Return the description of a dataset, of ``files`` that hold it, and of its endpoint."""
    write = Describer(dataset.prefixes)
    counts = count(dataset.all_parts(), {THING + name for name in _EXAMPLES})
    return [
        *_catalogue(write, dataset, files),
        *_counts(write, dataset, counts),
        *_graphs(write, dataset),
        *_distributions(write, dataset, files),
        *_service(write, dataset, endpoint),
        *_prefixes(dataset),
        *(quad.triple for quad in from_questions(dataset.repository)),
    ]


def _catalogue(write: Describer, dataset: Dataset, files: Iterable[Written]) -> Iterator[ox.Triple]:
    shared: dict[str, Value | list[Value]] = {
        "dcterms:language": _EU + "language/ENG",
        "dcterms:license": about.LICENCE,
        "dcterms:modified": write.typed(dataset.date, "xsd:date"),
        "dcterms:publisher": about.AUTHORS_IRI,
        "dcterms:spatial": _EU + "continent/EUROPE",
        "foaf:homepage": NAMESPACE,
    }
    yield from write.about(
        about.CATALOG,
        "dcat:Catalog",
        {
            "dcterms:title": text(f"{about.TITLE}: catalogue"),
            "dcterms:description": text("The dataset, its files, its endpoint and its questions."),
            "dcat:dataset": about.DATASET,
            "dcat:service": about.SERVICE,
            "dcat:themeTaxonomy": _EU + "data-theme",
            **shared,
        },
    )
    yield from write.about(
        about.DATASET,
        ["dcat:Dataset", "void:Dataset", "schema:Dataset"],
        {
            "dcterms:title": text(about.TITLE),
            "dcterms:description": text(about.DESCRIPTION),
            "dcterms:accessRights": _EU + "access-right/PUBLIC",
            "dcterms:conformsTo": _ONTOLOGY,
            "dcterms:creator": about.AUTHORS_IRI,
            "dcterms:identifier": text(about.DATASET, ""),
            "dcat:contactPoint": about.CONTACT,
            "dcat:distribution": [_distribution(file.name) for file in files],
            "dcat:keyword": [text(word) for word in about.KEYWORDS],
            "dcat:landingPage": NAMESPACE,
            "dcat:theme": _EU + "data-theme/TECH",
            "dcat:version": text(dataset.version, ""),
            **shared,
        },
    )
    yield from write.about(about.AUTHORS_IRI, "foaf:Agent", {"foaf:name": text(about.AUTHORS, "")})
    yield from write.about(
        about.CONTACT,
        ["vcard:Organization", "vcard:Kind"],
        {"vcard:fn": text(about.AUTHORS, ""), "vcard:hasURL": NAMESPACE},
    )
    for name, kind in _KINDS.items():
        yield from write.about(name, kind, {})


def _counts(write: Describer, dataset: Dataset, counts: Statistics) -> Iterator[ox.Triple]:
    sources = sum(graph.name.startswith(SOURCE) for graph in dataset.graphs)
    classes = {iri: _part("class", iri) for iri in sorted(counts.classes)}
    properties = {iri: _part("property", iri) for iri in sorted(counts.properties)}
    links = {host: _part("links", host) for host in sorted(counts.links)}
    used = {prefix: n for prefix, n in dataset.prefixes if _is_vocabulary(n, counts)}
    pairs: dict[str, Value | list[Value]] = {
        "void:triples": counts.triples,
        "void:entities": counts.subjects,
        "void:distinctSubjects": counts.subjects,
        "void:distinctObjects": counts.objects,
        "void:properties": len(counts.properties),
        "void:classes": len(counts.classes),
        "void:documents": sources,
        "void:uriSpace": text(NAMESPACE, ""),
        "void:vocabulary": [*used.values()],
        "void:exampleResource": [*sorted(counts.examples)],
        "void:sparqlEndpoint": about.SERVICE,
        "void:classPartition": [*classes.values()],
        "void:propertyPartition": [*properties.values()],
        "void:subset": [*links.values()],
    }
    yield from write.about(about.DATASET, "void:Dataset", pairs)
    yield from _partitions(write, counts, classes, properties)
    yield from _links(write, counts, links)


def _partitions(
    write: Describer, counts: Statistics, classes: dict[str, str], properties: dict[str, str]
) -> Iterator[ox.Triple]:
    """Yield how often each class and property is used; the names of the parts are given."""
    for iri, part in classes.items():
        yield from write.about(
            part, "void:Dataset", {"void:class": iri, "void:entities": counts.classes[iri]}
        )
    for iri, part in properties.items():
        use = counts.properties[iri]
        yield from write.about(
            part,
            "void:Dataset",
            {
                "void:property": iri,
                "void:triples": use.triples,
                "void:distinctSubjects": use.subjects,
                "void:distinctObjects": len(use.objects),
            },
        )


def _links(write: Describer, counts: Statistics, links: dict[str, str]) -> Iterator[ox.Triple]:
    """Yield how many things are said to be the same as one elsewhere, by host."""
    for host, part in links.items():
        yield from write.about(
            part,
            "void:Linkset",
            {
                "void:linkPredicate": "schema:sameAs",
                "void:subjectsTarget": about.DATASET,
                "void:objectsTarget": f"https://{host}/",
                "void:triples": counts.links[host],
            },
        )


def _graphs(write: Describer, dataset: Dataset) -> Iterator[ox.Triple]:
    """Yield count and hash of each graph."""
    for graph in dataset.graphs:
        name = graph.name
        yield from write.about(
            _part("graph", name),
            ["sd:Graph", "void:Dataset"],
            {"void:triples": graph.count, "spdx:checksum": _part("hash", name)},
        )
        yield from write.about(
            _part("hash", name),
            "spdx:Checksum",
            {
                "rdfs:comment": text("Of the graph in the canonical form of RDFC-1.0."),
                "spdx:algorithm": "spdx:checksumAlgorithm_sha256",
                "spdx:checksumValue": write.typed(graph.hash, "xsd:hexBinary"),
            },
        )


def _distributions(
    write: Describer, dataset: Dataset, files: Iterable[Written]
) -> Iterator[ox.Triple]:
    for file in files:
        place = about.address(file.name, dataset.version, dataset.site)
        media = media_iri(file.media_type)
        yield from write.about(media, "dcterms:MediaType", {})
        yield from write.about(
            _distribution(file.name),
            "dcat:Distribution",
            {
                "dcterms:title": text(file.title),
                "dcterms:format": file_type_iri(file.media_type),
                "dcterms:license": about.LICENCE,
                "dcat:accessURL": place,
                "dcat:byteSize": write.typed(str(file.size), "xsd:nonNegativeInteger"),
                "dcat:compressFormat": packed_iri(file.compression),
                "dcat:downloadURL": place,
                "dcat:mediaType": media,
                "spdx:checksum": _distribution(file.name) + "-hash",
            },
        )
        yield from write.about(
            _distribution(file.name) + "-hash",
            "spdx:Checksum",
            {
                "spdx:algorithm": "spdx:checksumAlgorithm_sha256",
                "spdx:checksumValue": write.typed(file.sha256, "xsd:hexBinary"),
            },
        )
        feature = _FEATURES.get(file.format)
        yield from write.about(
            about.DATASET,
            [],
            {
                "void:dataDump": place if feature else None,
                "void:feature": _FORMATS + feature if feature else None,
            },
        )


def _service(write: Describer, dataset: Dataset, endpoint: str) -> Iterator[ox.Triple]:
    place = endpoint or (f"{dataset.site}sparql" if dataset.site else about.SERVICE)
    named = {graph.name: _part("named", graph.name) for graph in dataset.graphs}
    default = about.DATASET + "#default-graph"
    yield from write.about(
        about.SERVICE,
        ["sd:Service", "dcat:DataService"],
        {
            "dcterms:title": text(f"{about.TITLE}: SPARQL endpoint"),
            "dcat:contactPoint": about.CONTACT,
            "dcat:endpointDescription": about.CATALOG,
            "dcat:endpointURL": place,
            "dcat:keyword": [text(word) for word in about.KEYWORDS],
            "dcat:servesDataset": about.DATASET,
            "dcat:theme": _EU + "data-theme/TECH",
            "dcterms:conformsTo": _PROTOCOL,
            "dcterms:license": about.LICENCE,
            "dcterms:publisher": about.AUTHORS_IRI,
            "sd:defaultDataset": about.DATASET,
            "sd:endpoint": place,
            "sd:feature": "sd:UnionDefaultGraph",
            "sd:resultFormat": [_FORMATS + name for name in _RESULTS],
            "sd:supportedLanguage": "sd:SPARQL11Query",
        },
    )
    yield from write.about(
        about.DATASET,
        "sd:Dataset",
        {"sd:defaultGraph": default, "sd:namedGraph": [*named.values()]},
    )
    yield from write.about(default, "sd:Graph", {})
    for name, part in named.items():
        yield from write.about(
            part, "sd:NamedGraph", {"sd:name": name, "sd:graph": _part("graph", name)}
        )


def _prefixes(dataset: Dataset) -> Iterator[ox.Triple]:
    file = dataset.repository.ontology / "prefixes.ttl"
    for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
        yield quad.triple


def _is_vocabulary(namespace: str, counts: Statistics) -> bool:
    return any(iri.startswith(namespace) for iri in (*counts.properties, *counts.classes))


def _part(kind: str, iri: str) -> str:
    """Return the name of a part of the dataset; two parts of one kind never share it."""
    local = iri.removeprefix(NAMESPACE) if iri.startswith(NAMESPACE) else iri.split("://")[-1]
    return f"{about.DATASET}#{kind}-{_safe(local)}"


def _distribution(name: str) -> str:
    return f"{about.DATASET}#file-{_safe(name)}"


def _safe(text_: str) -> str:
    return "".join(c if c.isalnum() or c in "-._" else "-" for c in text_)
