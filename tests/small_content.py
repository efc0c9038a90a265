"""A small content in a folder of its own, sound in every way, for tests that break it."""

from __future__ import annotations

import shutil
from pathlib import Path

from eurohpc_kg.repository import ROOMS, Repository

ROOT = Path(__file__).parents[1]
DOCUMENT = "data/sources/example-centre/2026-03-02-example-1-inaugurated.ttl"
REGISTER = "data/register/things.ttl"
ONTOLOGY = "ontology/ontology.ttl"
SHAPE = "shapes/Figure.ttl"
CHECK = "queries/checks/figure-without-unit.rq"

TEXTS = {
    ONTOLOGY: """\
# The few terms that this content needs.

@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

ehpc:Centre a owl:Class ;
    rdfs:label "centre"@en ;
    owl:disjointWith ehpc:Figure .

ehpc:Figure a owl:Class ;
    rdfs:label "figure"@en .

ehpc:LargeCentre a owl:Class ;
    rdfs:label "large centre"@en ;
    rdfs:subClassOf ehpc:Centre .

ehpc:of a owl:ObjectProperty ;
    rdfs:label "of"@en .

ehpc:unit a owl:DatatypeProperty ;
    rdfs:label "unit"@en .

ehpc:value a owl:DatatypeProperty ;
    rdfs:label "value"@en .

skos:altLabel a owl:AnnotationProperty .
""",
    REGISTER: """\
# Things. Specimens, not facts.

@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

id:example-1 a ehpc:LargeCentre ;
    rdfs:label "Example-1"@en .
""",
    DOCUMENT: """\
# Example Centre, "Example-1 is inaugurated". A specimen, not a fact.

@base <https://w3id.org/eurohpc-kg/source/example-centre/2026-03-02-example-1-inaugurated> .
@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix figure: <https://w3id.org/eurohpc-kg/figure/> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .

figure:example-1-power a ehpc:Figure ;
    ehpc:of id:example-1 ;
    ehpc:unit "MW" ;
    ehpc:value 4.5 .
""",
    SHAPE: """\
# Figures.

@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/eurohpc-kg/shape#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

shape:Figure a sh:NodeShape ;
    sh:description "A number is of something."@en ;
    sh:property
        shape:Figure-of ,
        shape:Figure-value ;
    sh:targetClass ehpc:Figure .

shape:Figure-of a sh:PropertyShape ;
    sh:class ehpc:Centre ;
    sh:description "A number is of something."@en ;
    sh:minCount 1 ;
    sh:path ehpc:of ;
    sh:severity sh:Violation ;
    sh:message "Say of which centre the figure is."@en .

shape:Figure-value a sh:PropertyShape ;
    sh:datatype xsd:decimal ;
    sh:description "Numbers add up."@en ;
    sh:path ehpc:value ;
    sh:severity sh:Warning ;
    sh:message "Write the value as a number."@en .
""",
    CHECK: """\
#+ summary: Which figures have no unit?
#+ problem: The figure has no unit
#+ why: A number without a unit can't be compared.
#+ solution: Add ehpc:unit.
#+ severity: warning
#+ columns:
#+   - figure: the figure
#+   - source: the document that states it

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>

SELECT ?figure ?source
WHERE {
  GRAPH ?source { ?figure a ehpc:Figure }
  FILTER NOT EXISTS { ?figure ehpc:unit ?unit }
}
ORDER BY ?figure
""",
    "shapes/sizes.csv": "class,least,most,why\nehpc:Centre,1,2,There is one.\n",
}


def make_content(folder: Path) -> Repository:
    """Write the sound content into a folder."""
    for room in ROOMS:
        (folder / room).mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "ontology" / "prefixes.ttl", folder / "ontology")
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Repository(folder)


def edit(repository: Repository, name: str, old: str, new: str) -> None:
    """Replace a part of one file, which must be there."""
    path = repository.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
