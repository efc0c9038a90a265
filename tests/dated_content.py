"""A small content with a past: three documents of three days, a correction, things of each day."""

from __future__ import annotations

from pathlib import Path

from eurohpc_kg.names import SOURCE
from eurohpc_kg.repository import Repository
from small_content import make_content

SOURCES = "data/sources/example-centre/"
FIRST = f"{SOURCES}2024-05-01-example-1-is-planned.ttl"
SECOND = f"{SOURCES}2025-10-12-example-2-is-selected.ttl"
UNDATED = f"{SOURCES}undated-about-us.ttl"
CORRECTION = "data/corrections/example-1-power.ttl"
REGISTER = "data/register/places.ttl"
QUESTION = "queries/questions/figures-of-centres.rq"

PREFIXES = """\
@prefix correction: <https://w3id.org/eurohpc-kg/correction/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix figure: <https://w3id.org/eurohpc-kg/figure/> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .
@prefix milestone: <https://w3id.org/eurohpc-kg/milestone/> .
@prefix quantity: <https://w3id.org/eurohpc-kg/vocabulary/quantity/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def document(path: str, dates: str, body: str) -> str:
    """Return the text of a source document, in the form in which ours are kept."""
    name = path.removeprefix("data/sources/").removesuffix(".ttl")
    return (
        f"@base <https://w3id.org/eurohpc-kg/source/{name}> .\n{PREFIXES}\n"
        f'<> a ehpc:SourceDocument ;\n    dcterms:title "{name}"@en ;\n{dates} .\n\n{body}'
    )


TEXTS = {
    FIRST: document(
        FIRST,
        '    dcterms:issued "2024-05-01"^^xsd:date ;\n    ehpc:retrieved "2026-01-05"^^xsd:date',
        """\
id:example-1 ehpc:aim "computing"@en .

figure:example-1-power-2024 a ehpc:Figure ;
    ehpc:asOf "2024"^^xsd:gYear ;
    ehpc:of id:example-1 ;
    ehpc:quantity quantity:power-draw ;
    ehpc:unit "MW" ;
    ehpc:value 4.5 .

milestone:example-1-operational-2026-06 a ehpc:Milestone ;
    ehpc:date "2026-06"^^xsd:gYearMonth ;
    ehpc:milestoneType <https://w3id.org/eurohpc-kg/vocabulary/milestone-type/operational> ;
    ehpc:of id:example-1 .
""",
    ),
    SECOND: document(
        SECOND,
        '    dcterms:issued "2025-10-12"^^xsd:date ;\n    ehpc:retrieved "2026-01-05"^^xsd:date',
        """\
id:example-2 ehpc:near id:example-1 .

figure:example-2-power-2025 a ehpc:Figure ;
    ehpc:asOf "2025-10"^^xsd:gYearMonth ;
    ehpc:of id:example-2 ;
    ehpc:quantity quantity:power-draw ;
    ehpc:unit "MW" ;
    ehpc:value 12.50 .
""",
    ),
    UNDATED: document(
        UNDATED,
        '    ehpc:retrieved "2025-02-03"^^xsd:date',
        'id:example-1 ehpc:focus "teaching"@en .\n',
    ),
    CORRECTION: f"""\
{PREFIXES}
correction:example-1-power a ehpc:Correction ;
    dcterms:created "2026-01-10"^^xsd:date ;
    ehpc:correctedValue 4.75 ;
    ehpc:correctionStatus ehpc:AcceptedCorrection ;
    ehpc:corrects figure:example-1-power-2024 ;
    ehpc:evidence <{SOURCE}example-centre/2025-10-12-example-2-is-selected> ;
    ehpc:reason "The centre says so itself."@en .
""",
    REGISTER: f"""\
{PREFIXES}
id:example-2 a ehpc:Centre ;
    rdfs:label "Example-2"@en ;
    ehpc:near id:example-site .

id:example-site a ehpc:Site ;
    rdfs:label "Example site"@en .

id:exampleland a ehpc:Country ;
    rdfs:label "Exampleland"@en .
""",
    QUESTION: """\
#+ summary: Which centres have which power?
#+ description: |
#+   Each figure with the centre that it is of.
#+ tags:
#+   - systems
#+ columns:
#+   - centre: the centre
#+   - value: the power

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>

SELECT ?centre ?value
WHERE {
  ?figure ehpc:of ?centre ;
    ehpc:value ?value .
}
ORDER BY ?centre ?value
""",
}


def make_dated(folder: Path) -> Repository:
    """Write the content into a folder."""
    repository = make_content(folder)
    (folder / "data/sources/example-centre/2026-03-02-example-1-inaugurated.ttl").unlink()
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "queries/views").mkdir(exist_ok=True)
    return repository
