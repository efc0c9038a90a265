"""The order of things in house Turtle: subjects, predicates within a block, objects."""

from __future__ import annotations

import re

from eurohpc_kg.namespaces import DCTERMS, RDF, RDFS, SH, SKOS

SOURCE = DCTERMS + "source"

# First what a person looks for, then everything by CURIE, last the remarks.
_FIRST: tuple[tuple[str, ...], ...] = (
    (RDF + "type",),
    (RDFS + "label", SKOS + "prefLabel"),
    (SKOS + "altLabel",),
    (DCTERMS + "title",),
    (SKOS + "definition",),
    (SKOS + "scopeNote",),
    (SKOS + "example",),
    (RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "broader"),
)
_LAST: tuple[tuple[str, ...], ...] = (
    (SH + "severity",),
    (SH + "message",),
    (SKOS + "editorialNote",),
    (SOURCE,),
    (RDFS + "seeAlso",),
    (RDFS + "isDefinedBy",),
)
_MIDDLE = len(_FIRST)
_RANKS = {iri: rank for rank, iris in enumerate(_FIRST) for iri in iris} | {
    iri: _MIDDLE + 1 + rank for rank, iris in enumerate(_LAST) for iri in iris
}

_DIGITS = re.compile(r"(\d+)", re.ASCII)
_MOST = 0x10FFFE  # digits of a number that are counted: more than any number has


class _Numbers(dict[str, str]):
    """Hold what sorts as a number does: before all that is written, and the shorter one first."""

    def __missing__(self, digits: str) -> str:
        plain = digits.lstrip("0")
        key = f"\0{chr(min(len(plain), _MOST) + 1)}{plain}"
        if len(digits) <= _SHORT:  # years, days and ranks; few others come again
            self[digits] = key
        return key


_SHORT = 4
_NUMBERS = _Numbers()


def predicate_rank(iri: str, of_document: bool = False) -> int:
    """Return where a predicate stands in a block; equal ranks go by CURIE.

    ``dcterms:source`` is a remark at the end of a block, except in the block ``<>`` of a source
    document, where it is the document's address and goes by CURIE.
    """
    if of_document and iri == SOURCE:
        return _MIDDLE
    return _RANKS.get(iri, _MIDDLE)


def natural(text: str) -> tuple[str, str]:
    """Return a sort key that puts ``rank-9`` before ``rank-10``.

    >>> sorted(["e-10", "e-9", "d-11"], key=natural)
    ['d-11', 'e-9', 'e-10']
    """
    # Without the closing mark, so that a name sorts before its own continuation.
    parts = _DIGITS.split(text.rstrip('>"'))
    if len(parts) == 1:
        return parts[0], text
    parts[1::2] = [_NUMBERS[digits] for digits in parts[1::2]]
    return "".join(parts), text


def object_key(text: str) -> tuple[int, str, str, str]:
    """Return the sort key of an object as written.

    Names come first, then plain values, then texts by language (English, the language of the
    house, before all others), last what is nested.
    """
    first = text[0]
    if first == '"' and (at := text.rfind('"@')) > 0:
        language = text[at + 2 :]
        return 2, "" if language == "en" else language, *natural(text[:at])
    if first in "([_":  # no CURIE begins so
        return 3, "", *natural(text)
    is_value = first in '"+-.0123456789' or text in ("true", "false")
    return 1 if is_value else 0, "", *natural(text)


class ObjectKeys(dict[str, tuple[int, str, str, str]]):
    """Hold the sort keys of the objects of one file: many stand in several blocks of it."""

    def __missing__(self, text: str) -> tuple[int, str, str, str]:
        key = self[text] = object_key(text)
        return key
