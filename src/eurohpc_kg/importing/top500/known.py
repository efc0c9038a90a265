"""Reading editions back from their source files: the entries, cell by cell as they were imported.

This is the inverse of `top500_graph`. The importer needs it to know which machines the editions
before have named and what they said of them; the tests need it to show that nothing is lost. Not
kept, because they follow from the rest: the spelling of a country (Czech Republic, Czechia), the
continent, and the name of the spreadsheet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from eurohpc_kg.errors import InputError
from eurohpc_kg.importing.top500.fields import (
    DESCRIPTIONS,
    MEASURES,
    RANKINGS,
    SECOND_TERM,
    TOP500,
    URL,
    Ranking,
    countries,
)
from eurohpc_kg.importing.top500.graph import Node, decode, number_in, source_iri
from eurohpc_kg.importing.top500.rows import Entry
from eurohpc_kg.names import EHPC, NAMESPACE, THING
from eurohpc_kg.turtle import read

_FILE = re.compile(r"(\d{4}-\d{2})-(top500|green500|hpcg)\.ttl")
_ENTRY = NAMESPACE + "entry/"
_BY_TERM = {term: (name, kind) for name, (kind, term) in {**MEASURES, **DESCRIPTIONS}.items()}

Block = Mapping[str, list[Node]]


def edition_files(folder: Path) -> dict[tuple[str, str], Path]:
    """Return (edition, slug of ranking) -> file, in order, for the source files in a folder."""
    found = {}
    for path in sorted(folder.glob("*.ttl")):
        if match := _FILE.fullmatch(path.name):
            found[match[1], match[2]] = path
    return found


def read_known(folder: Path) -> dict[tuple[str, int], Entry]:
    """Return the entries of all editions whose files stand in ``folder``, by edition and rank.

    Raises `InputError` where a file is missing that an edition after it builds on.
    """
    files = edition_files(folder)
    state: dict[str, dict[str, str]] = defaultdict(dict)
    entries: dict[tuple[str, int], Entry] = {}
    for (edition, slug), path in files.items():
        if slug == TOP500.slug:
            blocks = _blocks(read(path, NamedNode(source_iri(TOP500, edition))))
            for entry in _entries(edition, blocks, state, path.name):
                entries[entry.key] = entry
    for ranking in RANKINGS[1:]:
        for (edition, slug), path in files.items():
            if slug == ranking.slug:
                _add_side(ranking, edition, path, entries)
    return entries


def _blocks(quads: Iterable[Quad]) -> dict[str, dict[str, list[Node]]]:
    blocks: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            blocks[quad.subject.value][quad.predicate.value].append(quad.object)
    return blocks


def _entries(
    edition: str,
    blocks: Mapping[str, Block],
    state: dict[str, dict[str, str]],
    path: str,
) -> Iterable[Entry]:
    names = _country_names()
    for subject, block in blocks.items():
        if subject.startswith(THING):
            system = state[subject]
            for term, values in block.items():
                if term in _BY_TERM:
                    name, kind = _BY_TERM[term]
                    system.setdefault(name, decode(kind, values[0]))
            if country := block.get(EHPC + "locatedIn"):
                system["country"] = names[country[0].value.removeprefix(THING)]
    for subject, block in blocks.items():
        if not subject.startswith(_ENTRY):
            continue
        cells = dict(state[block[EHPC + "of"][0].value])
        for left_out in block.get(EHPC + "leavesOut", ()):
            cells.pop(_BY_TERM[left_out.value][0], None)
        for term, values in block.items():
            if term in _BY_TERM:
                name, kind = _BY_TERM[term]
                cells[name] = decode(kind, values[0])
        if page := block.get(URL):
            cells["top500_system_id"] = number_in(page[0].value)
        if "country" not in cells:
            entry = subject.removeprefix(NAMESPACE)
            raise InputError(
                f"{entry} is of a system that no edition before describes",
                place=path,
                remedy="Put back the file of the edition in which it came first, or import that "
                "edition and all after it anew: take their files away first.",
            )
        yield Entry(edition, cells, path)


def _add_side(
    ranking: Ranking,
    edition: str,
    path: Path,
    entries: dict[tuple[str, int], Entry],
) -> None:
    """Add what a smaller ranking says to the entries of the TOP500 for the same systems."""
    assert ranking.fields is not None
    rank_field, value_field = ranking.fields
    by_number = {
        entry["top500_system_id"]: entry
        for entry in entries.values()
        if entry.edition == edition and entry["top500_system_id"]
    }
    for subject, block in _blocks(read(path, NamedNode(source_iri(ranking, edition)))).items():
        if not subject.startswith(_ENTRY) or not block.get(URL):
            continue
        entry = by_number.get(number_in(block[URL][0].value))
        if entry is None:
            continue
        cells = {**entry.cells, rank_field: block[EHPC + "rank"][0].value}
        if value := block.get(SECOND_TERM[value_field]):
            cells[value_field] = value[0].value
        entries[entry.key] = Entry(entry.edition, cells, entry.path)


def _country_names() -> dict[str, str]:
    """Return slug -> name of a country; of several spellings the last in the table."""
    return {slug: name for name, (slug, _) in countries().items()}
