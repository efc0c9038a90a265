"""Small closed graphs to explain: Turtle without prefixes, with views of their own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.explain import Explainer, Proof, Statement
from eurohpc_kg.explain.checker import faults
from eurohpc_kg.names import GRAPH, SOURCE
from eurohpc_kg.reason import close
from eurohpc_kg.reason.vocabulary import TYPE, curie, expand

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "reason"))
from graphs import EXAMPLE, quads, triples
from test_rules import CONCLUSIONS

from small_repository import make_repository

__all__ = ["CONCLUSIONS"]

REGISTER = ox.NamedNode(GRAPH + "register")
NEWS = SOURCE + "news/2026-01-02-first"
PAPER = SOURCE + "paper/2026-02-03-second"

PREFIX = f"PREFIX ex: <{EXAMPLE}>\n"
# Which country a thing is in; and the highest of what is said of it, with who says so.
IN_COUNTRY = f"""#+ summary: In which country is a thing?
#+ description: |
#+   It is where its place is, if that is a country. More is not known.
{PREFIX}CONSTRUCT {{ ?thing ex:inCountry ?country }}
WHERE {{
  ?thing ex:in ?country .
  ?country a ex:Country .
}}
"""
BEST = f"""#+ summary: Which value is the best?
{PREFIX}CONSTRUCT {{ ?thing ex:best ?value }}
WHERE {{
  {{
    SELECT ?thing (MAX(?key) AS ?highest)
    WHERE {{
      {{ GRAPH ?source {{ ?record ex:value ?stated }} }}
      UNION
      {{ GRAPH ?source {{ ?record ex:estimate ?stated }} }}
      ?record ex:of ?thing .
      OPTIONAL {{ ?source ex:standing ?standing }}
      FILTER NOT EXISTS {{ ?record ex:withdrawn ?reason }}
      BIND(IF(BOUND(?standing), "2", "1") AS ?nearness)
      BIND(CONCAT(?nearness, " ", STR(?stated)) AS ?key)
    }}
    GROUP BY ?thing
  }}
  BIND(xsd:integer(REPLACE(?highest, "^.* ", "")) AS ?value)
}}
""".replace("CONSTRUCT", "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nCONSTRUCT", 1)


def small(folder: Path, text: str, views: Mapping[str, str] | None = None, **graphs: str) -> Small:
    """Close Turtle (in the register) and return what explains it.

    ``views`` are texts by name; ``graphs`` are more Turtle, in ``news`` or ``paper``.
    """
    repository = make_repository(folder)
    (repository.views).mkdir(parents=True)
    for name, view in (views or {}).items():
        (repository.views / f"{name}.rq").write_text(view, encoding="utf-8")
    given = quads(text)
    for name, more in graphs.items():
        given += quads(more, {"news": NEWS, "paper": PAPER}[name])
    store = ox.Store()
    store.extend([*given, *close(given, repository)])
    return Small(store, Explainer(store, repository))


class Small:
    """Hold a small graph and its explainer."""

    def __init__(self, store: ox.Store, explainer: Explainer) -> None:
        self.store = store
        self.explainer = explainer

    def prove(self, text: str) -> Proof:
        """Return the proof of ``:s :p :o``, which must be one that the checker accepts."""
        proof = self.explainer.prove(said(text))
        assert proof is not None, f"{text} does not follow"
        assert self.faults(proof) == []
        return proof

    def faults(self, proof: Proof) -> list[str]:
        """Return what the checker has against a proof."""
        views = {name: view.text for name, view in self.explainer.views.items()}
        return faults(proof, self.holds, views)

    def holds(self, statement: Statement, graph: ox.NamedNode) -> bool:
        """Tell whether a graph of the store holds a statement."""
        return ox.Quad(*statement, graph) in self.store  # type: ignore[arg-type]


def said(text: str) -> Statement:
    """Return the statement of ``:s :p :o``; ``a`` and words of OWL are known, numbers too."""
    subject, predicate, object_ = text.split(maxsplit=2)
    return Statement(_term(subject), _term(predicate), _term(object_))


def _term(word: str) -> ox.NamedNode | ox.Literal:
    if word.startswith(":"):
        return ox.NamedNode(EXAMPLE + word[1:])
    if word.isdigit():
        return ox.Literal(int(word))
    if word.startswith('"'):
        return ox.Literal(word.strip('"'))
    return expand("rdf:type" if word == "a" else word)  # type: ignore[return-value]


def statements(turtle: str) -> list[Statement]:
    """Return the statements of Turtle without prefixes, sorted."""
    return [Statement(*triple) for triple in sorted(triples(turtle), key=str)]


def shown(statement: Statement) -> str:
    """Return a statement as `said` reads it."""
    return " ".join(map(_shown, statement))


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    if isinstance(term, ox.NamedNode):
        return "a" if term == TYPE else curie(term).replace(EXAMPLE, ":").strip("<>")
    return term.value if isinstance(term, ox.Literal) else str(term)


def outline(proof: Proof) -> str:
    """Return a proof in one line: ``conclusion <rule- premise, premise``."""
    if proof.kind == "asserted":
        return shown(proof.statement)
    parts = ", ".join(outline(part) for part in proof.premises)
    return f"({shown(proof.statement)} <{proof.name}- {parts})"
