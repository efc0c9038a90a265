"""Small random ontologies with data, for the laws that hold of every graph.

Left out is what the reference can't be compared on (see `owlrl_reference`): keys, functional
properties of literals, and properties that have literals beside things.
"""

from __future__ import annotations

import pyoxigraph as ox
from graphs import triples
from hypothesis import strategies as st

_CLASSES = [":C0", ":C1", ":C2", ":C3"]
_PROPERTIES = [":p0", ":p1", ":p2", ":p3"]
_THINGS = [":a", ":b", ":c", ":d", ":e"]
_DATA_PROPERTIES = [":d0", ":d1", ":d2"]
_VALUES = ["1", "2.5", '"x"', '"y"@en']

_class = st.sampled_from(_CLASSES)
_property = st.sampled_from(_PROPERTIES)
_data_property = st.sampled_from(_DATA_PROPERTIES)
_thing = st.sampled_from(_THINGS)


def _sentence(pattern: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(parts).map(lambda found: pattern.format(**found))


def _restriction(value: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    restriction = st.sampled_from([":r0", ":r1"])
    pattern = "{r} a owl:Restriction ; owl:onProperty {p} ; " + value + " ."
    return _sentence(pattern, r=restriction, p=_property, **parts)


_axiom = st.one_of(
    _sentence("{c} a owl:Class .", c=_class),
    _sentence("{p} a owl:ObjectProperty .", p=_property),
    _sentence("{c} rdfs:subClassOf {d} .", c=_class, d=st.sampled_from([*_CLASSES, ":r0", ":r1"])),
    _sentence("{r} rdfs:subClassOf {c} .", r=st.sampled_from([":r0", ":r1"]), c=_class),
    _sentence("{c} owl:equivalentClass {d} .", c=_class, d=_class),
    _sentence("{c} owl:intersectionOf ({d} {e}) .", c=_class, d=_class, e=_class),
    _sentence("{c} owl:unionOf ({d} {e}) .", c=_class, d=_class, e=_class),
    _sentence("{c} owl:oneOf ({a} {b}) .", c=_class, a=_thing, b=_thing),
    _sentence("{p} rdfs:subPropertyOf {q} .", p=_property, q=_property),
    _sentence("{p} owl:equivalentProperty {q} .", p=_property, q=_property),
    _sentence("{p} owl:inverseOf {q} .", p=_property, q=_property),
    _sentence("{p} rdfs:domain {c} .", p=_property, c=_class),
    _sentence("{p} rdfs:range {c} .", p=_property, c=_class),
    _sentence("{p} rdfs:domain {c} .", p=_data_property, c=_class),
    _sentence("{p} rdfs:subPropertyOf {q} .", p=_data_property, q=_data_property),
    _sentence("{p} owl:equivalentProperty {q} .", p=_data_property, q=_data_property),
    _sentence("{p} a owl:TransitiveProperty .", p=_property),
    _sentence("{p} a owl:SymmetricProperty .", p=_property),
    _sentence("{p} owl:propertyChainAxiom ({q} {r}) .", p=_property, q=_property, r=_property),
    _sentence(
        "{p} owl:propertyChainAxiom ({q} {r} {s}) .",
        p=_property,
        q=_property,
        r=_property,
        s=_property,
    ),
    _restriction("owl:someValuesFrom {c}", c=st.sampled_from([*_CLASSES, "owl:Thing"])),
    _restriction("owl:allValuesFrom {c}", c=_class),
    _restriction("owl:hasValue {a}", a=_thing),
)
_equality = st.one_of(
    _sentence("{a} owl:sameAs {b} .", a=_thing, b=_thing),
    _sentence("{p} a owl:FunctionalProperty .", p=_property),
    _sentence("{p} a owl:InverseFunctionalProperty .", p=_property),
    _restriction("owl:maxCardinality 1"),
)
_fact = st.one_of(
    _sentence("{a} {p} {b} .", a=_thing, p=_property, b=_thing),
    _sentence("{a} {p} {b} .", a=_thing, p=_property, b=_thing),
    _sentence("{a} a {c} .", a=_thing, c=_class),
    _sentence("{a} a {r} .", a=_thing, r=st.sampled_from([":r0", ":r1"])),
)
_value = _sentence("{a} {p} {v} .", a=_thing, p=_data_property, v=st.sampled_from(_VALUES))


def _well_formed(found: set[ox.Triple]) -> bool:
    """Tell whether each restriction is on one property (another would be refused)."""
    on = [t.subject for t in found if t.predicate.value.endswith("#onProperty")]
    return len(on) == len(set(on))


def _graphs(*sentences: st.SearchStrategy[list[str]]) -> st.SearchStrategy[set[ox.Triple]]:
    return (
        st.tuples(*sentences)
        .map(lambda parts: triples("\n".join(s for part in parts for s in part)))
        .filter(_well_formed)
    )


GRAPHS = st.one_of(
    _graphs(
        st.lists(_axiom, min_size=4, max_size=10), st.lists(_fact | _value, min_size=5, max_size=12)
    ),
    _graphs(
        st.lists(_axiom, min_size=2, max_size=5),
        st.lists(_equality, min_size=1, max_size=2),
        st.lists(_fact, min_size=4, max_size=8),
    ),
)
"""Graphs with literals and without equality, and the other way round."""
