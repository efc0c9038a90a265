"""Green500 and HPCG: which entry of the TOP500 an entry of the two smaller rankings is.

The Green500 gives the list's number of the system. The HPCG list gives cores, name and computer,
and a TOP500 rank that is now and then that of a draft. So where that rank leads, the cores and the
name (the computer, where there is none) must agree; elsewhere all three, and for one entry alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.importing.top500.rows import Entry, SideEntry
from eurohpc_kg.names import fold

Key = tuple[str, int]


@dataclass(frozen=True)
class _Edition:
    """Hold the entries of one edition, to be found by rank and by the list's number."""

    by_rank: Mapping[int, Entry]
    by_number: Mapping[str, Entry]


def attach(side: Iterable[SideEntry], entries: dict[Key, Entry], report: Report) -> set[str]:
    """Add to ``entries`` what the smaller rankings say of them; return the editions that changed.

    An entry of another region has no counterpart and is passed over; one whose TOP500 rank is in
    the region while nothing else agrees is reported.
    """
    editions = _editions(entries.values())
    changed = set()
    orphans: dict[tuple[str, str], SideEntry] = {}
    for one in side:
        if one.edition not in editions:
            orphans.setdefault((one.path, one.edition), one)
            continue
        entry = _counterpart(one, editions[one.edition])
        if entry is not None:
            key = entry.key
            cells = {**entries[key].cells, **one.cells}
            entries[key] = Entry(entry.edition, cells, entry.path, entry.line)
            changed.add(one.edition)
        elif not one.number and one.top500_rank in editions[one.edition].by_rank:
            report.add(_elsewhere(one))
    for one in orphans.values():
        report.add(_orphan(one))
    return changed


def _editions(entries: Iterable[Entry]) -> dict[str, _Edition]:
    found: dict[str, tuple[dict[int, Entry], dict[str, Entry]]] = {}
    for entry in entries:
        by_rank, by_number = found.setdefault(entry.edition, ({}, {}))
        by_rank[entry.rank] = entry
        if entry["top500_system_id"]:
            by_number[entry["top500_system_id"]] = entry
    return {edition: _Edition(*maps) for edition, maps in found.items()}


def _counterpart(one: SideEntry, edition: _Edition) -> Entry | None:
    if one.number:
        return edition.by_number.get(one.number)
    there = edition.by_rank.get(one.top500_rank)
    if there and there["total_cores"] == one.cores and _agreement(one, there)[0]:
        return there
    like = [
        entry
        for entry in edition.by_rank.values()
        if entry["total_cores"] == one.cores and all(_agreement(one, entry))
    ]
    return like[0] if len(like) == 1 else None


def _agreement(one: SideEntry, entry: Entry) -> tuple[bool, bool]:
    """Tell whether name and computer agree; a system text is ``name - computer, manufacturer``."""
    text = fold(one.system)
    name, computer = fold(entry["name"]), fold(entry["computer"])
    named = text.startswith(computer) or (bool(name) and text.startswith(f"{name} - "))
    return named, computer in text


def _elsewhere(one: SideEntry) -> Finding:
    return Finding(
        one.path,
        one.line,
        "top500-side-rank",
        f"TOP500 rank {one.top500_rank} of {one.edition} is another machine than {one.system!r}; "
        "the row is left out",
        "Nothing, if the machine is of another region; else compare it with the published list.",
        Severity.INFO,
    )


def _orphan(one: SideEntry) -> Finding:
    return Finding(
        one.path,
        one.line,
        "top500-side",
        f"the TOP500 of {one.edition}, whose systems this list ranks, is not imported",
        "Give the TOP500 file of the same edition in the same call, or import it first.",
    )
