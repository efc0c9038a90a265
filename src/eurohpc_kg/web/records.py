"""The records of one thing, made ready for tables: figures, milestones and states, ranks.

What several documents say in the same words is one line with several sources.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, readable_slug
from eurohpc_kg.records import dataclass, field, replace
from eurohpc_kg.results import plain
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.web.build import Build

_OF = ox.NamedNode(EHPC + "of")
_SYMBOL = ox.NamedNode(EHPC + "symbol")
_PLANS = ("planned", "estimated")
_UNITLESS = ("one", "rank", "")
_IN_WORDS = ("year", "month")  # whose symbols few readers know
_MEASURES = ("rmax", "rpeak", "cores", "powerKilowatt", "efficiencyGflopsPerWatt")
Term = ox.NamedNode | ox.Literal


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
    planned: list[Said] = field(default_factory=list)
    actual: list[Said] = field(default_factory=list)


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


class Record:
    """Read one record from the store."""

    def __init__(self, build: Build, node: ox.NamedNode) -> None:
        self._build = build
        self.values: dict[str, Term] = {}
        sources: set[str] = set()
        for quad in build.store.quads_for_pattern(node, None, None):
            if quad.graph_name == INFERRED_GRAPH:
                continue
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                self.values[quad.predicate.value.removeprefix(EHPC)] = quad.object
            if isinstance(quad.graph_name, ox.NamedNode):
                sources.add(quad.graph_name.value)
        self.sources = tuple(sorted(sources))

    def text(self, name: str) -> str:
        """Return a value in words."""
        term = self.values.get(name)
        if isinstance(term, ox.NamedNode):
            return self._build.names.label(term)
        return plain(term)

    def iri(self, name: str) -> str:
        term = self.values.get(name)
        return term.value if isinstance(term, ox.NamedNode) else ""

    def milestone(self) -> Moment:
        """Return a milestone as a line of a timeline."""
        is_planned = readable_slug(self.iri("basis")) in _PLANS
        about = self.text("regarding")
        notes = [self.text("dateText"), f"with {about}" if about else ""]
        if is_planned and self.text("asOf"):
            notes.append(f"said {self.text('asOf')}")
        name, note = self.text("milestoneType"), ", ".join(filter(None, notes))
        return Moment(self.text("date"), "milestone", name, is_planned, note, self.sources)

    def value(self) -> str:
        """Return the value of a figure with its bound and unit."""
        return " ".join(filter(None, (self.text("bound"), self.text("value"), self.unit())))

    def unit(self) -> str:
        iri = self.iri("unit")
        name = readable_slug(iri)
        if name in _UNITLESS:
            return ""
        if name in _IN_WORDS:
            return name if self.text("value") == "1" else f"{name}s"
        found = self._build.store.quads_for_pattern(ox.NamedNode(iri), _SYMBOL, None)
        quad = next(iter(found), None)
        return plain(quad.object) if quad and isinstance(quad.object, ox.Literal) else self.text(
            "unit"
        )  # fmt: skip


def records_of(build: Build, node: ox.NamedNode) -> Records:
    """Return the records of a thing."""
    nodes = {
        quad.subject
        for quad in build.store.quads_for_pattern(None, _OF, node)
        if isinstance(quad.subject, ox.NamedNode)
    }
    figures: dict[tuple[str, str], FigureLine] = {}
    moments: list[Moment] = []
    ranks: list[Rank] = []
    for one in sorted(nodes, key=str):
        record = Record(build, one)
        if "quantity" in record.values:
            _add_figure(figures, record)
        elif "milestoneType" in record.values:
            moments.append(record.milestone())
        elif "status" in record.values:
            moments.append(_state(record))
        elif "inEdition" in record.values:
            ranks.append(_rank(build, record))
    lines = sorted(figures.values(), key=lambda line: (line.name.casefold(), line.scope))
    for line in lines:
        line.planned[:], line.actual[:] = _merged(line.planned), _merged(line.actual)
    return Records(
        lines,
        sorted(_joined(moments), key=lambda one: (one.date, one.name)),
        sorted(ranks, key=lambda one: (one.ranking, one.date)),
    )


def _add_figure(figures: dict[tuple[str, str], FigureLine], record: Record) -> None:
    quantity, scope = record.iri("quantity"), record.text("scope")
    line = figures.setdefault(
        (quantity, scope), FigureLine(quantity, record.text("quantity"), scope)
    )
    basis = readable_slug(record.iri("basis"))
    notes = [basis if basis not in ("stated", "planned", "") else "", record.text("period")]
    said = Said(record.value(), record.text("asOf"), ", ".join(filter(None, notes)), record.sources)
    (line.planned if basis in _PLANS else line.actual).append(said)


def _state(record: Record) -> Moment:
    return Moment(
        record.text("asOf"), "state", record.text("status"), False, record.text("scope"),
        record.sources,
    )  # fmt: skip


def _rank(build: Build, record: Record) -> Rank:
    edition = ox.NamedNode(record.iri("inEdition"))
    about = Record(build, edition)
    rank = record.text("rank")
    return Rank(
        about.text("rankingList"),
        edition.value,
        record.text("inEdition"),
        about.text("asOf"),
        int(rank) if rank.isdigit() else 0,
        {name: record.text(name) for name in _MEASURES if name in record.values},
        record.sources,
    )


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
