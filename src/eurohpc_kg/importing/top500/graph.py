"""From ranking entries to the triples of one source file: what an edition says, and no more.

An entry holds what its edition measures and ranks. What the list says of the machine (computer,
processor, site …) is written once: at the system, in the file of the first edition that says it.
A later entry repeats it only where it differs, and names with ``ehpc:leavesOut`` what its edition
no longer says. So an entry's value is its own, else its system's, unless it leaves it out:
``COALESCE`` in a query, and `top500_known` reads it back that way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.importing.top500.fields import (
    DECIMAL,
    DESCRIPTIONS,
    EDITION,
    INTEGER,
    MEASURES,
    SECOND_TERM,
    SITE,
    SITE_PAGE,
    TOP500,
    URL,
    YEAR,
    Ranking,
    countries,
    edition_number,
    edition_of,
    edition_words,
)
from eurohpc_kg.importing.top500.rows import Entry
from eurohpc_kg.names import EHPC, NAMESPACE, SOURCE, THING, VOCABULARY
from eurohpc_kg.namespaces import DCTERMS, RDF, RDFS, XSD

RETRIEVED = "2026-11"
PUBLISHER = THING + "top500"
RDF_TYPE = NamedNode(RDF + "type")
RDFS_LABEL = NamedNode(RDFS + "label")

Key = tuple[str, int]
Node = NamedNode | Literal


@dataclass
class Said:
    """Hold what the editions so far have said of each system: descriptions, site and country."""

    descriptions: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Things:
    """Hold the slug of the system and of the site of each entry."""

    systems: Mapping[Key, str]
    sites: Mapping[Key, str]


def source_iri(ranking: Ranking, edition: str) -> str:
    """Return the IRI of the source document of an edition."""
    return f"{SOURCE}top500/{edition}-{ranking.slug}"


def edition_triples(
    ranking: Ranking, edition: str, entries: Sequence[Entry], things: Things, said: Said
) -> list[Triple]:
    """Return the triples of one edition of one ranking, and add to ``said`` what it says."""
    triples = list(_document(ranking, edition))
    for entry in sorted(entries, key=lambda e: e.rank):
        if ranking is TOP500:
            triples += _top500_entry(entry, things, said)
        elif ranking.fields and entry[ranking.fields[0]]:
            triples += _side_entry(ranking, entry, things)
    return triples


def _document(ranking: Ranking, edition: str) -> Iterator[Triple]:
    document = NamedNode(source_iri(ranking, edition))
    title = f"{ranking.name} list, {edition_words(edition)}"
    page = NamedNode(list_page(ranking, edition))
    yield Triple(document, RDF_TYPE, NamedNode(EHPC + "SourceDocument"))
    yield Triple(document, NamedNode(DCTERMS + "title"), _text(title))
    yield Triple(document, NamedNode(DCTERMS + "issued"), _month(edition))
    yield Triple(document, NamedNode(DCTERMS + "publisher"), NamedNode(PUBLISHER))
    yield Triple(document, NamedNode(DCTERMS + "source"), page)
    yield Triple(document, NamedNode(EHPC + "retrieved"), _month(RETRIEVED))
    yield Triple(document, NamedNode(EHPC + "standing"), NamedNode(EHPC + "PrimarySource"))
    node = edition_node(ranking, edition)
    yield Triple(node, RDF_TYPE, NamedNode(EHPC + "RankingEdition"))
    yield Triple(node, RDFS_LABEL, _text(f"{ranking.name}, {edition_words(edition)}"))
    yield Triple(node, NamedNode(EHPC + "asOf"), _month(edition))
    yield Triple(
        node, NamedNode(EHPC + "rankingList"), NamedNode(f"{VOCABULARY}ranking/{ranking.slug}")
    )
    yield Triple(node, NamedNode(URL), page)
    if ranking is TOP500:
        number = _integer(str(edition_number(edition)))
        yield Triple(node, NamedNode(EHPC + "editionNumber"), number)


def _top500_entry(entry: Entry, things: Things, said: Said) -> Iterator[Triple]:
    slug = things.systems[entry.key]
    system, node = NamedNode(THING + slug), entry_node(TOP500, entry.edition, entry.rank)
    yield from _frame(TOP500, node, entry, system)
    for name, (kind, term) in MEASURES.items():
        if entry[name]:
            yield Triple(node, NamedNode(term), encode(kind, entry[name]))
    so_far = said.descriptions.setdefault(slug, {})
    for name, (kind, term) in DESCRIPTIONS.items():
        value, known = entry[name], so_far.get(name)
        if value and known is None:
            so_far[name] = value
            yield Triple(system, NamedNode(term), encode(kind, value))
        elif value and value != known:
            yield Triple(node, NamedNode(term), encode(kind, value))
        elif known is not None and not value:
            yield Triple(node, NamedNode(EHPC + "leavesOut"), NamedNode(term))
    place = (things.sites[entry.key], countries()[entry["country"]][0])
    if said.places.get(slug) != place:
        said.places[slug] = place
        yield Triple(system, NamedNode(EHPC + "hostedBy"), NamedNode(THING + place[0]))
        yield Triple(system, NamedNode(EHPC + "locatedIn"), NamedNode(THING + place[1]))


def _side_entry(ranking: Ranking, entry: Entry, things: Things) -> Iterator[Triple]:
    assert ranking.fields is not None
    rank, value = ranking.fields
    node = entry_node(ranking, entry.edition, int(entry[rank]))
    yield from _frame(ranking, node, entry, NamedNode(THING + things.systems[entry.key]))
    yield Triple(node, NamedNode(EHPC + "rank"), _integer(entry[rank]))
    if entry[value]:
        yield Triple(node, NamedNode(SECOND_TERM[value]), encode(DECIMAL, entry[value]))


def _frame(ranking: Ranking, node: NamedNode, entry: Entry, system: NamedNode) -> Iterator[Triple]:
    yield Triple(node, RDF_TYPE, NamedNode(EHPC + "RankingEntry"))
    yield Triple(node, NamedNode(EHPC + "inEdition"), edition_node(ranking, entry.edition))
    yield Triple(node, NamedNode(EHPC + "of"), system)
    if number := entry["top500_system_id"]:
        yield Triple(node, NamedNode(URL), NamedNode(system_page(number)))


def edition_node(ranking: Ranking, edition: str) -> NamedNode:
    return NamedNode(f"{NAMESPACE}edition/{ranking.slug}-{edition}")


def entry_node(ranking: Ranking, edition: str, rank: int) -> NamedNode:
    return NamedNode(f"{NAMESPACE}entry/{ranking.slug}-{edition}-{rank}")


def list_page(ranking: Ranking, edition: str) -> str:
    """Return the address of an edition's page.

    >>> list_page(TOP500, "2026-06")
    'https://www.top500.org/lists/top500/2026/06/'
    """
    year, month = edition.split("-")
    return f"{SITE}lists/{ranking.slug}/{year}/{month}/"


def system_page(number: str) -> str:
    return f"{SITE}system/{number}/"


def site_page(number: str) -> str:
    return f"{SITE}site/{number}/"


def encode(kind: str, value: str) -> Node:
    """Return a cell as a term; numbers keep the form in which the list writes them."""
    if kind in (INTEGER, DECIMAL):
        return _integer(value) if "." not in value else Literal(value, datatype=_xsd("decimal"))
    if kind == YEAR:
        return Literal(value, datatype=_xsd("gYear"))
    if kind == EDITION:
        return edition_node(TOP500, edition_of(int(value)))
    if kind == SITE_PAGE:
        return NamedNode(site_page(value))
    return _text(value)


def decode(kind: str, term: Node) -> str:
    """Return the cell of a term: ``decode(kind, encode(kind, value)) == value``."""
    if kind == EDITION:
        return str(edition_number(term.value.rsplit("/top500-", 1)[-1]))
    if kind == SITE_PAGE:
        return number_in(term.value)
    return term.value


def number_in(address: str) -> str:
    """Return the number of a system or site in the address of its page.

    >>> number_in("https://www.top500.org/system/180357/")
    '180357'
    """
    return address.rstrip("/").rsplit("/", 1)[-1]


def side_entries(entries: Iterable[Entry], ranking: Ranking) -> list[Entry]:
    """Return the entries that also stand in one of the two smaller rankings."""
    return [e for e in entries if ranking.fields and e[ranking.fields[0]]]


def _text(value: str) -> Literal:
    return Literal(value, language="en")


def _integer(value: str) -> Literal:
    return Literal(value, datatype=_xsd("integer"))


def _month(value: str) -> Literal:
    return Literal(value, datatype=_xsd("gYearMonth"))


def _xsd(name: str) -> NamedNode:
    return NamedNode(XSD + name)
