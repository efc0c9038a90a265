"""The rankings in the repository: complete, lossless, in order, and the same when made again."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from eurohpc_kg.importing.top500.fields import (
    GREEN500,
    HPCG,
    KINDS,
    countries,
    edition_number,
    edition_of,
    known_sites,
    known_systems,
)
from eurohpc_kg.importing.top500.identity import systems_of
from eurohpc_kg.importing.top500.importer import import_lists
from eurohpc_kg.importing.top500.known import edition_files, read_known
from eurohpc_kg.importing.top500.rows import Entry
from eurohpc_kg.names import EHPC, read_prefixes
from eurohpc_kg.repository import find_repository
from eurohpc_kg.turtle import read, read_text

REPOSITORY = find_repository(Path(__file__).parent)
FOLDER = REPOSITORY.sources / "top500"
EDITIONS = 67
EUROPEAN_ENTRIES = 8726
SMALLEST, LARGEST = 93, 186  # European entries of an edition: June 2006, June 2008
# The HPCG list and the HPCG column of the TOP500's own file of the month are not one: edition and
# rank in the TOP500 of those that differ by more than rounding, and of those that the column lacks.
OTHER_HPCG = {("2017-11", 3), ("2018-06", 6), ("2019-06", 303)}
NO_HPCG = {
    *(("2017-11", rank) for rank in (29, 37, 92)),
    *(("2018-06", 23), ("2018-11", 26), ("2019-06", 393), ("2020-06", 9)),
}
# The list gives these machines of June 1996 more than their peak.
ABOVE_PEAK = {("1996-06", rank) for rank in (10, 30, 41, 62, 165, 367)}
MEASURES = {EHPC + name for name in ("rank", "rmax", "rpeak", "cores", "inEdition")}

Key = tuple[str, int]


@pytest.fixture(scope="module")
def entries() -> Mapping[Key, Entry]:
    return read_known(FOLDER)


def test_every_edition_since_june_1993_is_there(entries: Mapping[Key, Entry]) -> None:
    expected = [edition_of(number) for number in range(1, EDITIONS + 1)]
    assert sorted({entry.edition for entry in entries.values()}) == expected
    assert edition_number(expected[-1]) == EDITIONS
    assert len(entries) == EUROPEAN_ENTRIES


def test_every_edition_has_a_plausible_number_of_entries(entries: Mapping[Key, Entry]) -> None:
    counts = Counter(entry.edition for entry in entries.values())
    assert min(counts.values()) == SMALLEST
    assert max(counts.values()) == LARGEST
    for (edition, ranking), path in edition_files(FOLDER).items():
        blocks = read_text(path).count(" a ehpc:RankingEntry ;")
        field = {"top500": "rank", "green500": GREEN500[0], "hpcg": HPCG[0]}[ranking]
        of = [e for e in entries.values() if e.edition == edition and e[field]]
        assert blocks == len(of), path.name


def test_ranks_follow_the_linpack_performance(entries: Mapping[Key, Entry]) -> None:
    for edition in {entry.edition for entry in entries.values()}:
        of = sorted((e for e in entries.values() if e.edition == edition), key=lambda e: e.rank)
        assert of[0].rank >= 1
        assert of[-1].rank <= 500
        performance = [Decimal(entry["rmax_tflops"]) for entry in of]
        assert performance == sorted(performance, reverse=True), edition


def test_hpcg_ranks_follow_its_values_and_these_are_those_of_the_top500_file(
    entries: Mapping[Key, Entry],
) -> None:
    ranked = {key: entry for key, entry in entries.items() if entry[HPCG[0]]}
    for edition in {edition for edition, _ in ranked}:
        of = sorted((int(e[HPCG[0]]), e[HPCG[1]]) for e in ranked.values() if e.edition == edition)
        values = [Decimal(value) for _, value in of]
        assert values == sorted(values, reverse=True), edition
    assert {key for key, e in ranked.items() if not e["hpcg_tflops"]} == NO_HPCG
    both = {
        key: (Decimal(e["hpcg_tflops"] or "0"), Decimal(e[HPCG[1]])) for key, e in ranked.items()
    }
    differ = {key for key, (one, other) in both.items() if abs(one - other) > Decimal("0.05")}
    assert differ - NO_HPCG == OTHER_HPCG


def test_nothing_is_faster_than_its_peak_but_what_the_list_says(
    entries: Mapping[Key, Entry],
) -> None:
    above = {
        key
        for key, entry in entries.items()
        if Decimal(entry["rmax_tflops"]) > Decimal(entry["rpeak_tflops"])
    }
    assert above == ABOVE_PEAK


def test_every_entry_has_what_an_entry_has(entries: Mapping[Key, Entry]) -> None:
    needed = ("computer", "site", "country", "manufacturer", "year", "segment", "total_cores")
    needed += ("processor", "interconnect", "architecture", "operating_system")
    for key, entry in entries.items():
        assert all(entry[field] for field in needed), key
        assert bool(entry["top500_system_id"]) == (entry.edition >= "2017-11"), key


def test_no_machine_stands_twice_in_one_edition(entries: Mapping[Key, Entry]) -> None:
    systems = systems_of(list(entries.values()))
    counts = Counter((key[0], system) for key, system in systems.items())
    assert [pair for pair, count in counts.items() if count > 1] == []


def test_the_systems_of_the_register_are_the_systems_of_the_entries(
    entries: Mapping[Key, Entry],
) -> None:
    text = "".join(read_text(path) for path in _register())
    registered = set(re.findall(r"^id:(\S+) a ehpc:Supercomputer ;", text, re.MULTILINE))
    assert registered == set(systems_of(list(entries.values())).values()) - set(
        known_systems().values()
    )


def test_what_the_tables_join_is_in_the_register() -> None:
    subjects = {
        quad.subject.value.rsplit("/", 1)[-1]
        for path in REPOSITORY.register.glob("*.ttl")
        if not path.name.startswith("top500-")
        for quad in read(path, NamedNode("urn:register"))
        if isinstance(quad.subject, NamedNode) and quad.predicate.value.endswith("#type")
    }
    joined = {*known_systems().values(), *known_sites().values()}
    joined |= {slug for slug, region in countries().values() if region == "europe"}
    assert joined - subjects == set()


@pytest.mark.parametrize("kind", ["alone", "all"])
def test_made_again_from_what_they_say_the_files_are_the_same(
    entries: Mapping[Key, Entry], tmp_path: Path, kind: str
) -> None:
    """Write all cells as a table, import it, and compare the files.

    Byte for byte, but where a fact sheet adds what no line of the list says.
    """
    of = [e for e in entries.values() if kind == "all" or e.edition == "2026-06"]
    table = tmp_path / "table.csv"
    table.write_text(_table(of), encoding="utf-8")
    folder = tmp_path / "data"
    if kind == "alone":
        (folder / "sources" / "top500").mkdir(parents=True)
        for path in FOLDER.glob("*.ttl"):
            if not path.name.startswith("2026-06"):
                (folder / "sources" / "top500" / path.name).write_bytes(path.read_bytes())
    done = import_lists([table], folder, read_prefixes(REPOSITORY))
    assert len(done.report) == 0
    for path in done.written:
        if path.parent.name == "top500":
            there = FOLDER / path.name
            if path.read_bytes() != there.read_bytes():
                made, more = _triples(path), _triples(there)
                assert made < more, path.name
                assert {t.predicate.value for t in more - made} & MEASURES == set(), path.name
    written = {path.name for path in done.written if path.parent.name == "top500"}
    expected = {path.name for path in FOLDER.glob("*.ttl") if _is_edition(path)}
    assert written == {n for n in expected if kind == "all" or n.startswith("2026-06")}


def test_a_file_that_says_more_than_the_list_does_not_differ(
    entries: Mapping[Key, Entry], tmp_path: Path
) -> None:
    """A sheet's facts about an edition stand in its file; the list may be imported again."""
    folder = tmp_path / "data"
    (folder / "sources" / "top500").mkdir(parents=True)
    for path in edition_files(FOLDER).values():
        (folder / "sources" / "top500" / path.name).write_bytes(path.read_bytes())
    table = tmp_path / "table.csv"
    table.write_text(_table([e for e in entries.values() if e.edition == "2026-06"]), "utf-8")
    done = import_lists([table], folder, read_prefixes(REPOSITORY))
    assert [finding.code for finding in done.report] == []
    unchanged = {path.name for path in done.unchanged if path.parent.name == "top500"}
    assert "2026-06-top500.ttl" in unchanged


def _triples(path: Path) -> set[Triple]:
    return {quad.triple for quad in read(path, NamedNode("urn:edition"))}


def _register() -> Iterator[Path]:
    return REPOSITORY.register.glob("top500-*.ttl")


def _is_edition(path: Path) -> bool:
    return path in set(edition_files(FOLDER).values())


def _table(entries: list[Entry]) -> str:
    fields = [*(name for name in KINDS if name != "top500_rank"), "edition", "country"]
    text = io.StringIO()
    writer = csv.DictWriter(text, fields, extrasaction="ignore")
    writer.writeheader()
    for entry in entries:
        writer.writerow({**entry.cells, "edition": entry.edition})
    return text.getvalue()
