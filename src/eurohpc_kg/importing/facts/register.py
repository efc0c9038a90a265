"""The register: that things exist, what they are called, and where they are.

Rows about names, identifiers, addresses and places become triples of ``data/register``; each
thing says with ``dcterms:source`` where that was read. Figures and dates never come here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.importing.facts.documents import Document, Library
from eurohpc_kg.importing.facts.mapping import (
    NAME_KINDS,
    Meaning,
    Rule,
    Rules,
    is_for_register,
    meaning_of,
    rule_for,
)
from eurohpc_kg.importing.facts.sheets import Fact
from eurohpc_kg.importing.facts.terms import (
    ALT_LABEL,
    HOMEPAGE,
    LABEL,
    RDF_TYPE,
    SAME_AS,
    SOURCE,
    decimal_literal,
    ehpc,
    web_address,
)
from eurohpc_kg.importing.facts.things import Kind, class_iri, thing_iri
from eurohpc_kg.importing.facts.vocabulary import Vocabulary
from eurohpc_kg.names import is_language

# What an identifier looks like, where an address around it is to be taken off.
_PATTERNS = {
    "rorIdentifier": r"(?:https://ror\.org/)?(0[a-z0-9]{8})",
    "wikidataIdentifier": r"(Q[1-9]\d*)",
    "geonamesIdentifier": r"([1-9]\d*)",
}
# Hosts whose front page is not that of the publisher of a document there.
_HOSTS_OF_OTHERS = re.compile(
    r"//([^/]*\.)?(github\.(com|io)|githubusercontent\.com|gitlab\.com|doi\.org|pypi\.org"
    r"|archive-it\.org|globenewswire\.com|fdocumenti\.com|spinupwp\.site|azurewebsites\.net"
    r"|arc-cdn\.net|gitkube\.com|pages\.dev|decubber\.org|outremer\.quest|blogspot\.com"
    r"|finanznachrichten\.de|presseportal\.de)(/|$)"
    r"|//(demo|dev|preprod|www-dev|debug|direct|static|w{2}|amp|app|rly)\."
)
# Publishers that stand for many.
_MANY = frozenset({"independent-website", "github"})
# Identifiers that no two things share.
SHARED = "import-shared-identifier"
_ONE_OWNER = ("ror", "wikidata", "geonames", "isni", "grid", "crossrefFunder", "top500System")
_NOT_LATIN = re.compile(r"[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f]")


@dataclass
class _Names:
    """Collect the names of one thing, in the order of the rows."""

    labels: dict[str, str] = field(default_factory=dict)
    others: dict[tuple[NamedNode, str, str], None] = field(default_factory=dict)


def register_triples(
    facts: Iterable[Fact],
    kinds: Mapping[str, Kind],
    library: Library,
    report: Report,
    rules: Rules,
    vocabulary: Vocabulary,
    known: Collection[str] = (),
) -> dict[str, set[Triple]]:
    """Return the triples of each register file (by name, without ending) that the facts give.

    Facts that rest on unlocated sources alone give nothing but the name of a thing of which a
    located source says something else. A thing in ``known`` has a name; one that is in no row of
    its own is left as it is.
    """
    files: dict[str, set[Triple]] = defaultdict(set)
    names: dict[str, _Names] = defaultdict(_Names)
    origins: dict[str, set[str]] = defaultdict(set)
    mentions: dict[str, set[str]] = defaultdict(set)
    spare: dict[str, _Names] = defaultdict(_Names)
    for fact in facts:
        kind = kinds.get(fact.entity)
        documents = library.documents_of(fact.sources)
        addresses = {document.address for document, _ in documents.values()}
        for slug in (fact.entity, fact.value):
            if slug in kinds:
                mentions[slug] |= addresses
        rule = rule_for(rules, fact.property, fact.kind)
        if kind is None or rule is None or not is_for_register(rule):
            continue
        if rule.kind in NAME_KINDS:
            _collect(names[fact.entity] if documents else spare[fact.entity], fact, rule)
        elif documents and meaning_of("", fact.property, fact.value, fact.note) != Meaning(()):
            found = _statements(fact, rule, kinds, vocabulary)
            if not found and rule.kind in ("identifier", "link", "same-as", "coordinates"):
                report.add(_misfit(fact, rule))
            files[kind.file] |= found
        origins[fact.entity] |= addresses
    for slug, kind in kinds.items():
        sources = origins[slug] or (set() if slug in known else mentions[slug])
        if not sources:
            continue
        called = names[slug] if names[slug].labels or names[slug].others else spare[slug]
        subject = NamedNode(thing_iri(slug))
        triples = files[kind.file]
        triples.add(Triple(subject, RDF_TYPE, NamedNode(class_iri(kind.own))))
        triples |= _name_triples(subject, "" if slug in known else slug, called)
        triples |= {Triple(subject, SOURCE, NamedNode(source)) for source in sources}
    _drop_shared_identifiers(files, report)
    return {name: triples for name, triples in files.items() if triples}


def publisher_triples(
    documents: Iterable[Document], kinds: Mapping[str, Kind], known: Collection[str] = ()
) -> set[Triple]:
    """Return what the register says of the publishers of these documents.

    Of one in ``kinds`` or ``known``, which has a name, it says no more than that it publishes.
    """
    triples: set[Triple] = set()
    first: dict[str, Document] = {}
    for document in documents:
        seen = first.setdefault(document.publisher, document)
        if document.address < seen.address:
            first[document.publisher] = document
    for slug, document in first.items():
        subject = NamedNode(thing_iri(slug))
        triples.add(Triple(subject, RDF_TYPE, ehpc("Publisher")))
        if slug in kinds or slug in known:
            continue
        triples.add(Triple(subject, LABEL, Literal(document.publisher_name or slug, language="en")))
        triples.add(Triple(subject, SOURCE, NamedNode(document.address)))
        if slug not in _MANY and not _HOSTS_OF_OTHERS.search(document.address):
            site = re.match(r"https?://[^/]+/?", document.address)
            assert site is not None
            triples.add(Triple(subject, HOMEPAGE, NamedNode(site.group().rstrip("/") + "/")))
    return triples


def _drop_shared_identifiers(files: Mapping[str, set[Triple]], report: Report) -> None:
    """Take out an identifier that two things claim: one has it wrongly, we can't know which."""
    owners: dict[tuple[NamedNode, str], set[str]] = defaultdict(set)
    terms = {ehpc(f"{name}Identifier") for name in _ONE_OWNER}
    for triples in files.values():
        for triple in triples:
            if triple.predicate in terms:
                key = triple.predicate, str(triple.object)
                owners[key].add(str(triple.subject))
    for (predicate, value), subjects in owners.items():
        if len(subjects) < 2:
            continue
        plain = value.strip('"')
        report.add(
            Finding(
                "",
                0,
                SHARED,
                f"{plain} is given for {' and '.join(sorted(subjects))}; neither gets it",
                "Find out whose it is, and write it in the register.",
                Severity.WARNING,
                subject=" ".join(sorted(subjects)),
            )
        )
        for triples in files.values():
            triples -= {
                triple
                for triple in triples
                if str(triple.subject) in subjects
                and (
                    (triple.predicate == predicate and str(triple.object) == value)
                    or (triple.predicate == SAME_AS and f"/{plain}" in str(triple.object))
                )
            }


def _collect(names: _Names, fact: Fact, rule: Rule) -> None:
    predicate, language = NamedNode(rule.terms[0][0]), fact.unit or "en"
    if not is_language(language):
        return  # `statements` tells of it
    if rule.kind == "name" and language not in names.labels:
        names.labels[language] = fact.value
    else:
        if predicate == LABEL:
            predicate = ALT_LABEL
        names.others[predicate, fact.value, language] = None


def _name_triples(subject: NamedNode, slug: str, names: _Names) -> set[Triple]:
    """Return the names; with a slug, there is one in English whatever the rows have."""
    labels = dict(names.labels)
    if "en" not in labels and slug:
        labels["en"] = _english(slug, names)
    triples = {
        Triple(subject, LABEL, Literal(text, language=language))
        for language, text in labels.items()
    }
    short = {
        (text, language) for predicate, text, language in names.others if predicate != ALT_LABEL
    }
    for predicate, text, language in names.others:
        if predicate != ALT_LABEL or (
            labels.get(language) != text and (text, language) not in short
        ):
            triples.add(Triple(subject, predicate, Literal(text, language=language)))
    return triples


def _english(slug: str, names: _Names) -> str:
    """Return a name for English readers: an English one, else one in Latin letters."""
    for predicate, text, language in names.others:
        if language == "en" and predicate == ALT_LABEL:
            return text
    for text in (*names.labels.values(), *(text for _, text, _ in names.others)):
        if not _NOT_LATIN.search(text):
            return text
    return slug


def _statements(
    fact: Fact, rule: Rule, kinds: Mapping[str, Kind], vocabulary: Vocabulary
) -> set[Triple]:
    """Return identifiers, links, coordinates and places; a value that does not fit gives none."""
    subject = NamedNode(thing_iri(fact.entity))
    if rule.kind in ("link", "same-as"):
        address = web_address(fact.value)
        return {Triple(subject, NamedNode(t), address) for t in rule.terms[0]} if address else set()
    if rule.kind == "coordinates":
        if not re.fullmatch(r"-?\d{1,3}(\.\d+)?", fact.value):
            return set()
        return {Triple(subject, NamedNode(t), decimal_literal(fact.value)) for t in rule.terms[0]}
    if rule.kind == "identifier":
        term = rule.terms[0][0]
        match = re.fullmatch(_PATTERNS.get(term.split("#")[-1], r"(\S.*)"), fact.value)
        if match is None:
            return set()
        triples = {Triple(subject, NamedNode(term), Literal(match.group(1)))}
        if rule.template:
            record = NamedNode(rule.template.replace("{value}", match.group(1)))
            triples.add(Triple(subject, SAME_AS, record))
        return triples
    kind = kinds.get(fact.value)
    if kind is None:
        return set()
    return {
        Triple(subject, NamedNode(term), NamedNode(thing_iri(fact.value)))
        for term in rule.terms[0]
        if term in (ehpc("locatedIn").value, ehpc("capitalOf").value)
        and vocabulary.admits(term, class_iri(kind.own))
    }


def _misfit(fact: Fact, rule: Rule) -> Finding:
    return Finding(
        fact.path,
        fact.line,
        "import-unmapped-value",
        f"{fact.property}: {fact.value!r} fits no {rule.kind}",
        "Correct the cell: an identifier without its address, a full web address, or degrees.",
        column=4,
        subject=fact.entity,
    )
