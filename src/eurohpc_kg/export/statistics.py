"""The counts of a dataset: what VoID calls its partitions, in one pass over the sorted triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from eurohpc_kg.export.lines import TYPE, Parts, iri

_SAME = "<https://schema.org/sameAs>"


@dataclass
class Use:
    """Count how a property is used: triples, different subjects, different objects."""

    triples: int = 0
    subjects: int = 0
    objects: set[str] = field(default_factory=set)
    _last: str = ""

    def add(self, subject: str, term: str) -> None:
        """Count one triple; those of a subject come together."""
        self.triples += 1
        self.objects.add(term)
        if subject != self._last:
            self.subjects += 1
            self._last = subject


@dataclass
class Statistics:
    """Hold the counts."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    properties: dict[str, Use] = field(default_factory=dict)
    classes: Counter[str] = field(default_factory=Counter)
    examples: set[str] = field(default_factory=set)  # of those that were looked for
    links: Counter[str] = field(default_factory=Counter)  # by the host that is linked to


def count(triples: Iterable[Parts], examples: Collection[str] = ()) -> Statistics:
    """Count the triples, which are sorted and stand there once each.

    ``examples`` are IRIs of which it is to be known whether anything is said of them.
    """
    found = Statistics()
    objects: set[str] = set()
    last = ""
    for subject, predicate, term in triples:
        found.triples += 1
        objects.add(term)
        if subject != last:
            found.subjects += 1
            last = subject
            if iri(subject) in examples:
                found.examples.add(iri(subject))
        found.properties.setdefault(iri(predicate), Use()).add(subject, term)
        if predicate == TYPE and term.startswith("<"):
            found.classes[iri(term)] += 1
        elif predicate == _SAME and term.startswith("<"):
            found.links[urlsplit(iri(term)).netloc] += 1
    found.objects = len(objects)
    return found
