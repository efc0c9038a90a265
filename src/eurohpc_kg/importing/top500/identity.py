"""Which entries are the same machine, and which the same site: decided on what the list says.

Since November 2017 each entry has the list's own number of the system. Before that, an entry is
taken for the machine of the edition before it when

1. both name the same first appearance and first rank (given since June 2012), or
2. country, site, computer, year, cores, Rmax and Rpeak are all equal, or
3. all of these but Rmax and Rpeak (it was measured anew).

Several entries that are equal in all of that (a company with ten equal clusters) are paired in the
order of their ranks. On the editions with numbers, rules 2 and 3 found 1,524 pairs of entries that
are alone with their description, and not one wrong. A machine that never got a number is named
after its first entry, a site without one after its country and name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from eurohpc_kg.importing.top500.fields import (
    countries,
    edition_number,
    known_sites,
    known_systems,
)
from eurohpc_kg.importing.top500.rows import Entry
from eurohpc_kg.names import slug

Key = tuple[str, int]


class _Groups:
    """Join entries into machines; a join that would give a machine two numbers is refused."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._parent: dict[Key, Key] = {}
        self._number: dict[Key, str] = {}
        self._editions: dict[Key, set[str]] = {}
        for entry in entries:
            self._parent[entry.key] = entry.key
            self._number[entry.key] = entry["top500_system_id"]
            self._editions[entry.key] = {entry.edition}

    def top(self, key: Key) -> Key:
        """Return the first entry of the machine of an entry."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def number(self, key: Key) -> str:
        return self._number[self.top(key)]

    def join(self, a: Key, b: Key) -> bool:
        """Make two entries one machine, unless they differ in number or share an edition."""
        first, second = sorted((self.top(a), self.top(b)))
        if first == second:
            return True
        numbers = {self._number[first], self._number[second]} - {""}
        if len(numbers) > 1 or self._editions[first] & self._editions[second]:
            return False
        self._parent[second] = first
        self._number[first] = numbers.pop() if numbers else ""
        self._editions[first] |= self._editions[second]
        return True


def systems_of(entries: Sequence[Entry]) -> dict[Key, str]:
    """Return for each entry the slug of its machine."""
    groups = _Groups(entries)
    first_of: dict[str, Key] = {}
    by_number: dict[int, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: e.key):
        by_number[edition_number(entry.edition)].append(entry)
        if number := entry["top500_system_id"]:
            groups.join(first_of.setdefault(number, entry.key), entry.key)
    for edition in sorted(by_number):
        before, now = by_number.get(edition - 1, []), by_number[edition]
        taken: set[Key] = set()
        for sign in (_system_number, _first_seen, _description, _machine):
            _pair(before, now, sign, taken, groups)
    return {entry.key: _system_slug(groups, entry.key) for entry in entries}


def _pair(
    before: Sequence[Entry],
    now: Sequence[Entry],
    sign: Callable[[Entry], Hashable],
    taken: set[Key],
    groups: _Groups,
) -> None:
    """Join the entries of two editions that have the same sign, in the order of their ranks."""
    candidates: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in before:
        if (value := sign(entry)) and entry.key not in taken:
            candidates[value].append(entry)
    for entry in now:
        if entry.key in taken or not (value := sign(entry)) or not candidates[value]:
            continue
        earlier = candidates[value].pop(0)
        if groups.join(earlier.key, entry.key):
            taken |= {earlier.key, entry.key}


def _system_number(entry: Entry) -> Hashable:
    return entry["top500_system_id"]


def _first_seen(entry: Entry) -> Hashable:
    if not entry["first_rank"]:
        return None
    return _country(entry), entry["first_appearance"], entry["first_rank"]


def _description(entry: Entry) -> Hashable:
    return _machine(entry), entry["rmax_tflops"], entry["rpeak_tflops"]


def _machine(entry: Entry) -> Hashable:
    cells = (entry[name] for name in ("site", "computer", "year", "total_cores"))
    return (_country(entry), *cells)


def _system_slug(groups: _Groups, key: Key) -> str:
    number = groups.number(key)
    if number:
        return known_systems().get(number, f"top500-system-{number}")
    edition, rank = groups.top(key)
    return f"top500-{edition}-{rank}"


def sites_of(entries: Sequence[Entry]) -> dict[Key, str]:
    """Return for each entry the slug of its site.

    An entry without the list's number of the site has that of the first entry that gives one to
    the same name in the same country.
    """
    number_of: dict[str, str] = {}
    for entry in sorted(entries, key=lambda e: e.key):
        if entry["top500_site_id"]:
            number_of.setdefault(site_name(entry), entry["top500_site_id"])
    return {entry.key: _site_slug(entry, number_of) for entry in entries}


def _site_slug(entry: Entry, number_of: Mapping[str, str]) -> str:
    name = site_name(entry)
    number = entry["top500_site_id"] or number_of.get(name, "")
    known = known_sites()
    if number:
        return known.get(number, f"top500-site-{number}")
    return known.get(name, f"top500-site-{name}")


def site_name(entry: Entry) -> str:
    """Return the country and the name of a site as one slug."""
    return f"{_country(entry)}-{slug(readable(entry['site']))}".rstrip("-")


def readable(name: str) -> str:
    """Return a name that was once UTF-8 read as Latin-1 as it was meant.

    >>> readable("Bundesamt fÃ¼r Seeschiffahrt"), readable("Jülich")
    ('Bundesamt für Seeschiffahrt', 'Jülich')
    """
    try:
        return name.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


def _country(entry: Entry) -> str:
    return countries()[entry["country"]][0]
