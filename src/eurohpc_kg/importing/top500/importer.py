"""Importing ranking lists: files in, one source file an edition out, and the register of systems.

``import_lists`` reads every file first, then decides, then writes: an edition whose file has an
error is not written at all, and a source file that stands there is never changed. What earlier
editions say is read back from their files, so that importing the next edition alone gives the same
as importing all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from eurohpc_kg.errors import UsageError
from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.importing.top500.fields import (
    RANKINGS,
    TOP500,
    Ranking,
    edition_words,
    is_edition,
)
from eurohpc_kg.importing.top500.graph import (
    Said,
    Things,
    edition_triples,
    side_entries,
    source_iri,
)
from eurohpc_kg.importing.top500.identity import sites_of, systems_of
from eurohpc_kg.importing.top500.known import read_known
from eurohpc_kg.importing.top500.register import header_of, merged, register_triples
from eurohpc_kg.importing.top500.rows import Entry, SideEntry, read_entries
from eurohpc_kg.importing.top500.side import attach
from eurohpc_kg.importing.top500.spreadsheets import open_table
from eurohpc_kg.names import Prefixes
from eurohpc_kg.turtle import parse, read_text, write
from eurohpc_kg.turtle.files import write_file

REGIONS = ("europe", "all")
_GRAPH = NamedNode("urn:x-edition")
_SIDE_FIELDS = tuple(name for ranking in RANKINGS for name in ranking.fields or ())

Key = tuple[str, int]


@dataclass
class Imported:
    """Say what an import did: files written, files that were there already, and the findings."""

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    report: Report = field(default_factory=Report)


@dataclass
class _Given:
    """Hold what the files gave, before it is put together with what is known."""

    entries: dict[Key, Entry] = field(default_factory=dict)
    side_entries: list[SideEntry] = field(default_factory=list)
    incomplete: set[str] = field(default_factory=set)


def import_lists(
    paths: Sequence[Path],
    folder: Path,
    prefixes: Prefixes,
    *,
    region: str = "europe",
    edition: str = "",
) -> Imported:
    """Import lists from spreadsheets, XML or CSV into ``folder`` (``sources/`` and ``register/``).

    ``region`` is one of `REGIONS`; ``edition`` says which edition a single file is of, where it
    doesn't tell. Raises `InputError` for a file that is no list of the TOP500, `UsageError` for an
    edition or region that there is not, `MissingDependencyError` without the spreadsheet packages.
    """
    if region not in REGIONS:
        raise UsageError(f"there is no region {region!r}", remedy="Write europe or all.")
    if edition and not is_edition(edition):
        raise UsageError(f"{edition!r} is no edition", remedy="Write it like 2026-06 or 2025-11.")
    done = Imported()
    sources = folder / "sources" / "top500"
    given = _read_all(paths, done.report, region, edition)
    known = read_known(sources)
    entries = _put_together(given, known)
    changed = {key[0] for key in given.entries}
    changed |= attach(given.side_entries, entries, done.report)
    changed -= given.incomplete
    for name in sorted(given.incomplete):
        done.report.add(_incomplete(name))
        for key in [key for key in entries if key[0] == name and key in given.entries]:
            del entries[key]
        entries.update({key: entry for key, entry in known.items() if key[0] == name})
    everything = sorted(entries.values(), key=lambda e: e.key)
    things = Things(systems_of(everything), sites_of(everything))
    for path, text in _sources(everything, things, changed, sources, prefixes, region):
        _keep(path, text, done)
    if changed:
        _write_register(everything, things, folder / "register", prefixes, done)
    return done


def _read_all(paths: Sequence[Path], report: Report, region: str, edition: str) -> _Given:
    given = _Given()
    for path in paths:
        with open_table(path, report) as table:
            reading = read_entries(table, report, edition, region)
        given.incomplete |= reading.incomplete
        given.side_entries += reading.side_entries
        for entry in reading.entries:
            other = given.entries.get(entry.key)
            if other is not None:
                report.add(_twice(entry, other))
                given.incomplete.add(entry.edition)
            given.entries[entry.key] = entry
    return given


def _put_together(given: _Given, known: dict[Key, Entry]) -> dict[Key, Entry]:
    """Return all entries: those given, and the known ones, whose files stay as they are.

    What a smaller ranking said of an entry stays where the new file doesn't say it.
    """
    entries = dict(known)
    for key, entry in given.entries.items():
        before = known.get(key)
        kept = {name: before[name] for name in _SIDE_FIELDS if before and before[name]}
        entries[key] = Entry(entry.edition, {**kept, **entry.cells}, entry.path, entry.line)
    return entries


def _sources(
    everything: Sequence[Entry],
    things: Things,
    changed: set[str],
    folder: Path,
    prefixes: Prefixes,
    region: str,
) -> Iterable[tuple[Path, str]]:
    """Yield the source files of the changed editions with their text."""
    said = Said()
    for edition in sorted({entry.edition for entry in everything}):
        of = [entry for entry in everything if entry.edition == edition]
        for ranking in RANKINGS:
            if ranking is not TOP500 and (edition not in changed or not side_entries(of, ranking)):
                continue
            triples = edition_triples(ranking, edition, of, things, said)
            if edition in changed:
                header = _header(ranking, edition, region)
                text = write(triples, prefixes, source_iri(ranking, edition), header)
                yield folder / f"{edition}-{ranking.slug}.ttl", text


def _header(ranking: Ranking, edition: str, region: str) -> str:
    which = "the entries of Europe" if region == "europe" else "all entries"
    beside = "" if ranking is TOP500 else " that are also in the TOP500"
    return f"{ranking.name}, {edition_words(edition)}: {which}{beside}."


def _keep(path: Path, text: str, done: Imported) -> None:
    """Write a source file that is not there; leave one that is, and say whether it differs.

    One that says more, because a fact sheet states something of the edition, does not differ.
    """
    if not path.exists():
        write_file(path, text)
        done.written.append(path)
        return
    there = read_text(path)
    if there == text or _triples(text) <= _triples(there):
        done.unchanged.append(path)
    else:
        done.report.add(_differs(path, there, text))


def _triples(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text, _GRAPH, None, "")}


def _write_register(
    everything: Sequence[Entry], things: Things, folder: Path, prefixes: Prefixes, done: Imported
) -> None:
    for name, triples in sorted(register_triples(everything, things).items()):
        path = folder / name
        text = write(merged(path, triples), prefixes, header=header_of(name))
        if path.exists() and read_text(path) == text:
            done.unchanged.append(path)
        else:
            write_file(path, text)
            done.written.append(path)


def _twice(entry: Entry, other: Entry) -> Finding:
    return Finding(
        entry.path,
        entry.line,
        "top500-duplicate",
        f"rank {entry.rank} of {entry.edition} stands in {other.path} already",
        "Give one file for each edition.",
    )


def _incomplete(edition: str) -> Finding:
    return Finding(
        "",
        0,
        "top500-incomplete",
        f"the edition {edition} is not written: rows of it could not be placed",
        "Correct the rows named above and import the file again.",
        Severity.ERROR,
        subject=edition,
    )


def _differs(path: Path, there: str, text: str) -> Finding:
    lines = zip(there.splitlines(), text.splitlines(), strict=False)
    line = next((n for n, (a, b) in enumerate(lines, start=1) if a != b), 0)
    return Finding(
        path.name,
        line,
        "top500-differs",
        "the file stands there already and says something else; it is left as it is",
        "Compare the two: import into another folder with -o, then move the file if it is right.",
        Severity.WARNING,
    )
