"""Small graphs, written as Turtle without the prefixes."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.names import GRAPH

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
EXAMPLE = "https://example.org/"


def triples(text: str) -> set[ox.Triple]:
    """Read Turtle; the prefixes above are there, ``:`` is the example's own."""
    found = ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in found}


def quads(text: str, graph: str = GRAPH + "register") -> list[ox.Quad]:
    """Read Turtle into one named graph."""
    name = ox.NamedNode(graph)
    return [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples(text)]


def shown(found: set[ox.Triple]) -> list[str]:
    """Show triples so that a failing test reads well."""
    return sorted(str(triple).replace(EXAMPLE, ":") for triple in found)
