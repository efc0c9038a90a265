"""Records: figures, milestones and status reports, their names, and how one is found again.

A record is the same when the same document says the same of the same thing; importing twice then
gives it once. Names are ``<thing>-<what>-<when>-<publisher>``, with a number where two records
would have one name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.importing.facts.documents import Document
from eurohpc_kg.importing.facts.terms import (
    QUOTED_FROM,
    RDF_TYPE,
    date_literal,
    ehpc,
    number_literal,
)
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.repository import Repository

_NAMES = re.compile(r"^(figure|milestone|report):([a-z0-9-]+) a ehpc:", re.MULTILINE)
# What makes a record this one: everything but who was quoted and, for a repeat, vaguer words.
_QUALIFIERS = ("bound", "scope", "period", "dateText")


@dataclass(frozen=True)
class Record:
    """Hold one record: ``room`` is figure, milestone or report, ``stem`` its name up to the date.

    ``parts`` are property and value, as plain text: IRIs, dates, numbers.
    """

    room: str
    stem: str
    parts: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        return dict(self.parts).get(name, "")


@dataclass
class Names:
    """Hold every record name in use, and the records of each document."""

    taken: set[str]
    known: dict[str, dict[str, list[tuple[str, Record]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def name_of(self, record: Record, document: Document) -> str:
        """Return the IRI of a record of a document: the one it has, or a new one."""
        stem = f"{record.stem}-{document.publisher}"
        known = self.known[document.iri][record.room + record.stem]
        for iri, other in known:
            if _same(record, other):
                return iri
        iri, number = f"{NAMESPACE}{record.room}/{stem}", 2
        while iri in self.taken:
            iri, number = f"{NAMESPACE}{record.room}/{stem}-{number}", number + 1
        self.taken.add(iri)
        known.append((iri, record))
        return iri

    def learn(self, document: str, stem_end: str, triples: Iterable[Triple]) -> None:
        """Take in the records of a document's file; ``stem_end`` is its publisher's slug."""
        parts: dict[str, dict[str, str]] = defaultdict(dict)
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and triple.predicate != QUOTED_FROM:
                local = re.split(r"[#/]", triple.predicate.value)[-1]
                value = triple.object
                if isinstance(value, NamedNode | Literal):
                    parts[triple.subject.value][local] = value.value
        for iri, found in parts.items():
            match = re.fullmatch(
                rf"{re.escape(NAMESPACE)}(figure|milestone|report)/(.+)-{stem_end}(-\d+)?", iri
            )
            if match:
                found.pop("type", None)
                record = Record(match[1], match[2], tuple(sorted(found.items())))
                self.known[document][record.room + record.stem].append((iri, record))


def read_names(repository: Repository) -> Names:
    """Read the names of all records in ``data/sources``, without parsing the files."""
    taken: set[str] = set()
    for path in sorted(repository.sources.rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        taken |= {f"{NAMESPACE}{room}/{local}" for room, local in _NAMES.findall(text)}
    return Names(taken)


def record_triples(iri: str, record: Record, quotes: Iterable[str]) -> set[Triple]:
    """Return a record as triples."""
    classes = {"figure": "Figure", "milestone": "Milestone", "report": "StatusReport"}
    subject = NamedNode(iri)
    triples = {Triple(subject, RDF_TYPE, ehpc(classes[record.room]))}
    for name, value in record.parts:
        term: NamedNode | Literal
        if name in ("asOf", "date"):
            term = date_literal(value)
        elif name == "value":
            term = number_literal(value)
        elif name in ("scope", "period", "dateText"):
            term = Literal(value, language="en")
        else:
            term = NamedNode(value)
        triples.add(Triple(subject, ehpc(name), term))
    return triples | {Triple(subject, QUOTED_FROM, NamedNode(quote)) for quote in quotes}


def _same(record: Record, other: Record) -> bool:
    """Say whether the sheet's record is already there; it may say less than the one in the file."""
    mine, theirs = dict(record.parts), dict(other.parts)
    for name in {*mine, *theirs} - set(_QUALIFIERS):
        if mine.get(name) != theirs.get(name):
            return False
    return all(mine.get(name, theirs.get(name)) == theirs.get(name) for name in _QUALIFIERS)
