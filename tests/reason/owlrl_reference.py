"""The reference closure: owlrl's, brought to the terms in which ours can be compared with it.

The only module of the tests that imports owlrl. What owlrl says besides is listed here and in
``docs/decisions`` on reasoning:

- everything that `eurohpc_kg.reason.noise` names (reflexive statements, owl:Thing and owl:Nothing,
  statements about the words of RDF, RDFS, OWL and XSD, literals as subjects, blank nodes);
- its rule for keys ignores the last property of a key (for a key of one property: the only one),
  so a graph with owl:hasKey can't be compared;
- a functional property of literals makes it call different literals the same, and then give each
  subject the values of the other; ours reports the clash (`inconsistencies`) and infers nothing;
- it reasons on with literals as subjects, which says something about a thing only where a property
  that has literals is also symmetric, inverse, transitive or in a chain (not OWL 2 DL).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import owlrl
import pyoxigraph as ox
import rdflib
import rdflib.term

from eurohpc_kg.reason.noise import noise


@contextmanager
def rdflib_as_it_was() -> Iterator[None]:
    """Read literals as written, and undo what owlrl changes in rdflib for the whole process."""
    normalizes, readers = rdflib.NORMALIZE_LITERALS, dict(rdflib.term._toPythonMapping)
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalizes
        rdflib.term._toPythonMapping.clear()
        rdflib.term._toPythonMapping.update(readers)


def owlrl_closure(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return what owlrl infers from ``triples``, noise taken out."""
    with rdflib_as_it_was():
        return _owlrl_closure(triples)


def _owlrl_closure(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    given = set(triples)
    graph = rdflib.Graph()
    for triple in given:
        graph.add(
            (_to_rdflib(triple.subject), _to_rdflib(triple.predicate), _to_rdflib(triple.object))
        )
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    closed = set()
    for subject, predicate, object_ in graph:
        terms = _to_oxigraph(subject), _to_oxigraph(predicate), _to_oxigraph(object_)
        if not noise(*terms):
            closed.add(ox.Triple(*terms))
    return closed - given


def _to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _to_oxigraph(term: rdflib.term.Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
