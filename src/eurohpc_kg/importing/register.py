"""The register: that things exist, what they are called, and where they are.

Rows about names, identifiers, addresses and places become triples of ``data/register``; each
thing says with ``dcterms:source`` where that was read. Figures and dates never come here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.importing.documents import Document, Library, read_publishers
from eurohpc_kg.importing.sheets import Fact
from eurohpc_kg.importing.terms import (
    ALT_LABEL,
    HOMEPAGE,
    LABEL,
    LATITUDE,
    LONGITUDE,
    RDF_TYPE,
    SAME_AS,
    SEE_ALSO,
    SOURCE,
    decimal_literal,
    ehpc,
    web_address,
)
from eurohpc_kg.importing.things import Kind, class_iri, thing_iri

_NAMES = {
    "name": ALT_LABEL,
    "alternative_name": ALT_LABEL,
    "acronym": ehpc("shortName"),
    "official_name": ehpc("officialName"),
    "full_name": ehpc("officialName"),
    "full_title": ehpc("officialName"),
    "long_name": ehpc("officialName"),
    "former_name": ehpc("formerName"),
}
# Property: the identifier's term, what of the value is kept, and the outside record it names.
_IDENTIFIERS = {
    "ror_id": ("rorIdentifier", r"https://ror\.org/(\w+)", "https://ror.org/{}"),
    "wikidata_id": ("wikidataIdentifier", r"(Q\d+)", "http://www.wikidata.org/entity/{}"),
    "geonames_id": ("geonamesIdentifier", r"(\d+)", "https://sws.geonames.org/{}/"),
    "iso_3166_1_alpha_2": ("isoAlpha2Code", r"([A-Z]{2})", ""),
    "iso_3166_1_alpha_3": ("isoAlpha3Code", r"([A-Z]{3})", ""),
    "iso_3166_1_numeric": ("isoNumericCode", r"(\d{3})", ""),
    "isni": ("isniIdentifier", r"(\d{4} \d{4} \d{4} \d{3}[\dX])", ""),
    "grid_id": ("gridIdentifier", r"(grid\.\d+\.[0-9a-f]{1,2})", ""),
    "crossref_funder_id": ("crossrefFunderIdentifier", r"(\d+)", ""),
    "top500_system_id": (
        "top500SystemIdentifier",
        r"(\d+)",
        "https://www.top500.org/system/{}/",
    ),
    "vat_id": ("vatIdentifier", r"(\w+)", ""),
    "company_register_id": ("companyRegisterNumber", r"(\w+)", ""),
    "isin": ("isin", r"(\w{12})", ""),
}
_LINKS = {"website": HOMEPAGE, "wikipedia": SEE_ALSO, "eu_authority_uri": SAME_AS}
_PLACES = {"country": "locatedIn", "host_country": "locatedIn", "city": "locatedIn"}
# Things whose place is the city or country of their rows; a consortium's country is no place.
_DEGREES = {"latitude": LATITUDE, "longitude": LONGITUDE}
REGISTER_PROPERTIES = frozenset(
    {*_NAMES, *_IDENTIFIERS, *_LINKS, *_DEGREES, "capital_of", *_PLACES, "institution_type"}
)
# Hosts whose front page is not that of the publisher of a document there.
_HOSTS_OF_OTHERS = re.compile(
    r"//([^/]*\.)?(github\.(com|io)|githubusercontent\.com|gitlab\.com|doi\.org|pypi\.org"
    r"|archive-it\.org|globenewswire\.com|fdocumenti\.com|spinupwp\.site|azurewebsites\.net"
    r"|arc-cdn\.net|gitkube\.com|pages\.dev|decubber\.org|outremer\.quest|blogspot\.com"
    r"|finanznachrichten\.de|presseportal\.de)(/|$)"
    r"|//(demo|dev|preprod|www-dev|debug|direct|static|w{2}|amp|app|rly)\."
)
_NOT_LATIN = re.compile(r"[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f]")


@dataclass
class _Names:
    """Collect the names of one thing, in the order of the rows."""

    labels: dict[str, str] = field(default_factory=dict)
    others: dict[tuple[NamedNode, str, str], None] = field(default_factory=dict)


def register_triples(
    facts: Iterable[Fact], kinds: Mapping[str, Kind], library: Library, report: Report
) -> dict[str, set[Triple]]:
    """Return the triples of each register file (by name, without ending) that the facts give.

    Facts that rest on unlocated sources alone give nothing but the name of a thing of which a
    located source says something else.
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
        if kind is None or fact.property not in REGISTER_PROPERTIES:
            continue
        if fact.property in _NAMES:
            _collect(names[fact.entity] if documents else spare[fact.entity], fact)
        elif documents:
            files[kind.file] |= _statements(fact, kinds)
        origins[fact.entity] |= addresses
    for slug, kind in kinds.items():
        sources = origins[slug] or mentions[slug]
        if not sources:
            continue
        called = names[slug] if names[slug].labels or names[slug].others else spare[slug]
        subject = NamedNode(thing_iri(slug))
        triples = files[kind.file]
        triples.add(Triple(subject, RDF_TYPE, NamedNode(class_iri(kind.own))))
        triples |= _name_triples(subject, slug, called)
        triples |= {Triple(subject, SOURCE, NamedNode(source)) for source in sources}
    _drop_shared_identifiers(files, report)
    return {name: triples for name, triples in files.items() if triples}


def publisher_triples(documents: Iterable[Document], kinds: Mapping[str, Kind]) -> set[Triple]:
    """Return what the register says of the publishers of these documents."""
    named = {publisher.slug: publisher.name for publisher in read_publishers().values()}
    triples: set[Triple] = set()
    first: dict[str, Document] = {}
    for document in documents:
        seen = first.setdefault(document.publisher, document)
        if document.address < seen.address:
            first[document.publisher] = document
    for slug, document in first.items():
        subject = NamedNode(thing_iri(slug))
        triples.add(Triple(subject, RDF_TYPE, ehpc("Publisher")))
        if slug in kinds:
            continue
        triples.add(Triple(subject, LABEL, Literal(named.get(slug) or slug, language="en")))
        triples.add(Triple(subject, SOURCE, NamedNode(document.address)))
        if not _HOSTS_OF_OTHERS.search(document.address):
            site = re.match(r"https?://[^/]+/?", document.address)
            assert site is not None
            triples.add(Triple(subject, HOMEPAGE, NamedNode(site.group().rstrip("/") + "/")))
    return triples


def _drop_shared_identifiers(files: Mapping[str, set[Triple]], report: Report) -> None:
    """Take out an identifier that two things claim: one of them is wrong, and which is not known."""
    owners: dict[tuple[NamedNode, str], set[str]] = defaultdict(set)
    terms = {ehpc(term) for term, _, _ in _IDENTIFIERS.values()}
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
                "import-shared-identifier",
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


def _collect(names: _Names, fact: Fact) -> None:
    predicate, language = _NAMES[fact.property], fact.unit or "en"
    if fact.property == "name" and language not in names.labels:
        names.labels[language] = fact.value
    else:
        names.others[predicate, fact.value, language] = None


def _name_triples(subject: NamedNode, slug: str, names: _Names) -> set[Triple]:
    labels = dict(names.labels)
    if "en" not in labels:
        labels["en"] = _english(slug, names)
    triples = {
        Triple(subject, LABEL, Literal(text, language=language))
        for language, text in labels.items()
    }
    short = {(text, language) for predicate, text, language in names.others if predicate != ALT_LABEL}
    for predicate, text, language in names.others:
        if predicate != ALT_LABEL or (labels.get(language) != text and (text, language) not in short):
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


def _statements(fact: Fact, kinds: Mapping[str, Kind]) -> set[Triple]:
    """Return identifiers, links, coordinates and places; a value that does not fit gives none."""
    subject = NamedNode(thing_iri(fact.entity))
    if fact.property in _IDENTIFIERS:
        term, pattern, record = _IDENTIFIERS[fact.property]
        match = re.fullmatch(pattern, fact.value)
        if match is None:
            return set()
        triples = {Triple(subject, ehpc(term), Literal(match.group(1)))}
        if record:
            triples.add(Triple(subject, SAME_AS, NamedNode(record.format(match.group(1)))))
        return triples
    if fact.property in _LINKS:
        address = web_address(fact.value)
        return {Triple(subject, _LINKS[fact.property], address)} if address else set()
    if fact.property in _DEGREES:
        return {Triple(subject, _DEGREES[fact.property], decimal_literal(fact.value))}
    if fact.property == "capital_of" and fact.value in kinds:
        return {Triple(subject, ehpc("capitalOf"), NamedNode(thing_iri(fact.value)))}
    if fact.property in _PLACES and fact.value in kinds:
        return {Triple(subject, ehpc(_PLACES[fact.property]), NamedNode(thing_iri(fact.value)))}
    return set()
