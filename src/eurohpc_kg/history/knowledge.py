"""What was known by a day: which documents had been published, which corrections made.

A document is known from the day on which its date of issue is over, or from the day on which it was
read, where that is earlier or the only date: what has been read was published. A correction is
known from the day on which it was made, and only as long as what it names is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from eurohpc_kg.history.days import last_day
from eurohpc_kg.names import EHPC
from eurohpc_kg.namespaces import DCTERMS

# The block of a document about itself, in house form up to the blank line below it.
_HEAD = re.compile(r"^<> .*?(?=^\s*$|\Z)", re.MULTILINE | re.DOTALL)
_ISSUED = re.compile(r'\bdcterms:issued\s+"([^"]*)"')
_RETRIEVED = re.compile(r'\behpc:retrieved\s+"([^"]*)"')

_ISSUED_IRI = DCTERMS + "issued"
_RETRIEVED_IRI = EHPC + "retrieved"
_CREATED = DCTERMS + "created"
_NAMING = {EHPC + "corrects", EHPC + "evidence"}

Term = NamedNode | BlankNode | Literal | Triple


def value(term: Term) -> str:
    """Return the IRI, the name or the text of a term; a quoted triple has none.

    >>> value(Literal("4.5")), value(NamedNode("urn:a"))
    ('4.5', 'urn:a')
    """
    return "" if isinstance(term, Triple) else term.value


def known_from(text: str) -> str:
    """Return the day from which a source document is known, or nothing for one without a date.

    >>> known_from('<> dcterms:issued "2025"^^xsd:gYear ; ehpc:retrieved "2025-11-03"^^xsd:date .')
    '2025-11-03'
    """
    head = _HEAD.search(text)
    block = head.group() if head else text
    found = (pattern.search(block) for pattern in (_ISSUED, _RETRIEVED))
    return min((day for match in found if match and (day := last_day(match[1]))), default="")


def known_from_quads(quads: Iterable[Quad], document: str) -> str:
    """Return what `known_from` does, for a document whose text is not in house form."""
    dates = {q.predicate.value: value(q.object) for q in quads if value(q.subject) == document}
    days = (last_day(dates.get(predicate, "")) for predicate in (_ISSUED_IRI, _RETRIEVED_IRI))
    return min((day for day in days if day), default="")


def known_corrections(
    quads: Iterable[Quad], as_of: str, is_known: Callable[[str], bool]
) -> list[Quad]:
    """Return what the corrections made by a day say; ``as_of`` is empty for all of them.

    ``is_known`` tells of the IRI of a record or document whether it is there to be corrected or
    to be evidence.
    """
    given = list(quads)
    made = {quad.subject: value(quad.object) for quad in given if quad.predicate.value == _CREATED}
    late = {
        subject
        for subject in {quad.subject for quad in given}
        if as_of and not "" < last_day(made.get(subject, "")[:10]) <= as_of
    }
    hanging = {
        quad.subject
        for quad in given
        if quad.predicate.value in _NAMING and not is_known(value(quad.object))
    }
    return [quad for quad in given if quad.subject not in late | hanging]
