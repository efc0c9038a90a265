"""What follows but is not worth writing down.

OWL 2 RL makes true but idle statements about everything. These are left out of ``graph/inferred``,
and of the comparison with owlrl; ``docs/decisions`` on reasoning gives the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from eurohpc_kg.namespaces import OWL, RDF, RDFS, XSD
from eurohpc_kg.reason.encoding import Dictionary, Fact
from eurohpc_kg.reason.rules import Term
from eurohpc_kg.reason.vocabulary import (
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    NOTHING,
    SAME_AS,
    SUB_CLASS_OF,
    SUB_PROPERTY_OF,
    THING,
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
    kinds = (_kind(subject), _kind(object_))
    if _BLANK in kinds:
        return _BLANK
    if subject == object_ and predicate in REFLEXIVE:
        return "reflexive"
    return _TOP_OR_BOTTOM if _TOP_OR_BOTTOM in kinds else kinds[0]


def without_noise(facts: Iterable[Fact], words: Dictionary) -> Iterator[Fact]:
    """Yield the facts that `noise` has no name for, looking at each term once only."""
    return _chosen(facts, words, False)


def noise_among(facts: Iterable[Fact], words: Dictionary) -> Iterator[Fact]:
    """Yield the facts that `without_noise` leaves out."""
    return _chosen(facts, words, True)


def _chosen(facts: Iterable[Fact], words: Dictionary, noisy: bool) -> Iterator[Fact]:
    kinds = words.marked(_kind)
    reflexive = {words.encode(predicate) for predicate in REFLEXIVE}
    for fact in facts:
        subject, predicate, object_ = fact
        if (
            subject & 1
            or subject in kinds
            or (object_ in kinds and kinds[object_] != _VOCABULARY)
            or (subject == object_ and predicate in reflexive)
        ) == noisy:
            yield fact


_BLANK, _TOP_OR_BOTTOM, _VOCABULARY = "blank-node", "top-or-bottom", "about-the-vocabulary"


def _kind(term: Term) -> str:
    """Name the kind of noise that a statement about a term is."""
    if isinstance(term, BlankNode):
        return _BLANK
    if term in (THING, NOTHING):
        return _TOP_OR_BOTTOM
    if isinstance(term, NamedNode) and term.value.startswith(VOCABULARIES):
        return _VOCABULARY
    return ""
