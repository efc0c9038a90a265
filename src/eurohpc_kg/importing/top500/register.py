"""The register of what the lists name: systems, sites, their names, numbers and countries.

One file a country, and one for the numbers that the lists give to things which the register has
already. A label that stands in the register stays: a person may have bettered it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eurohpc_kg.importing.top500.fields import TOP500, countries, known_sites, known_systems
from eurohpc_kg.importing.top500.graph import (
    RDF_TYPE,
    RDFS_LABEL,
    Things,
    list_page,
    site_page,
    system_page,
)
from eurohpc_kg.importing.top500.identity import readable
from eurohpc_kg.importing.top500.rows import Entry
from eurohpc_kg.names import EHPC, GRAPH, THING
from eurohpc_kg.namespaces import DCTERMS, SCHEMA, SKOS
from eurohpc_kg.turtle import read

JOINED = "top500-joined.ttl"
_GRAPH = NamedNode(GRAPH + "register")
_ALTERNATIVE = NamedNode(SKOS + "altLabel")
_SAME_AS = NamedNode(SCHEMA + "sameAs")
_SOURCE = NamedNode(DCTERMS + "source")
_LOCATED_IN = NamedNode(EHPC + "locatedIn")
_SYSTEM_NUMBER = NamedNode(EHPC + "top500SystemIdentifier")
_SITE_NUMBER = NamedNode(EHPC + "top500SiteIdentifier")


def register_triples(entries: Sequence[Entry], things: Things) -> dict[str, list[Triple]]:
    """Return file name -> triples of the register for all systems and sites of ``entries``."""
    ordered = sorted(entries, key=lambda e: e.key)
    files: dict[str, list[Triple]] = defaultdict(list)
    for slug, of in _grouped(ordered, things.systems).items():
        name = JOINED if slug in set(known_systems().values()) else _file_of(of[-1])
        files[name] += _system(slug, of, name == JOINED)
    for slug, of in _grouped(ordered, things.sites).items():
        name = JOINED if slug in set(known_sites().values()) else _file_of(of[-1])
        files[name] += _site(slug, of, name == JOINED)
    return dict(files)


def merged(path: Path, triples: Iterable[Triple]) -> list[Triple]:
    """Return what stands in a register file and what ``triples`` add to it.

    A thing that has an English label keeps it; a new one becomes a further name.
    """
    there: list[Quad] = read(path, _GRAPH) if path.exists() else []
    standing = [Triple(q.subject, q.predicate, q.object) for q in there]
    labels = {
        t.subject: t.object
        for t in standing
        if t.predicate == RDFS_LABEL and isinstance(t.object, Literal) and t.object.language == "en"
    }
    result = dict.fromkeys(standing)
    for triple in triples:
        label = labels.get(triple.subject)
        if label is not None and triple.predicate == RDFS_LABEL and triple.object != label:
            triple = Triple(triple.subject, _ALTERNATIVE, triple.object)
        if not (triple.predicate == _ALTERNATIVE and triple.object == label):
            result[triple] = None
    return list(result)


def header_of(name: str) -> str:
    """Return the comment at the top of a register file."""
    if name == JOINED:
        return "TOP500: the numbers that its lists give to things which stand in other files."
    country = _names()[name.removeprefix("top500-").removesuffix(".ttl")]
    return f"TOP500: systems and sites that its lists place in {country}."


def _system(slug: str, entries: Sequence[Entry], joined: bool) -> Iterator[Triple]:
    node = NamedNode(THING + slug)
    if not joined:
        names = _latest_first(e["name"] for e in entries)
        last = entries[-1]
        yield Triple(node, RDF_TYPE, NamedNode(EHPC + "Supercomputer"))
        yield from _named(node, names or [f"{last['computer']}, {readable(last['site'])}"])
    numbers = sorted({e["top500_system_id"] for e in entries} - {""})
    for number in numbers:
        yield Triple(node, _SYSTEM_NUMBER, Literal(number))
        yield Triple(node, _SAME_AS, NamedNode(system_page(number)))
    if not joined:
        page = system_page(numbers[0]) if numbers else list_page(TOP500, entries[0].edition)
        yield Triple(node, _SOURCE, NamedNode(page))


def _site(slug: str, entries: Sequence[Entry], joined: bool) -> Iterator[Triple]:
    node = NamedNode(THING + slug)
    if not joined:
        country = countries()[entries[-1]["country"]][0]
        yield Triple(node, RDF_TYPE, NamedNode(EHPC + "Institution"))
        yield from _named(node, _latest_first(e["site"] for e in entries))
        yield Triple(node, _LOCATED_IN, NamedNode(THING + country))
    numbers = sorted({e["top500_site_id"] for e in entries} - {""})
    for number in numbers:
        yield Triple(node, _SITE_NUMBER, Literal(number))
    if not joined:
        page = site_page(numbers[0]) if numbers else list_page(TOP500, entries[0].edition)
        yield Triple(node, _SOURCE, NamedNode(page))


def _named(node: NamedNode, names: Sequence[str]) -> Iterator[Triple]:
    yield Triple(node, RDFS_LABEL, Literal(names[0], language="en"))
    for name in names[1:]:
        yield Triple(node, _ALTERNATIVE, Literal(name, language="en"))


def _grouped(
    entries: Iterable[Entry], slugs: Mapping[tuple[str, int], str]
) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[slugs[entry.key]].append(entry)
    return groups


def _latest_first(names: Iterable[str]) -> list[str]:
    latest = [readable(name) for name in reversed(list(names)) if name]
    return list(dict.fromkeys(latest))


def _file_of(entry: Entry) -> str:
    return f"top500-{countries()[entry['country']][0]}.ttl"


def _names() -> dict[str, str]:
    return {slug: name for name, (slug, _) in countries().items()}
