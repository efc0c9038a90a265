"""A small content with names in several languages and saved questions, for tests of asking."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.api import Graph
from eurohpc_kg.cli import main
from eurohpc_kg.graph import assemble
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import building
from small_content import DOCUMENT, make_content
from small_repository import examiner

SOURCE = NAMESPACE + "source/example-centre/2026-03-02-example-1-inaugurated"
PREFIXES = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix figure: <https://w3id.org/eurohpc-kg/figure/> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sector: <https://w3id.org/eurohpc-kg/vocabulary/sector/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
REGISTER = """
id:north a ehpc:Centre ;
    rdfs:label "North Centre"@en , "Severní centrum"@cs ;
    ehpc:rorIdentifier "00abc0de1" ;
    ehpc:shortName "NC"@en ;
    schema:sameAs <https://ror.org/00abc0de1> .

id:south a ehpc:Centre ;
    rdfs:label "South Centre"@en ;
    ehpc:shortName "NC"@en .

id:lumi a ehpc:Machine ;
    rdfs:label "LUMI"@en .
"""
VOCABULARY = """
<https://w3id.org/eurohpc-kg/vocabulary/sector> a skos:ConceptScheme ;
    rdfs:label "sector"@en .

sector:health a skos:Concept ;
    skos:inScheme <https://w3id.org/eurohpc-kg/vocabulary/sector> ;
    skos:prefLabel "health"@en , "zdraví"@cs .

sector:healthcare a skos:Concept ;
    skos:altLabel "health care"@en ;
    skos:broader sector:health ;
    skos:inScheme <https://w3id.org/eurohpc-kg/vocabulary/sector> ;
    skos:prefLabel "healthcare"@en , "zdravotnictví"@cs .
"""
TERMS = """
ehpc:Machine a ehpc:Kind ;
    rdfs:label "machine"@en .

ehpc:hostedBy rdfs:label "hosted by"@en .

ehpc:rorIdentifier rdfs:subPropertyOf ehpc:identifier .

ehpc:targetsSector rdfs:label "targets sector"@en .
"""
SAID = """
<> a ehpc:SourceDocument ;
    dcterms:issued "2026-03-02"^^xsd:date ;
    dcterms:title "Example-1 is inaugurated"@en .

figure:north-power a ehpc:Figure ;
    ehpc:asOf "2026-03"^^xsd:gYearMonth ;
    ehpc:of id:north ;
    ehpc:value 12.50 .

id:north ehpc:hostedBy id:south ;
    ehpc:targetsSector sector:healthcare .

id:lumi ehpc:hostedBy id:north .
"""
OTHER = "source/other-paper/2026-04-news"
QUESTIONS = {
    "centres-of-sector": """\
#+ summary: Which centres target a sector?
#+ description: |
#+   Centres that target the sector or a narrower one.
#+ tags:
#+   - factories
#+ phrases:
#+   - centres that work on a field
#+ defaults:
#+   - sector: sector:health
#+ parameters:
#+   - sector: the sector; 100% of it
#+ columns:
#+   - centre: the centre
#+   - name: its English name
#+   - source: the document that states it

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sector: <https://w3id.org/eurohpc-kg/vocabulary/sector/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?centre ?name ?source
WHERE {
  VALUES ?sector { sector:health }
  ?stated skos:broader* ?sector .
  GRAPH ?source { ?centre ehpc:targetsSector ?stated }
  ?centre rdfs:label ?name .
  FILTER(LANG(?name) = "en")
}
ORDER BY ?name ?source
""",
    "figures-since": """\
#+ summary: Which figures are at least as large and new?
#+ description: |
#+   Figures from a day on, from a number on.
#+ tags:
#+   - money
#+ defaults:
#+   - day: "2026-03"
#+   - least: 10
#+   - centre: any
#+ parameters:
#+   - day: the first day
#+   - least: the least number
#+   - centre: one centre instead of all
#+ columns:
#+   - figure: the figure
#+   - value: its number
#+   - date: its date
#+   - source: the document that states it

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

SELECT ?figure ?value ?date ?source
WHERE {
  VALUES ?day { "2026-03"^^xsd:gYearMonth }
  VALUES ?least { 10 }
  VALUES ?centre { UNDEF }
  GRAPH ?source {
    ?figure ehpc:of ?centre ;
      ehpc:value ?value ;
      ehpc:asOf ?date .
  }
  ?centre a ehpc:Centre .
  FILTER(?value >= ?least && STR(?date) >= STR(?day))
}
ORDER BY ?figure
""",
    "hosts-of-machines": """\
#+ summary: Who hosts a machine?
#+ description: |
#+   The hosts of a machine.
#+ tags:
#+   - systems
#+ phrases:
#+   - host of a machine
#+ defaults:
#+   - machine: id:lumi
#+ parameters:
#+   - machine: the machine
#+ columns:
#+   - host: the host
#+   - source: the document that states it

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
PREFIX id: <https://w3id.org/eurohpc-kg/id/>

SELECT ?host ?source
WHERE {
  VALUES ?machine { id:lumi }
  GRAPH ?source { ?machine ehpc:hostedBy ?host }
}
ORDER BY ?host
""",
    "names-with-text": """\
#+ summary: Which names contain a text?
#+ description: |
#+   Labels that are the text.
#+ tags:
#+   - quality
#+ defaults:
#+   - text: "LUMI"
#+ parameters:
#+   - text: the text
#+ columns:
#+   - text: the text as it was asked for
#+   - thing: what has it as its name

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?text ?thing
WHERE {
  VALUES ?text { "LUMI" }
  OPTIONAL {
    ?thing rdfs:label ?name .
    FILTER(STR(?name) = ?text)
  }
}
ORDER BY ?thing
""",
}


def make_asking(folder: Path) -> Repository:
    """Write the content into a folder."""
    repository = make_content(folder)
    files = {
        "data/register/centres.ttl": PREFIXES + REGISTER,
        "ontology/names.ttl": PREFIXES + TERMS,
        "ontology/vocabularies/sector.ttl": PREFIXES + VOCABULARY,
        DOCUMENT: f"@base <{SOURCE}> .\n{PREFIXES}{SAID}",
        f"data/{OTHER.replace('source', 'sources')}.ttl": f"@base <{NAMESPACE}{OTHER}> .\n"
        f'{PREFIXES}\n<> a ehpc:SourceDocument ;\n    dcterms:title "News"@en .\n\n'
        "id:lumi ehpc:hostedBy id:north .\n",
    }
    files |= {f"queries/questions/{slug}.rq": text for slug, text in QUESTIONS.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return repository


@contextmanager
def built_asking(folder: Path, examiner_name: str) -> Iterator[Path]:
    """Make the content in a folder and build its store; commands ask that while it lasts."""
    make_asking(folder / "content")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EUROHPC_KG_CACHE", str(folder / "cache"))
        patch.setenv("EUROHPC_KG_ROOT", str(folder / "content"))
        patch.setattr(building, "EXAMINER", examiner(name=examiner_name))
        assert main(["build"]) == 0
        yield folder
    sys.modules.pop(examiner_name)


def graph_of(repository: Repository) -> Graph:
    """Open the content in memory, unchecked and without what follows from it."""
    store = ox.Store()
    store.extend(assemble(repository))
    return Graph(repository, store)
