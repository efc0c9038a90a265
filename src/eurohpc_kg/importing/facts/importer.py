"""The import of fact sheets: rows to the register and to one file a source document.

Everything is read and turned into triples before the first file is written; a sheet that can't be
read leaves the content as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from eurohpc_kg.findings import Finding, Report
from eurohpc_kg.importing.facts.complaints import unknown_type, unnamed_thing
from eurohpc_kg.importing.facts.documents import Document, Library, read_library
from eurohpc_kg.importing.facts.documents_graph import document_triples, header_of, known_documents
from eurohpc_kg.importing.facts.mapping import (
    CLAIM_KINDS,
    LEFT_OUT_KINDS,
    NAME_KINDS,
    REGISTER_KINDS,
    Rules,
    is_for_register,
    read_rules,
    rule_for,
)
from eurohpc_kg.importing.facts.merging import merge_file
from eurohpc_kg.importing.facts.records import Names, Record, read_names, record_triples
from eurohpc_kg.importing.facts.register import SHARED, publisher_triples, register_triples
from eurohpc_kg.importing.facts.register_files import HEADERS, english_labels, known_kinds
from eurohpc_kg.importing.facts.sheets import Fact, Source, read_sheet
from eurohpc_kg.importing.facts.statements import Meanings, statements, states_nothing
from eurohpc_kg.importing.facts.terms import RDF_TYPE
from eurohpc_kg.importing.facts.things import (
    TYPES,
    Kind,
    class_iri,
    kinds_of,
    thing_iri,
    with_kept_slugs,
)
from eurohpc_kg.importing.facts.vocabulary import read_vocabulary
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle import read

SAME_AS_REASON = "says that two slugs are one thing: merged-slugs.csv decides that"
_IN_THE_LIST = "the entry in the file of the edition says it, which import top500 makes"
# What a line of a list says beside its measures; `top500.fields` has them all.
_IN_A_LINE = frozenset({"accelerator", "country", "interconnect", "operating_system", "processor"})


@dataclass
class Summary:
    """Count what an import did.

    ``left_out`` are the rows that gave nothing, each with why; ``faulty`` those that can't be read
    for what they are, each of which is a finding.
    """

    facts: int = 0
    documents: int = 0
    files: int = 0
    triples: int = 0
    left_out: list[tuple[Fact, str]] = field(default_factory=list)
    faulty: set[Fact] = field(default_factory=set)

    def count(self, added: int) -> None:
        """Count a file to which so many triples were added."""
        self.triples += added
        self.files += bool(added)


def import_facts(
    repository: Repository,
    sheets: Sequence[Path],
    sources: Sequence[Path],
    retrieved: str,
    report: Report,
) -> Summary:
    """Import fact sheets with their source sheets, and return what was done.

    ``retrieved`` is when the sources were read that have no file yet, as YYYY, YYYY-MM or
    YYYY-MM-DD. What the files say stays; what they lack is added; a contradiction is a finding in
    ``report``.
    """
    facts, rows = _read(sheets, sources, report)
    summary = Summary(facts=len(facts))
    summary.left_out += [(f, SAME_AS_REASON) for f in facts if f.property == "same_as"]
    prefixes = read_prefixes(repository)
    kinds = {**kinds_of(facts), **known_kinds(repository)}
    facts = with_kept_slugs(facts, frozenset(kinds))
    library = read_library(rows, known_documents(repository))
    rules, vocabulary = read_rules(prefixes), read_vocabulary(repository)
    known = english_labels(repository, {})
    named = register_triples(facts, kinds, library, Report(), rules, vocabulary, known)
    labels = english_labels(repository, named)
    meanings = Meanings(rules, prefixes, vocabulary, kinds, labels)
    claims = _claims(repository, facts, library, meanings, retrieved, report, summary)
    sound = [fact for fact in facts if fact not in summary.faulty]
    register = register_triples(sound, kinds, library, report, rules, vocabulary, known)
    report.extend(_unnamed(sound, register, known, rules))
    summary.left_out += _of_two_owners(facts, report)
    documents = {document.iri: document for document in library.documents.values()}
    seen = [documents[iri] for iri in claims]
    register["publishers"] = publisher_triples(seen, kinds, known)
    for name, triples in sorted(register.items()):
        path = repository.register / f"{name}.ttl"
        summary.count(merge_file(path, triples, prefixes, report, header=HEADERS[name]))
    for document in seen:
        publisher = document.publisher_name or meanings.labels.get(document.publisher, "")
        header = header_of(document, publisher or document.publisher)
        path = repository.sources / document.place
        added = merge_file(path, claims[document.iri], prefixes, report, document.iri, header)
        summary.count(added)
    summary.documents = len(seen)
    return summary


def _read(
    sheets: Sequence[Path], sources: Sequence[Path], report: Report
) -> tuple[list[Fact], dict[str, Source]]:
    facts: list[Fact] = []
    rows: dict[str, Source] = {}
    for path in sheets:
        sheet = read_sheet(path, sources, report)
        for fact in sheet.facts:
            if fact.kind in TYPES:
                facts.append(fact)
            else:
                report.add(unknown_type(fact))
        rows.update(sheet.sources)
    return facts, rows


def _unnamed(
    facts: Sequence[Fact], register: Mapping[str, set[Triple]], known: Collection[str], rules: Rules
) -> Iterator[Finding]:
    """Yield a finding for each new thing of the register of which no row has a name."""
    rows = [(fact, rule_for(rules, fact.property, fact.kind)) for fact in facts]
    named = {fact.entity for fact, rule in rows if rule and rule.kind in NAME_KINDS}
    new = {triple.subject for triples in register.values() for triple in triples}
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.entity, fact)
    for slug, fact in first.items():
        if slug not in known and slug not in named and NamedNode(thing_iri(slug)) in new:
            yield unnamed_thing(fact)


def _of_two_owners(facts: Sequence[Fact], report: Report) -> list[tuple[Fact, str]]:
    """Return the rows of identifiers that two things claim, which neither thing was given."""
    shared = {
        (f.message.partition(" is given for ")[0], owner.strip("<>"))
        for f in report
        if f.code == SHARED
        for owner in f.subject.split()
    }
    reason = "an identifier that two things claim: docs/review/possible-duplicates.md has it"
    return [(f, reason) for f in facts if (f.value, thing_iri(f.entity)) in shared]


def _claims(
    repository: Repository,
    facts: Sequence[Fact],
    library: Library,
    meanings: Meanings,
    retrieved: str,
    report: Report,
    summary: Summary,
) -> dict[str, set[Triple]]:
    """Return the triples of each document that was seen, by its IRI."""
    names = read_names(repository)
    _learn(repository, library, names)
    claims: dict[str, set[Triple]] = defaultdict(set)
    quoted: dict[str, set[str]] = defaultdict(set)
    by_iri: dict[str, Document] = {}
    for fact in facts:
        stated = library.documents_of(fact.sources)
        passed = library.lists if _is_in_a_line(fact, meanings) else frozenset()
        documents = {iri: found for iri, found in stated.items() if iri not in passed}
        if stated and not documents:
            reason = "" if _is_for_register(fact, meanings) else _IN_THE_LIST
        else:
            reason = _reason_to_leave_out(fact, documents, meanings)
        if reason:
            summary.left_out.append((fact, reason))
            continue
        for iri, (document, quotes) in documents.items():
            day = document.retrieved or retrieved
            known = len(report)
            found = statements(fact, document, meanings, day, report)
            if len(report) > known:
                summary.faulty.add(fact)
                continue  # what the row says is unclear: no trace of it, nor of its document
            by_iri[iri] = document
            quoted[iri] |= set(quotes)
            claims[iri] |= _type_of(fact.entity, meanings.kinds)
            for statement in found:
                if isinstance(statement, Record):
                    name = names.name_of(statement, document)
                    claims[iri] |= record_triples(name, statement, quotes)
                else:
                    claims[iri].add(statement)
    for iri, document in by_iri.items():
        day = document.retrieved or retrieved
        claims[iri] |= document_triples(document, day, sorted(quoted[iri]))
    return dict(sorted(claims.items()))


def _reason_to_leave_out(fact: Fact, documents: Mapping[str, object], meanings: Meanings) -> str:
    if fact.kind == "Sector":
        return "a concept: ontology/vocabularies/sector.ttl has it"
    if not documents:
        return "rests alone on a document whose own address is not known"
    if fact.entity not in meanings.kinds and fact.kind != "Ranking":
        return f"the entity type {fact.kind} is unknown"
    rule = rule_for(meanings.rules, fact.property, fact.kind)
    if rule is not None and rule.kind not in CLAIM_KINDS | REGISTER_KINDS:
        return LEFT_OUT_KINDS[rule.kind]
    if rule is not None and states_nothing(fact, rule):
        return "its value states nothing: value-mapping.csv says why"
    return ""


def _is_in_a_line(fact: Fact, meanings: Meanings) -> bool:
    """Say whether a row that rests on ranking lists is what a line of them says of a system."""
    rule = rule_for(meanings.rules, fact.property, fact.kind)
    if rule is None or fact.kind == "Ranking":
        return False
    return rule.kind == "ranking" or fact.property in _IN_A_LINE or is_for_register(rule)


def _is_for_register(fact: Fact, meanings: Meanings) -> bool:
    rule = rule_for(meanings.rules, fact.property, fact.kind)
    return rule is not None and is_for_register(rule) and fact.kind != "Ranking"


def _type_of(slug: str, kinds: Mapping[str, Kind]) -> set[Triple]:
    if slug not in kinds:
        return set()
    kind = NamedNode(class_iri(kinds[slug].stated))
    return {Triple(NamedNode(thing_iri(slug)), RDF_TYPE, kind)}


def _learn(repository: Repository, library: Library, names: Names) -> None:
    """Take in the records of those documents that have a file."""
    for iri, document in {d.iri: d for d in library.documents.values()}.items():
        path = repository.sources / document.place
        if path.exists():
            quads = read(path, NamedNode(iri), iri)
            names.learn(iri, document.publisher, (quad.triple for quad in quads))
