"""Whether an ontology keeps to OWL 2 RL: the syntax of the profile, beside its rules.

https://www.w3.org/TR/owl2-profiles/, section 4.2: which class expressions may stand on which side
of an axiom, and which datatypes there are; and from OWL 2 DL what the profile presupposes: terms
are declared, and what is transitive or follows by a chain is not asked to be functional.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from eurohpc_kg.findings import Finding
from eurohpc_kg.namespaces import OWL, RDFS, XSD
from eurohpc_kg.reason.axioms import Axioms, is_axiom, uncovered
from eurohpc_kg.reason.datatypes import DATATYPES, OUTSIDE_PROFILE
from eurohpc_kg.reason.noise import VOCABULARIES
from eurohpc_kg.reason.rules import Term
from eurohpc_kg.reason.vocabulary import (
    EQUIVALENT_CLASS,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    THING,
    TYPE,
    curie,
)

# Which constructors may stand where (section 4.2.3). A name is always allowed.
_SUB = frozenset({"intersectionOf", "unionOf", "oneOf", "someValuesFrom", "hasValue"})
_SUPER = frozenset(
    {
        "intersectionOf",
        "complementOf",
        "allValuesFrom",
        "hasValue",
        "maxCardinality",
        "maxQualifiedCardinality",
    }
)
_EQUIVALENT = frozenset({"intersectionOf", "hasValue"})
_SIDES = {"a subclass": _SUB, "a superclass": _SUPER, "an equivalent class": _EQUIVALENT}
_CONSTRUCTORS = tuple(sorted(_SUB | _SUPER))

# OWL 2 DL, section 11.2: only simple properties may be these.
_SIMPLE_ONLY = (
    "FunctionalProperty",
    "InverseFunctionalProperty",
    "IrreflexiveProperty",
    "AsymmetricProperty",
)
_PROPERTY_KINDS = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty", "OntologyProperty")


def outside_profile(quads: Iterable[Quad | Triple]) -> list[Finding]:
    """Return a finding for each axiom that OWL 2 RL does not allow, in order.

    ``quads`` is the ontology, without what follows from it. A finding's subject is the term or
    blank node whose axiom it is.
    """
    triples = [q.triple if isinstance(q, Quad) else q for q in quads]
    axioms = Axioms(triple for triple in triples if is_axiom(triple))
    faults = (
        *(("owl-uncovered", subject, problem) for subject, problem in uncovered(triples, axioms)),
        *(("owl-rl-class", subject, problem) for subject, problem in _class_faults(axioms)),
        *(("owl-rl-datatype", subject, problem) for subject, problem in _datatype_faults(axioms)),
        *(("owl-dl-simple", subject, problem) for subject, problem in _simple_faults(axioms)),
        *(
            ("owl-dl-declaration", s, problem)
            for s, problem in _declaration_faults(axioms, triples)
        ),
    )
    return sorted({_finding(code, subject, problem) for code, subject, problem in faults})


_REMEDIES = {
    "owl-uncovered": "Say it within OWL 2 RL, or as a shape or a view.",
    "owl-rl-class": "See OWL 2 Profiles, section 4.2.3, for what may stand there.",
    "owl-rl-datatype": "Use schema:rangeIncludes and a shape for datatypes outside the profile.",
    "owl-dl-simple": "Drop one of the two; a shape can count or forbid what an axiom can't.",
    "owl-dl-declaration": "Declare the term, in external.ttl if it is somebody else's.",
}


def _finding(code: str, subject: Term, problem: str) -> Finding:
    name = subject.value if isinstance(subject, NamedNode) else str(subject)
    return Finding("", 0, code, f"{name} {problem}.", _REMEDIES[code], subject=name)


def _class_faults(axioms: Axioms) -> Iterator[tuple[Term, str]]:
    for triple in axioms.having(SUB_CLASS_OF):
        yield from _side(axioms, triple.subject, triple.subject, "a subclass")
        yield from _side(axioms, triple.subject, triple.object, "a superclass")
    for triple in axioms.having(EQUIVALENT_CLASS):
        yield from _side(axioms, triple.subject, triple.subject, "an equivalent class")
        yield from _side(axioms, triple.subject, triple.object, "an equivalent class")
    for local in ("domain", "range"):
        for triple in axioms.having(NamedNode(RDFS + local)):
            yield from _side(axioms, triple.subject, triple.object, "a superclass")
    for triple in axioms.having(NamedNode(OWL + "disjointWith")):
        for term in (triple.subject, triple.object):
            yield from _side(axioms, triple.subject, term, "a subclass")
    for triple in axioms.having(NamedNode(OWL + "hasKey")):
        yield from _side(axioms, triple.subject, triple.subject, "a subclass")
    for triple in axioms.having(NamedNode(OWL + "members")):
        if NamedNode(OWL + "AllDisjointClasses") in axioms.objects(triple.subject, TYPE):
            for term in axioms.members(triple.object)[0]:
                yield from _side(axioms, triple.subject, term, "a subclass")


def _side(axioms: Axioms, subject: Term, expression: Term, side: str) -> Iterator[tuple[Term, str]]:
    """Check a class expression that stands on one side of an axiom of ``subject``."""
    if expression == THING:
        yield subject, f"has owl:Thing as {side}"
        return
    for local in _CONSTRUCTORS:
        for value in axioms.objects(expression, NamedNode(OWL + local)):
            if isinstance(expression, NamedNode) and expression != subject:
                continue  # a name stands for itself: its own definition is checked as its own axiom
            if isinstance(expression, NamedNode):
                # The name with a constructor is an equivalence of the name and the expression.
                allowed, inner = _EQUIVALENT, "an equivalent class"
            else:
                allowed, inner = _SIDES[side], side
            if local not in allowed:
                yield subject, f"has owl:{local} in {inner}"
            else:
                yield from _parts(axioms, subject, local, value, inner)


def _parts(
    axioms: Axioms, subject: Term, local: str, value: Term, side: str
) -> Iterator[tuple[Term, str]]:
    if local in ("intersectionOf", "unionOf"):
        for member in axioms.members(value)[0]:
            yield from _side(axioms, subject, member, side)
    elif local == "complementOf":
        yield from _side(axioms, subject, value, "a subclass")
    elif local in ("someValuesFrom", "allValuesFrom") and value != THING:
        yield from _side(axioms, subject, value, side)


def _datatype_faults(axioms: Axioms) -> Iterator[tuple[Term, str]]:
    """Find the datatypes that OWL 2 RL has no place for (section 4.2.1)."""
    for predicate in (RDFS + "range", OWL + "someValuesFrom", OWL + "allValuesFrom"):
        for triple in axioms.having(NamedNode(predicate)):
            datatype = triple.object
            if isinstance(datatype, NamedNode) and (
                datatype.value in OUTSIDE_PROFILE
                or (datatype.value.startswith(XSD) and datatype.value not in DATATYPES)
            ):
                yield triple.subject, f"has {curie(triple.predicate)} {curie(datatype)}"


def _simple_faults(axioms: Axioms) -> Iterator[tuple[Term, str]]:
    complex_ = _not_simple(axioms)
    for local in _SIMPLE_ONLY:
        for triple in axioms.having(TYPE):
            if triple.object == NamedNode(OWL + local) and triple.subject in complex_:
                yield (
                    triple.subject,
                    f"is an owl:{local} and not simple (transitive, or by a chain)",
                )
    for triple in axioms.having(NamedNode(OWL + "propertyDisjointWith")):
        for term in {triple.subject, triple.object} & complex_:
            yield term, "is disjoint with a property and not simple (transitive, or by a chain)"
    for local in ("maxCardinality", "maxQualifiedCardinality"):
        for triple in axioms.having(NamedNode(OWL + local)):
            for term in axioms.objects(triple.subject, NamedNode(OWL + "onProperty")):
                if term in complex_:
                    yield term, f"has an owl:{local} and is not simple (transitive, or by a chain)"


def _not_simple(axioms: Axioms) -> set[Term]:
    """Return what is transitive, follows by a chain, or is above or inverse to such a property."""
    found: set[Term] = {t.subject for t in axioms.having(NamedNode(OWL + "propertyChainAxiom"))}
    transitive = NamedNode(OWL + "TransitiveProperty")
    found |= {t.subject for t in axioms.having(TYPE) if t.object == transitive}
    links: dict[Term, set[Term]] = {}
    for triple in axioms.having(SUB_PROPERTY_OF):
        links.setdefault(triple.subject, set()).add(triple.object)
    for predicate in (OWL + "inverseOf", OWL + "equivalentProperty"):
        for triple in axioms.having(NamedNode(predicate)):
            links.setdefault(triple.subject, set()).add(triple.object)
            links.setdefault(triple.object, set()).add(triple.subject)
    todo = list(found)
    while todo:
        for term in links.get(todo.pop(), set()) - found:
            found.add(term)
            todo.append(term)
    return found


def _declaration_faults(axioms: Axioms, triples: Iterable[Triple]) -> Iterator[tuple[Term, str]]:
    kinds: dict[Term, set[Term]] = {}
    for triple in triples:
        if triple.predicate == TYPE:
            kinds.setdefault(triple.subject, set()).add(triple.object)
    classes = {NamedNode(OWL + "Class"), NamedNode(RDFS + "Datatype")}
    properties = {NamedNode(OWL + kind) for kind in _PROPERTY_KINDS}
    wanted = {"a class": classes, "a property": properties}
    for term, use in sorted(set(_uses(axioms)), key=str):
        if not isinstance(term, NamedNode) or term.value.startswith(VOCABULARIES):
            continue
        if not kinds.get(term, set()) & wanted[use]:
            yield term, f"is used as {use} and is not declared as one"
    both = {NamedNode(OWL + "ObjectProperty"), NamedNode(OWL + "DatatypeProperty")}
    for term, declared in kinds.items():
        if both <= declared:
            yield term, "is declared as an object property and as a datatype property"


def _uses(axioms: Axioms) -> Iterator[tuple[Term, str]]:
    """Yield what the axioms use as a class or as a property."""
    for predicate in (RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith"):
        for triple in axioms.having(NamedNode(predicate)):
            yield triple.subject, "a class"
            yield triple.object, "a class"
    for predicate in (
        RDFS + "subPropertyOf",
        OWL + "equivalentProperty",
        OWL + "inverseOf",
        OWL + "propertyDisjointWith",
    ):
        for triple in axioms.having(NamedNode(predicate)):
            yield triple.subject, "a property"
            yield triple.object, "a property"
    for predicate in (RDFS + "domain", RDFS + "range"):
        for triple in axioms.having(NamedNode(predicate)):
            yield triple.subject, "a property"
            yield triple.object, "a class"
    for triple in axioms.having(NamedNode(OWL + "onProperty")):
        yield triple.object, "a property"
    for predicate in (OWL + "propertyChainAxiom", OWL + "hasKey"):
        for triple in axioms.having(NamedNode(predicate)):
            for member in axioms.members(triple.object)[0]:
                yield member, "a property"
