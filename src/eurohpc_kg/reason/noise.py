"""What follows but is not worth writing down.

OWL 2 RL makes true but idle statements about everything. These are left out of ``graph/inferred``,
and of the comparison with owlrl; ``docs/decisions`` on reasoning gives the reasons.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from eurohpc_kg.reason.rules import Term
from eurohpc_kg.reason.vocabulary import (
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    NOTHING,
    OWL,
    RDF,
    RDFS,
    SAME_AS,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    THING,
    XSD,
)

REFLEXIVE = frozenset(
    {SAME_AS, SUB_CLASS_OF, SUB_PROPERTY_OF, EQUIVALENT_CLASS, EQUIVALENT_PROPERTY}
)
VOCABULARIES = (RDF, RDFS, OWL, XSD)


def noise(subject: Term, predicate: Term, object_: Term) -> str:
    """Name the kind of noise that an inferred triple is, or return the empty string.

    >>> noise(NamedNode("x:a"), SAME_AS, NamedNode("x:a"))
    'reflexive'
    """
    if isinstance(subject, Literal):
        return "literal-subject"
    if isinstance(subject, BlankNode) or isinstance(object_, BlankNode):
        return "blank-node"
    if subject == object_ and predicate in REFLEXIVE:
        return "reflexive"
    if object_ in (THING, NOTHING) or subject in (THING, NOTHING):
        return "top-or-bottom"
    if isinstance(subject, NamedNode) and subject.value.startswith(VOCABULARIES):
        return "about-the-vocabulary"
    return ""
