"""Small graphs whose documents disagree: a vocabulary of a few terms, and a document a call."""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
import pytest

from eurohpc_kg.api import Graph
from eurohpc_kg.cli import main
from eurohpc_kg.labels import Names
from eurohpc_kg.names import GRAPH, SOURCE, read_prefixes
from eurohpc_kg.repository import find_repository

PREFIXES = read_prefixes(find_repository())
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES)

VOCABULARY = """
unit:petaflop-per-second ehpc:baseUnit unit:petaflop-per-second ; ehpc:conversionFactor 1 ;
  ehpc:symbol "PFlop/s" .
unit:teraflop-per-second ehpc:baseUnit unit:petaflop-per-second ; ehpc:conversionFactor 0.001 .
unit:euro ehpc:baseUnit unit:euro ; ehpc:conversionFactor 1 .
unit:one ehpc:baseUnit unit:one ; ehpc:conversionFactor 1 .
bound:about ehpc:tolerance 0.05 .
quantity:peak-performance ehpc:defaultUnit unit:petaflop-per-second ;
  skos:prefLabel "peak performance"@en .
quantity:participating-state-count ehpc:variesOverTime true .
milestone-type:inaugurated skos:prefLabel "inaugurated"@en .
ehpc:peakPerformance ehpc:shortcutFor quantity:peak-performance .
ehpc:coordinatedBy ehpc:expectsOneValue true ; owl:inverseOf ehpc:coordinates .
ehpc:locatedIn ehpc:expectsOneValue true .
ehpc:rorIdentifier rdfs:subPropertyOf ehpc:identifier .
id:machine a ehpc:Supercomputer ; rdfs:label "Machine"@en ; ehpc:rorIdentifier "0machine" .
id:kajaani a ehpc:City ; ehpc:inCountry id:finland .
id:espoo a ehpc:City ; ehpc:inCountry id:finland .
id:finland a ehpc:Country ; rdfs:label "Finland"@en .
id:kajaani ehpc:locatedIn id:finland .
id:joint-undertaking rdfs:label "Joint Undertaking"@en .
"""


class Run:
    """Run one command; return its exit code and what it printed and said."""

    def __init__(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.command, self.capsys = command, capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        code = main([self.command, *map(str, words)])
        out, err = self.capsys.readouterr()
        return code, out, err

    def rows(self, *words: object) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self(*words, "-f", "csv")[1])))


class World:
    """Hold a store that grows by documents, and the names in it."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.names = Names(self.store, PREFIXES)
        self.put("register", VOCABULARY)

    def is_asked(self, monkeypatch: pytest.MonkeyPatch) -> World:
        """Let the commands ask this graph in place of the real one."""
        graph = Graph(find_repository(), self.store)
        monkeypatch.setattr("eurohpc_kg.api.load", lambda: graph)
        return self

    def put(self, graph: str, turtle: str) -> None:
        """Add Turtle to one of the graphs of the project."""
        self._load(turtle, ox.NamedNode(GRAPH + graph))

    def says(self, document: str, turtle: str, standing: str = "Secondary") -> World:
        """Add a document ``publisher/date-slug`` and what it says."""
        graph = ox.NamedNode(SOURCE + document)
        publisher, _, rest = document.partition("/")
        dated = f'; dcterms:issued "{rest[:10]}"^^xsd:date' if rest[:2] == "20" else ""
        about = f"""<{graph.value}> a ehpc:SourceDocument ; dcterms:title "What {publisher} says"@en
          {dated} ; ehpc:standing ehpc:{standing}Source ; ehpc:retrieved "2026-11-01"^^xsd:date ;
          dcterms:publisher id:{publisher} ; dcterms:source <https://{publisher}.example/page> .
          id:{publisher} rdfs:label "{publisher.title()}"@en . """
        self._load(about + turtle, graph)
        return self

    def figure(self, document: str, value: str, **more: str) -> World:
        """Add a document that gives a figure of the machine, its peak performance by default."""
        said = {
            "of": "id:machine",
            "quantity": "quantity:peak-performance",
            "unit": "unit:petaflop-per-second",
            "basis": "basis:stated",
            "asOf": '"2026-01-02"^^xsd:date',
        }
        standing = more.pop("standing", "Secondary")
        lines = " ; ".join(f"ehpc:{name} {term}" for name, term in (said | more).items() if term)
        record = f"figure:machine-{document.replace('/', '-')}"
        return self.says(
            document, f"{record} a ehpc:Figure ; ehpc:value {value} ; {lines} .", standing
        )

    def milestone(self, document: str, date: str, **more: str) -> World:
        """Add a document that says when the machine was inaugurated."""
        lines = "".join(f" ; ehpc:{name} {term}" for name, term in more.items())
        return self.says(
            document,
            f"""milestone:machine-{document.replace("/", "-")} a ehpc:Milestone ;
              ehpc:of id:machine ; ehpc:milestoneType milestone-type:inaugurated ;
              ehpc:date "{date}"^^xsd:date{lines} .""",
        )

    def _load(self, turtle: str, graph: ox.NamedNode) -> None:
        self.store.load(HEAD + turtle, format=ox.RdfFormat.TURTLE, to_graph=graph)
