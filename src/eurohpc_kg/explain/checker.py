"""The judge of proofs: does each step really follow, and is each leaf really written somewhere?

Small, and without a line in common with what finds proofs or computes the closure: the rules below
are written down anew from OWL 2 Profiles, tables 4 to 9, with ``|`` between premises and ``>``
before the conclusion. A step is right when an assignment of its rule's variables makes the
premises, all of them, of exactly the statements given, and the conclusion of the one claimed. A
view's step is right when the view, run over its premises and nothing else, gives the conclusion;
what a view demands not to be there, no proof can show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

import pyoxigraph as ox

from eurohpc_kg.explain.proof import Proof, Statement
from eurohpc_kg.namespaces import OWL, RDF, RDFS, XSD
from eurohpc_kg.sparql import Term

Holds = Callable[[Statement, ox.NamedNode], bool]
"""Tells whether a graph holds a statement."""

_NAMESPACES = {
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
}
_INFERRED = "https://w3id.org/eurohpc-kg/graph/inferred"

_RULES = """
eq-sym: x sameAs y > y sameAs x
eq-trans: x sameAs y | y sameAs z > x sameAs z
eq-rep-s: s sameAs t | s p o > t p o
eq-rep-p: p sameAs q | s p o > s q o
eq-rep-o: o sameAs t | s p o > s p t
prp-dom: p domain c | x p y > x type c
prp-rng: p range c | x p y > y type c
prp-fp: p type FunctionalProperty | x p y | x p z > y sameAs z
prp-ifp: p type InverseFunctionalProperty | x p z | y p z > x sameAs y
prp-symp: p type SymmetricProperty | x p y > y p x
prp-trp: p type TransitiveProperty | x p y | y p z > x p z
prp-spo1: p subPropertyOf q | x p y > x q y
prp-eqp1: p equivalentProperty q | x p y > x q y
prp-eqp2: p equivalentProperty q | x q y > x p y
prp-inv1: p inverseOf q | x p y > y q x
prp-inv2: p inverseOf q | x q y > y p x
cls-svf1: c someValuesFrom d | c onProperty p | x p y | y type d > x type c
cls-svf2: c someValuesFrom Thing | c onProperty p | x p y > x type c
cls-avf: c allValuesFrom d | c onProperty p | x type c | x p y > y type d
cls-hv1: c hasValue v | c onProperty p | x type c > x p v
cls-hv2: c hasValue v | c onProperty p | x p v > x type c
cls-maxc2: c maxCardinality 1 | c onProperty p | x type c | x p y | x p z > y sameAs z
cls-maxqc3: c maxQualifiedCardinality 1 | c onProperty p | c onClass d | x type c | x p y
  | y type d | x p z | z type d > y sameAs z
cls-maxqc4: c maxQualifiedCardinality 1 | c onProperty p | c onClass Thing | x type c | x p y
  | x p z > y sameAs z
cax-sco: c subClassOf d | x type c > x type d
cax-eqc1: c equivalentClass d | x type c > x type d
cax-eqc2: c equivalentClass d | x type d > x type c
scm-sco: c subClassOf d | d subClassOf e > c subClassOf e
scm-eqc1: c equivalentClass d > c subClassOf d
scm-eqc1: c equivalentClass d > d subClassOf c
scm-eqc2: c subClassOf d | d subClassOf c > c equivalentClass d
scm-spo: p subPropertyOf q | q subPropertyOf r > p subPropertyOf r
scm-eqp1: p equivalentProperty q > p subPropertyOf q
scm-eqp1: p equivalentProperty q > q subPropertyOf p
scm-eqp2: p subPropertyOf q | q subPropertyOf p > p equivalentProperty q
scm-dom1: p domain c | c subClassOf d > p domain d
scm-dom2: q domain c | p subPropertyOf q > p domain c
scm-rng1: p range c | c subClassOf d > p range d
scm-rng2: q range c | p subPropertyOf q > p range c
scm-hv: c hasValue v | c onProperty p | d hasValue v | d onProperty q | p subPropertyOf q
  > c subClassOf d
scm-svf1: c someValuesFrom y | c onProperty p | d someValuesFrom z | d onProperty p
  | y subClassOf z > c subClassOf d
scm-svf2: c someValuesFrom y | c onProperty p | d someValuesFrom y | d onProperty q
  | p subPropertyOf q > c subClassOf d
scm-avf1: c allValuesFrom y | c onProperty p | d allValuesFrom z | d onProperty p
  | y subClassOf z > c subClassOf d
scm-avf2: c allValuesFrom y | c onProperty p | d allValuesFrom y | d onProperty q
  | p subPropertyOf q > d subClassOf c
scm-cls: c type Class > c subClassOf c
scm-cls: c type Class > c equivalentClass c
scm-cls: c type Class > c subClassOf Thing
scm-cls: c type Class > Nothing subClassOf c
scm-op: p type ObjectProperty > p subPropertyOf p
scm-op: p type ObjectProperty > p equivalentProperty p
scm-dp: p type DatatypeProperty > p subPropertyOf p
scm-dp: p type DatatypeProperty > p equivalentProperty p
"""
_RDF = ("type", "first", "rest", "nil")
_RDFS = ("domain", "range", "subClassOf", "subPropertyOf")
# Datatypes from narrow to wide; the last of a line may be the first of another.
_WIDENING = """
unsignedByte unsignedShort unsignedInt unsignedLong nonNegativeInteger
byte short int long integer decimal
positiveInteger nonNegativeInteger integer
negativeInteger nonPositiveInteger integer
language token normalizedString string
NCName Name token
NMTOKEN token
dateTimeStamp dateTime
"""

# In a schema a text is a variable, a number a literal with that value.
_Place = str | int | Term
_Pattern = tuple[_Place, _Place, _Place]
_Schema = tuple[list[_Pattern], _Pattern]


def faults(proof: Proof, holds: Holds, views: Mapping[str, str]) -> list[str]:
    """Return what is wrong with a proof, from the conclusion down; nothing if it is right.

    ``views`` are the texts of the views by name.
    """
    return list(_faults(proof, holds, views, ()))


def _faults(
    proof: Proof, holds: Holds, views: Mapping[str, str], above: tuple[Statement, ...]
) -> Iterator[str]:
    if proof.statement in above:
        yield f"{proof.statement} is proved by itself"
    elif proof.kind == "asserted":
        if not proof.graphs or proof.parts:
            yield f"{proof.statement} has no graph that asserts it, or has premises"
        for graph in proof.graphs:
            if graph.value == _INFERRED or not holds(proof.statement, graph):
                yield f"{proof.statement} is not asserted in {graph}"
    else:
        if not _follows(proof, views):
            yield f"{proof.statement} does not follow by {proof.name} from its premises"
        for part in proof.parts:
            yield from _faults(part, holds, views, (*above, proof.statement))


def _follows(proof: Proof, views: Mapping[str, str]) -> bool:
    given = {part.statement for part in proof.parts}
    if proof.kind == "view":
        return proof.name in views and _view_gives(proof, views[proof.name])
    if proof.name == "dt-type2":
        return not given and _has_datatype(proof.statement)
    if any(_is_instance(schema, given, proof.statement) for schema in _plain_schemas(proof.name)):
        return True
    for axiom in given:
        members, cells = _list_at(axiom.object, given)
        if cells and axiom.predicate != _term("rest"):
            rest = given - {axiom, *cells}
            for schema in _list_schemas(proof.name, axiom, members):
                if _is_instance(schema, rest, proof.statement):
                    return True
    return False


def _is_instance(schema: _Schema, given: set[Statement], conclusion: Statement) -> bool:
    """Tell whether a schema has an instance with just these premises and this conclusion."""
    patterns, head = schema
    start = _match(head, conclusion, {})
    if start is None:
        return False
    return any(used == given for used in _uses(patterns, given, start))


def _uses(
    patterns: list[_Pattern], given: set[Statement], bound: dict[str, Term]
) -> Iterator[set[Statement]]:
    """Yield the statements used by each way of finding all patterns among those given."""
    if not patterns:
        yield set()
        return
    for statement in given:
        found = _match(patterns[0], statement, bound)
        if found is not None:
            yield from ({statement, *used} for used in _uses(patterns[1:], given, found))


def _match(
    pattern: _Pattern, statement: Statement, bound: dict[str, Term]
) -> dict[str, Term] | None:
    found = dict(bound)
    for place, term in zip(pattern, statement, strict=True):
        if isinstance(place, str):
            if found.setdefault(place, term) != term:
                return None
        elif isinstance(place, int):
            if not isinstance(term, ox.Literal) or term.value.lstrip("+0") != str(place):
                return None
        elif place != term:
            return None
    return found


def _plain_schemas(name: str) -> Iterator[_Schema]:
    for line in _RULES.strip().replace("\n  ", " ").splitlines():
        head, _, rest = line.partition(": ")
        if head == name:
            premises, _, conclusion = rest.partition(" > ")
            yield [_pattern(words) for words in premises.split(" | ")], _pattern(conclusion)


def _list_schemas(name: str, axiom: Statement, members: list[Term]) -> Iterator[_Schema]:
    """Yield what a rule says of one list: its premises besides the list, and its conclusion."""
    whole, is_a, narrower = axiom.subject, _term("type"), _term("subClassOf")
    each: list[_Pattern] = [("x", is_a, member) for member in members]
    match name, str(axiom.predicate).strip("<>").rpartition("#")[2]:
        case "prp-spo2", "propertyChainAxiom":
            chain: list[_Pattern] = [(f"v{i}", p, f"v{i + 1}") for i, p in enumerate(members)]
            yield chain, ("v0", whole, f"v{len(members)}")
        case "prp-key", "hasKey":
            keys: list[_Pattern] = [
                (one, p, f"v{i}") for i, p in enumerate(members) for one in "xy"
            ]
            yield [("x", is_a, whole), ("y", is_a, whole), *keys], ("x", _term("sameAs"), "y")
        case "cls-int1", "intersectionOf":
            yield each, ("x", is_a, whole)
        case "cls-int2", "intersectionOf":
            for one in each:
                yield [("x", is_a, whole)], one
        case "cls-uni", "unionOf":
            for one in each:
                yield [one], ("x", is_a, whole)
        case "cls-oo", "oneOf":
            yield from (([], (member, is_a, whole)) for member in members)
        case "scm-int", "intersectionOf":
            yield from (([], (whole, narrower, member)) for member in members)
        case "scm-uni", "unionOf":
            yield from (([], (member, narrower, whole)) for member in members)


def _list_at(head: Term, given: Iterable[Statement]) -> tuple[list[Term], list[Statement]]:
    """Return the members of the list that begins at a node, and the statements that hold it."""
    firsts = {one.subject: one for one in given if one.predicate == _term("first")}
    rests = {one.subject: one for one in given if one.predicate == _term("rest")}
    members: list[Term] = []
    cells: list[Statement] = []
    while head in firsts and head in rests and firsts[head] not in cells:
        members.append(firsts[head].object)
        cells += [firsts[head], rests[head]]
        head = rests[head].object
    return (members, cells) if head == _term("nil") else ([], [])


def _view_gives(proof: Proof, text: str) -> bool:
    store = ox.Store()
    for part in proof.parts:
        for graph in part.graphs or (ox.NamedNode(_INFERRED),):
            store.add(ox.Quad(*part.statement, graph))  # type: ignore[arg-type]
    made = store.query(text, use_default_graph_as_union=True)
    return isinstance(made, ox.QueryTriples) and proof.statement in {
        tuple(triple) for triple in made
    }


def _has_datatype(statement: Statement) -> bool:
    literal, predicate, datatype = statement
    if predicate != _term("type") or not isinstance(literal, ox.Literal):
        return False
    names = [literal.datatype.value.removeprefix(XSD)]
    for name in names:  # grows while it is read
        for line in map(str.split, _WIDENING.strip().splitlines()):
            names += [wide for one, wide in pairwise(line) if one == name]
    wide = {ox.NamedNode(XSD + name) for name in names} | {literal.datatype}
    return datatype in wide or datatype == ox.NamedNode(_NAMESPACES["rdfs"] + "Literal")


def _pattern(words: str) -> _Pattern:
    subject, predicate, object_ = map(_place, words.split())
    return subject, predicate, object_


def _place(word: str) -> _Place:
    if word.isdigit():
        return int(word)
    return word if len(word) == 1 else _term(word)


def _term(word: str) -> ox.NamedNode:
    prefix = "rdf" if word in _RDF else "rdfs" if word in _RDFS else "owl"
    return ox.NamedNode(_NAMESPACES[prefix] + word)
