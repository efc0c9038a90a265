"""The records of one thing, made ready for tables: figures, milestones and states, ranks.

What several documents say in the same words is one line with several sources.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.labels import Names
from eurohpc_kg.names import readable_slug
from eurohpc_kg.records import dataclass, replace
from eurohpc_kg.show import Record, Symbols
from eurohpc_kg.web.build import Build

_PLANS = ("planned", "estimated")
_IN_WORDS = ("year", "month")  # whose symbols few readers know
_MEASURES = ("rmax", "rpeak", "cores", "powerKilowatt", "efficiencyGflopsPerWatt")


@dataclass(frozen=True)
class Said:
    """Hold one value as it is read, and the documents that state it."""

    text: str
    date: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class FigureLine:
    """Hold the values of one quantity, planned and otherwise."""

    quantity: str
    name: str
    scope: str
    planned: list[Said]
    actual: list[Said]


@dataclass(frozen=True)
class Moment:
    """Hold one line of a timeline: a milestone, or a state that was seen."""

    date: str
    kind: str
    name: str
    is_planned: bool
    note: str
    sources: tuple[str, ...]

    def also_in(self, sources: Iterable[str]) -> Moment:
        """Return the same, said by more documents."""
        return replace(self, sources=tuple(dict.fromkeys((*self.sources, *sources))))


@dataclass(frozen=True)
class Rank:
    """Hold one line of a ranking; ``measures`` are by the names of their properties."""

    ranking: str
    edition: str
    edition_name: str
    date: str
    rank: int
    measures: dict[str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Records:
    """Hold all records of a thing."""

    figures: list[FigureLine]
    moments: list[Moment]
    ranks: list[Rank]

    @property
    def has_plans(self) -> bool:
        return any(line.planned for line in self.figures)

    def sources(self) -> Iterable[str]:
        """Yield every document that states a record, in the order of the tables."""
        for line in self.figures:
            for said in (*line.planned, *line.actual):
                yield from said.sources
        for moment in self.moments:
            yield from moment.sources
        for rank in self.ranks:
            yield from rank.sources


def milestone_of(record: Record) -> Moment:
    """Return a milestone as a line of a timeline."""
    is_planned = readable_slug(record.iri("basis")) in _PLANS
    about = record.text("regarding")
    notes = [record.text("dateText"), f"with {about}" if about else ""]
    if is_planned and record.text("asOf"):
        notes.append(f"said {record.text('asOf')}")
    name, note = record.text("milestoneType"), ", ".join(filter(None, notes))
    return Moment(record.text("date"), "milestone", name, is_planned, note, record.sources)


def value_of(record: Record) -> str:
    """Return the value of a figure with its bound and unit."""
    return " ".join(filter(None, (record.text("bound"), record.text("value"), _unit(record))))


def _unit(record: Record) -> str:
    unit = record.values.get("unit")
    if not isinstance(unit, ox.NamedNode):
        return ""
    name = readable_slug(unit.value)
    if name in _IN_WORDS:
        return name if record.text("value") == "1" else f"{name}s"
    return record.names.kept(Symbols)[unit]


def records_of(build: Build, node: ox.NamedNode) -> Records:
    """Return the records of a thing."""
    figures: dict[tuple[str, str], FigureLine] = {}
    moments: list[Moment] = []
    ranks: list[Rank] = []
    for record in build.profile(node).records:
        if "quantity" in record.values:
            _add_figure(figures, record)
        elif "milestoneType" in record.values:
            moments.append(milestone_of(record))
        elif "status" in record.values:
            moments.append(_state(record))
        elif "inEdition" in record.values:
            ranks.append(_rank(record))
    lines = sorted(figures.values(), key=lambda line: (line.name.casefold(), line.scope))
    for line in lines:
        for said in (line.planned, line.actual):
            if len(said) > 1:
                said[:] = _merged(said)
    return Records(
        lines,
        sorted(_joined(moments), key=lambda one: (one.date, one.name)),
        sorted(ranks, key=lambda one: (one.ranking, one.date)),
    )


def _add_figure(figures: dict[tuple[str, str], FigureLine], record: Record) -> None:
    quantity, scope = record.iri("quantity"), record.text("scope")
    line = figures.get((quantity, scope))
    if line is None:
        line = FigureLine(quantity, record.text("quantity"), scope, [], [])
        figures[quantity, scope] = line
    basis = readable_slug(record.iri("basis"))
    notes = [basis if basis not in ("stated", "planned", "") else "", record.text("period")]
    note = ", ".join(filter(None, notes))
    said = Said(value_of(record), record.text("asOf"), note, record.sources)
    (line.planned if basis in _PLANS else line.actual).append(said)


def _state(record: Record) -> Moment:
    return Moment(
        record.text("asOf"), "state", record.text("status"), False, record.text("scope"),
        record.sources,
    )  # fmt: skip


class _Editions(dict[ox.NamedNode, tuple[str, str, str]]):
    """Read the ranking, the name and the date of editions, each once."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, node: ox.NamedNode) -> tuple[str, str, str]:
        about = Record(self._names, node)
        found = self[node] = (
            about.text("rankingList"), self._names.label(node), about.text("asOf"),
        )  # fmt: skip
        return found


def _rank(record: Record) -> Rank:
    edition = record.iri("inEdition")
    ranking, name, date = record.names.kept(_Editions)[ox.NamedNode(edition)]
    rank = record.text("rank")
    return Rank(
        ranking, edition, name, date,
        int(rank) if rank.isdigit() else 0,
        {name: record.text(name) for name in _MEASURES if name in record.values},
        record.sources,
    )  # fmt: skip


def _merged(said: list[Said]) -> list[Said]:
    """Put together what several documents say alike, the newest first."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in said:
        found.setdefault((one.text, one.date, one.note), []).extend(one.sources)
    merged = [Said(*key, tuple(dict.fromkeys(sources))) for key, sources in found.items()]
    return sorted(merged, key=lambda one: one.date, reverse=True)


def _joined(moments: list[Moment]) -> list[Moment]:
    found: dict[tuple[str, str, str, bool, str], list[str]] = {}
    for one in moments:
        key = (one.date, one.kind, one.name, one.is_planned, one.note)
        found.setdefault(key, []).extend(one.sources)
    return [Moment(*key, tuple(dict.fromkeys(sources))) for key, sources in found.items()]
