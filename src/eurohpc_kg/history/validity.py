"""What held on a day: the dated records of sources, without those of later days.

A milestone holds from its date on (from the one of an accepted correction, where there is one), a
figure and a status report from their as-of on, the line of a ranking from the as-of of its edition
on. What has no date of its own, such as a relation or a name, holds on any day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Quad

from eurohpc_kg.history.days import last_day
from eurohpc_kg.history.knowledge import value
from eurohpc_kg.names import EHPC, readable_slug
from eurohpc_kg.namespaces import DCTERMS

# The property that makes a thing a record of its kind, and the property that dates it.
_DATED = {
    EHPC + "milestoneType": EHPC + "date",
    EHPC + "quantity": EHPC + "asOf",
    EHPC + "status": EHPC + "asOf",
}
_IN_EDITION, _AS_OF = EHPC + "inEdition", EHPC + "asOf"
_LIST = EHPC + "rankingList"
_CREATED = DCTERMS + "created"
_ACCEPTED = EHPC + "AcceptedCorrection"
_LITERAL = re.compile(r'"(\d{4}(?:-\d\d(?:-\d\d)?)?)"\^\^')

Said = dict[str, dict[str, str]]


def later_words(parsed: Iterable[Quad], corrections: Iterable[Quad], day: str) -> set[str]:
    """Return the last parts of the IRIs of editions and records that are later than a day.

    Files that name one of them may have a record to leave out, though they have no later date.
    """
    editions = {
        iri
        for iri, said in _by_subject(parsed).items()
        if _LIST in said and last_day(said.get(_AS_OF, "")) > day
    }
    redated = {record for record, date in corrected_dates(corrections).items() if date > day}
    return {readable_slug(iri) for iri in editions | redated}


def has_later_date(text: str, day: str) -> bool:
    """Tell whether a date after a day stands in the text of a file."""
    return any(last_day(date) > day for date in set(_LITERAL.findall(text)))


def corrected_dates(corrections: Iterable[Quad]) -> dict[str, str]:
    """Return the last day of the date that an accepted correction gives a record, by record."""
    found: dict[str, tuple[str, str]] = {}
    for said in _by_subject(corrections).values():
        record, date = said.get(EHPC + "corrects"), last_day(said.get(EHPC + "correctedValue", ""))
        if record and date and said.get(EHPC + "correctionStatus") == _ACCEPTED:
            found[record] = max(found.get(record, ("", "")), (said.get(_CREATED, ""), date))
    return {record: date for record, (_, date) in found.items()}


def later_records(
    quads: Iterable[Quad], day: str, redated: Mapping[str, str], words: set[str]
) -> set[str]:
    """Return the IRIs of the records that are later than a day.

    ``redated`` is from `corrected_dates`, ``words`` from `later_words`.
    """
    return {
        iri
        for iri, said in _by_subject(quads).items()
        if (_record_day(iri, said, redated) > day)
        or (readable_slug(said.get(_IN_EDITION, "")) in words)
    }


def _record_day(iri: str, said: dict[str, str], redated: Mapping[str, str]) -> str:
    for mark, dating in _DATED.items():
        if mark in said:
            day = last_day(said.get(dating, ""))
            return redated.get(iri, day) if mark.endswith("milestoneType") else day
    return ""


def _by_subject(quads: Iterable[Quad]) -> Said:
    found: Said = {}
    for quad in quads:
        found.setdefault(value(quad.subject), {})[quad.predicate.value] = value(quad.object)
    return found
