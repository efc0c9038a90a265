"""Facts: one row of a sheet as triples of the document that states it.

A relation is a plain triple, a number a figure, a change of state a milestone, a state a status
report, a value of a closed list a concept, words a text. What no rule fits is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.findings import Report
from eurohpc_kg.importing.facts.complaints import bad_language, fits_nothing, no_rule
from eurohpc_kg.importing.facts.dates import is_later, read_date
from eurohpc_kg.importing.facts.documents import Document
from eurohpc_kg.importing.facts.mapping import (
    NAME_KINDS,
    Meaning,
    Rule,
    Rules,
    by_note,
    is_for_register,
    meaning_of,
    rule_for,
    unit_for,
)
from eurohpc_kg.importing.facts.notes import read_note, with_plan
from eurohpc_kg.importing.facts.records import Record
from eurohpc_kg.importing.facts.sheets import Fact
from eurohpc_kg.importing.facts.terms import web_address
from eurohpc_kg.importing.facts.things import Kind, class_iri, thing_iri
from eurohpc_kg.importing.facts.vocabulary import Vocabulary
from eurohpc_kg.names import NAMESPACE, THING, VOCABULARY, Prefixes, is_language, readable_slug

_NUMBER = re.compile(r"\d+(\.\d+)?")
_SHARE = re.compile(r"(?P<bound>\bup to )?\b(?P<value>\d+(?:\.\d+)?) per ?cent\b")
EDITION = NAMESPACE + "edition/"
_BASES = VOCABULARY + "basis/"
_ENGLISH = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Meanings:
    """Hold what the importer knows of the terms, the things and their English names."""

    rules: Rules
    prefixes: Prefixes
    vocabulary: Vocabulary
    kinds: Mapping[str, Kind]
    labels: Mapping[str, str]


Statement = Triple | Record


def statements(
    fact: Fact, document: Document, meanings: Meanings, read_in: str, report: Report
) -> list[Statement]:
    """Return what a row says, as the document says it; ``read_in`` is when the sheet was made.

    A row whose property is unknown, or whose value fits nothing, gives a finding and no statement.
    """
    rule = rule_for(meanings.rules, fact.property, fact.kind)
    if rule is None:
        report.add(no_rule(fact, meanings.rules))
        return []
    rule = by_note(rule, fact.value, fact.note, meanings.prefixes)
    if rule.kind in NAME_KINDS and fact.unit and not is_language(fact.unit):
        report.add(bad_language(fact))
        return []
    if rule.kind == "link" and is_for_register(rule):
        return []
    reader = {
        "relation": _relations,
        "inverse-relation": _relations,
        "location": _relations,
        "place": _relations,
        "concept": _concepts,
        "text": _texts,
        "link": _links,
        "figure": _figures,
        "ranking": _figures if rule.concept else _texts,
        "milestone": _milestones,
        "status": _reports,
    }.get(rule.kind)
    if reader is None:
        return []
    moment = fact.as_of or document.issued or read_in
    if document.issued and is_later(moment, document.issued):
        # A row of several documents has the day of the last; none speaks for a day after its own.
        if rule.kind == "status" and len(fact.sources) > 1:
            return []
        moment = document.issued
    spoken = (moment, document.issued or moment)
    found = [_planned_if_to_come(each, spoken) for each in reader(fact, rule, meanings, moment)]
    if not found and not states_nothing(fact, rule):
        units = meanings.vocabulary.units.get(rule.concept, ())
        report.add(fits_nothing(fact, rule, [readable_slug(unit) for unit in units]))
    return found


def _relations(fact: Fact, rule: Rule, meanings: Meanings, moment: str) -> Iterator[Statement]:
    subject = NamedNode(_subject(fact))
    yield from _shares(fact, rule, meanings, moment)
    for value in _things(fact, meanings):
        if rule.kind == "inverse-relation":
            target = NamedNode(rule.object) if rule.object else subject
            for term in rule.terms[0]:
                yield Triple(NamedNode(value), NamedNode(term), target)
            continue
        kind = meanings.kinds.get(value.removeprefix(THING))
        class_ = class_iri(kind.own) if kind else ""
        for alternative in rule.terms:
            fitting = [t for t in alternative if meanings.vocabulary.admits(t, class_)]
            if kind is None or fitting == list(alternative) or len(rule.terms) == 1:
                for term in alternative:
                    yield Triple(subject, NamedNode(term), NamedNode(value))
                break
        else:
            if rule.fallback:
                yield _text(subject, rule.fallback, meanings.labels.get(fact.value, fact.value))
        return
    if rule.fallback and fact.value not in meanings.kinds:
        yield _text(subject, rule.fallback, with_plan(_words(fact), fact.note))


def _shares(fact: Fact, rule: Rule, meanings: Meanings, moment: str) -> Iterator[Record]:
    """Yield the figure that the note of a relation gives: a shareholder's part, a funder's."""
    share = _SHARE.search(fact.note)
    if share is None or not rule.concept.startswith(VOCABULARY):
        return
    parts = {
        "of": _subject(fact),
        "quantity": rule.concept,
        "value": share["value"],
        "unit": rule.unit,
        "asOf": moment,
        "basis": rule.basis,
        "bound": VOCABULARY + "bound/at-most" if share["bound"] else "",
        "scope": rule.scope.replace("{name}", meanings.labels.get(fact.value, fact.value)),
    }
    yield _record("figure", f"{fact.entity}-{readable_slug(rule.concept)}-{moment}", parts)


def _subject(fact: Fact) -> str:
    """Return what a row is about: a thing, or for a row of type Ranking an edition."""
    return EDITION + fact.entity if fact.kind == "Ranking" else thing_iri(fact.entity)


def _things(fact: Fact, meanings: Meanings) -> Sequence[str]:
    """Return the IRIs of the things that a value names, by its slug or by the value table."""
    if fact.value in meanings.kinds:
        return [thing_iri(fact.value)]
    meaning = meaning_of("thing", fact.property, fact.value, fact.note)
    return [meanings.prefixes.expand(name) for name in meaning.results] if meaning else []


def _concepts(fact: Fact, rule: Rule, meanings: Meanings, _: str) -> Iterator[Statement]:
    subject = NamedNode(_subject(fact))
    for concept in _concepts_of(fact, rule, meanings).results:
        for term in rule.terms[0]:
            yield Triple(subject, NamedNode(term), NamedNode(concept))


def _concepts_of(fact: Fact, rule: Rule, meanings: Meanings) -> Meaning:
    meaning = meaning_of(rule.concept, fact.property, fact.value, fact.note)
    if meaning is not None:
        return Meaning(
            tuple(meanings.prefixes.expand(name) for name in meaning.results), meaning.basis
        )
    concept = meanings.vocabulary.concept(rule.concept, fact.value)
    return Meaning((concept,) if concept else ())


def _texts(fact: Fact, rule: Rule, meanings: Meanings, _: str) -> Iterator[Statement]:
    value = _words(fact)
    name = meanings.labels.get(fact.value, value)
    text = (rule.template or "{value}").replace("{value}", value).replace("{name}", name)
    subject = NamedNode(_subject(fact))
    language = fact.unit if _ENGLISH.fullmatch(fact.unit) and len(fact.unit) < 4 else "en"
    for term in rule.terms[0]:
        yield _text(subject, term, with_plan(text, fact.note), language)


def _links(fact: Fact, rule: Rule, _: Meanings, __: str) -> Iterator[Statement]:
    address = web_address(fact.value)
    if address is not None:
        for term in rule.terms[0]:
            yield Triple(NamedNode(_subject(fact)), NamedNode(term), address)


def _words(fact: Fact) -> str:
    """Return a value as words: as the value table spells a code, else as it stands."""
    meaning = meaning_of("text", fact.property, fact.value, fact.note)
    return meaning.results[0] if meaning and meaning.results else fact.value


def _figures(fact: Fact, rule: Rule, meanings: Meanings, moment: str) -> Iterator[Statement]:
    if not _NUMBER.fullmatch(fact.value) or not rule.concept:
        return
    unit = _unit(fact, rule)
    if unit is None or not unit[0] or unit[1] != "1":
        return
    expand = meanings.prefixes.expand
    admitted = meanings.vocabulary.units.get(rule.concept)
    if admitted and expand(unit[0]) not in admitted:
        return
    note = read_note(fact.note)
    scope = "; ".join(part for part in (rule.scope, note.scope) if part)
    parts = {
        "of": _subject(fact),
        "quantity": rule.concept,
        "value": fact.value,
        "unit": expand(unit[0]),
        "asOf": moment,
        "basis": expand(note.basis) if note.basis else rule.basis,
        "bound": rule.bound or (expand(note.bound) if note.bound else ""),
        "scope": scope,
        "period": note.period,
    }
    yield _record("figure", f"{fact.entity}-{readable_slug(rule.concept)}-{moment}", parts)


def _unit(fact: Fact, rule: Rule) -> tuple[str, str] | None:
    """Return the unit of the cell, else of the rule, and its factor.

    Where the property names it more exactly than the cell, it is the rule's: the days of
    ``time_to_access_working_days`` are working days.
    """
    if not fact.unit:
        return rule.unit, "1"
    stated, exact = unit_for(fact.unit), readable_slug(rule.unit)
    if stated and stated[0].partition(":")[2] in exact.split("-"):
        return (rule.unit, "1") if exact.replace("-", "_") in fact.property else stated
    return stated


def _milestones(fact: Fact, rule: Rule, meanings: Meanings, moment: str) -> Iterator[Statement]:
    date = read_date(fact.value)
    if date is None:
        return
    note = read_note(fact.note)
    basis = meanings.prefixes.expand(note.basis) if note.basis else rule.basis
    scope = "; ".join(part for part in (rule.scope, note.scope) if part)
    words = fact.value if date[1] else note.date_text or rule.template
    more = {"scope": scope, "dateText": words, "regarding": rule.object}
    yield _milestone(fact, rule.concept, date[0], basis, moment, more)


def _milestone(
    fact: Fact, type_: str, date: str, basis: str, moment: str, more: Mapping[str, str]
) -> Record:
    parts = {
        "of": _subject(fact),
        "milestoneType": type_,
        "date": date,
        "basis": basis,
        "asOf": moment,
        **more,
    }
    return _record("milestone", f"{fact.entity}-{readable_slug(type_)}-{date}", parts)


def _planned_if_to_come(statement: Statement, spoken: tuple[str, str]) -> Statement:
    """Give an event that is still to come when it is said the basis planned: it can be no other."""
    if not isinstance(statement, Record) or statement.room != "milestone":
        return statement
    if not any(is_later(statement.get("date"), day) for day in spoken):
        return statement
    parts = dict(statement.parts) | {"basis": _BASES + "planned"}
    return Record(statement.room, statement.stem, tuple(sorted(parts.items())))


def _reports(fact: Fact, rule: Rule, meanings: Meanings, moment: str) -> Iterator[Statement]:
    meaning = _concepts_of(fact, rule, meanings)
    for concept in meaning.results:
        if concept.startswith(VOCABULARY + "milestone-type/"):
            basis = meanings.prefixes.expand(meaning.basis or "basis:stated")
            yield _milestone(fact, concept, fact.as_of or moment, basis, moment, {})
            continue
        parts = {"of": _subject(fact), "status": concept, "asOf": moment}
        yield _record("report", f"{fact.entity}-{readable_slug(concept)}-{moment}", parts)


def _record(room: str, stem: str, parts: Mapping[str, str]) -> Record:
    return Record(room, stem, tuple(sorted((k, v) for k, v in parts.items() if v)))


def _text(subject: NamedNode, term: str, text: str, language: str = "en") -> Triple:
    return Triple(subject, NamedNode(term), Literal(text, language=language))


def states_nothing(fact: Fact, rule: Rule) -> bool:
    """Say whether the table of values has it that a value states nothing."""
    meaning = meaning_of(rule.concept, fact.property, fact.value, fact.note)
    return meaning is not None and not meaning.results
