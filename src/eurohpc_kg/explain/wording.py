"""The words of an explanation: what each rule means in a line, and how a statement is read.

Names of things and properties come from their labels; the few words of RDF, RDFS and OWL that
axioms are made of have none there, and get theirs here.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from eurohpc_kg.errors import InputError
from eurohpc_kg.explain.proof import RULE, Place, Proof, Statement, TriplePattern
from eurohpc_kg.labels import Names
from eurohpc_kg.namespaces import OWL, RDFS, XSD
from eurohpc_kg.questions.header import read_header
from eurohpc_kg.reason.views import View
from eurohpc_kg.reason.vocabulary import FIRST, NIL, REST, TYPE
from eurohpc_kg.sparql import Term

MEANINGS = {
    "eq-sym": "what is the same as something, that is the same as it",
    "eq-trans": "two things that are the same as a third are the same",
    "eq-rep-s": "what holds of a thing holds of everything that is the same",
    "eq-rep-p": "a property that is the same as another holds wherever the other does",
    "eq-rep-o": "what has to do with a thing has to do with everything that is the same",
    "prp-dom": "whatever has the property belongs to the property's domain",
    "prp-rng": "whatever is a value of the property belongs to the property's range",
    "prp-fp": "a functional property has one value, so two values are the same",
    "prp-ifp": "an inverse functional property has one subject, so two subjects are the same",
    "prp-symp": "a symmetric property holds both ways round",
    "prp-trp": "a transitive property carries on from one to the next",
    "prp-spo1": "what holds by a property holds by the wider property",
    "prp-spo2": "the properties in a chain, one after the other, give the property of the chain",
    "prp-eqp1": "equivalent properties hold together",
    "prp-eqp2": "equivalent properties hold together",
    "prp-inv1": "the inverse of a property holds the other way round",
    "prp-inv2": "the inverse of a property holds the other way round",
    "prp-key": "two things of a class that agree in all of its keys are the same",
    "cls-int1": "what belongs to every part of an intersection belongs to the intersection",
    "cls-int2": "what belongs to an intersection belongs to each part of it",
    "cls-uni": "what belongs to a part of a union belongs to the union",
    "cls-svf1": "what has a value of the class asked for belongs to the restriction",
    "cls-svf2": "what has any value belongs to the restriction",
    "cls-avf": "all values of what belongs to the restriction are of the class asked for",
    "cls-hv1": "what belongs to the restriction has its value",
    "cls-hv2": "what has the value belongs to the restriction",
    "cls-maxc2": "where only one value is allowed, two values are the same",
    "cls-maxqc3": "where only one value of a class is allowed, two of them are the same",
    "cls-maxqc4": "where only one value is allowed, two values are the same",
    "cls-oo": "what a class lists as its members belongs to it",
    "cax-sco": "what belongs to a class belongs to the wider class",
    "cax-eqc1": "equivalent classes have the same members",
    "cax-eqc2": "equivalent classes have the same members",
    "dt-type2": "a literal belongs to its datatype and to every wider one",
    "scm-cls": "a class is narrower than and equivalent to itself",
    "scm-sco": "narrower than the narrower is narrower",
    "scm-eqc1": "equivalent classes are narrower than each other",
    "scm-eqc2": "classes that are narrower than each other are equivalent",
    "scm-op": "a property is narrower than and equivalent to itself",
    "scm-dp": "a property is narrower than and equivalent to itself",
    "scm-spo": "narrower than the narrower is narrower",
    "scm-eqp1": "equivalent properties are narrower than each other",
    "scm-eqp2": "properties that are narrower than each other are equivalent",
    "scm-dom1": "what is in a domain is in every wider class",
    "scm-dom2": "a narrower property has the domain of the wider one",
    "scm-rng1": "what is in a range is in every wider class",
    "scm-rng2": "a narrower property has the range of the wider one",
    "scm-hv": "restrictions to one value compare as their properties do",
    "scm-svf1": "restrictions to some value compare as the classes of the values do",
    "scm-svf2": "restrictions to some value compare as their properties do",
    "scm-avf1": "restrictions of all values compare as the classes of the values do",
    "scm-avf2": "restrictions of all values compare the other way round than their properties",
    "scm-int": "an intersection is narrower than each part of it",
    "scm-uni": "each part of a union is narrower than the union",
}
"""What each rule of OWL 2 RL that concludes something means, by its name in the profile."""

LEFT_OUT = {
    "literal-subject": "a statement about a literal",
    "blank-node": "a statement about a node without a name",
    "reflexive": "true of everything: it is the same as itself, or narrower than itself",
    "top-or-bottom": "true of everything, or of nothing: owl:Thing and owl:Nothing",
    "about-the-vocabulary": "a statement about the words of RDF and OWL themselves",
}
"""What `Explanation.left_out` means; see `eurohpc_kg.reason.noise`."""

_WORDS = {
    TYPE.value: "is a",
    RDFS + "subClassOf": "is a subclass of",
    RDFS + "subPropertyOf": "is a subproperty of",
    RDFS + "domain": "has the domain",
    RDFS + "range": "has the range",
    OWL + "inverseOf": "is the inverse of",
    OWL + "equivalentClass": "is equivalent to",
    OWL + "equivalentProperty": "is equivalent to",
    OWL + "propertyChainAxiom": "follows from the chain",
    OWL + "intersectionOf": "is the intersection of",
    OWL + "unionOf": "is the union of",
    OWL + "oneOf": "is one of",
    OWL + "hasKey": "has the key",
    OWL + "sameAs": "is the same as",
    OWL + "onProperty": "restricts",
    OWL + "someValuesFrom": "to some value from",
    OWL + "allValuesFrom": "to values from",
    OWL + "hasValue": "to the value",
    OWL + "TransitiveProperty": "transitive property",
    OWL + "SymmetricProperty": "symmetric property",
    OWL + "FunctionalProperty": "functional property",
    OWL + "InverseFunctionalProperty": "inverse functional property",
    OWL + "Thing": "thing",
}
_NUMBERS = tuple(
    XSD + name
    for name in ("integer", "decimal", "double", "float", "date", "gYear", "gYearMonth", "boolean")
)


class Wording:
    """Write statements and reasons in the words of one graph."""

    def __init__(self, names: Names, views: Mapping[str, View]) -> None:
        self.names = names
        self.views = views
        self._cells: dict[Term, dict[Term, Term]] = {}

    def learn_lists(self, proof: Proof) -> None:
        """Remember the lists in the axioms of a proof, so that they are written as lists."""
        for part in proof.walk():
            subject, predicate, object_ = part.statement
            if predicate in (FIRST, REST):
                self._cells.setdefault(subject, {})[predicate] = object_

    def members(self, head: Term) -> list[Term] | None:
        """Return the members of a list that was learnt, or ``None`` for another node."""
        members: list[Term] = []
        node = head
        while node in self._cells and len(members) <= len(self._cells):
            members.append(self._cells[node][FIRST])
            node = self._cells[node].get(REST, NIL)
        return members or None

    def statement(self, statement: Statement | TriplePattern) -> str:
        """Return a statement as subject · predicate · object."""
        return " · ".join(map(self.term, statement))

    def term(self, term: Place) -> str:
        """Return what to call a term: its label, its value, or its members."""
        if isinstance(term, ox.Variable):
            return f"?{term.value}"
        if isinstance(term, ox.Literal):
            return printable(_literal(term))
        if isinstance(term, ox.BlankNode):
            members = self.members(term)
            return f"({', '.join(map(self.term, members))})" if members else "(without a name)"
        return _WORDS.get(term.value) or printable(self.names.label(term))

    def curie(self, term: Place) -> str:
        """Return a term as a machine would have it, short."""
        if isinstance(term, ox.NamedNode):
            return "a" if term == TYPE else self.names.prefixes.compact(term.value)
        return str(term)

    def reason(self, kind: str, name: str, weighed: int = 0) -> str:
        """Return what a rule or view does, in a line, after its name."""
        if kind == RULE:
            return f"{name}: {MEANINGS.get(name, 'a rule of OWL 2 RL')}"
        best = f" (chosen from {weighed})" if weighed > 1 else ""
        return f"view {name}: {self.summary(name)}{best}"

    def summary(self, view: str) -> str:
        """Return the first sentence of a view's description, or its summary."""
        if view not in self.views:
            return "a view"
        keys = ("summary", "description", "tags", "endpoint", "method", "defaults", "columns")
        try:
            header = read_header(self.views[view].text, keys, self.views[view].place)
        except InputError:
            return "a view"
        text = str(header.get("description") or header.get("summary") or "a view")
        return printable(text.partition(". ")[0].rstrip("."))


def is_cell(statement: Statement) -> bool:
    """Tell the parts of a list, which are written with the list, from what says something."""
    return statement.predicate in (FIRST, REST)


def printable(text: str) -> str:
    """Return a text on one line, without characters that would move a terminal's cursor."""
    return "".join(c if c.isprintable() else " " for c in text)


def _literal(literal: ox.Literal) -> str:
    if literal.language:
        return f'"{literal.value}"@{literal.language}'
    return literal.value if literal.datatype.value in _NUMBERS else f'"{literal.value}"'
