"""A picture of what stands around a thing: itself in the middle, its relations on both sides.

The relations that tell most come first; of each at most a few, and what is left out is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from eurohpc_kg.names import THING
from eurohpc_kg.records import dataclass
from eurohpc_kg.show import Line

WIDTH = 720
_ROW = 30
_MOST = 9  # a side
_OF_EACH = 3
_MIDDLE, _EDGE = WIDTH / 2, 236
_CUT = 29  # characters
_TELLING = (
    "hosted by", "hosts", "owned by", "operated by", "supplied by", "coordinated by", "led by",
    "part of", "has part", "uses system", "plans system", "system used by", "system planned by",
    "linked to factory", "has antenna", "located in", "funded by", "funded under", "has partner",
)  # fmt: skip


@dataclass(frozen=True)
class Neighbour:
    """Hold one thing around, where its name stands, and the line that leads there."""

    iri: str
    name: str
    relation: str
    x: float
    y: float
    anchor: str
    curve: str


@dataclass(frozen=True)
class Picture:
    """Hold the picture; ``left_out`` counts the relations that it does not show."""

    neighbours: list[Neighbour]
    height: float
    left_out: int


def picture_of(lines: Sequence[Line]) -> Picture | None:
    """Return the picture of these relations, or ``None`` where there are too few to draw."""
    things = [
        line
        for line in lines
        if isinstance(line.term, ox.NamedNode) and line.term.value.startswith(THING)
    ]
    chosen = _chosen(things)
    if len(chosen) < 2:
        return None
    half = (len(chosen) + 1) // 2
    sides = (chosen[:half], chosen[half:])
    height = max(map(len, sides)) * _ROW + 20.0
    placed = [
        _placed(line, index, len(side), height, is_left=number == 0)
        for number, side in enumerate(sides)
        for index, line in enumerate(side)
    ]
    names = {line.value for line in things}
    return Picture(placed, height, len(names) - len({line.value for line in chosen}))


def _chosen(lines: Sequence[Line]) -> list[Line]:
    order = {name: rank for rank, name in enumerate(_TELLING)}
    found: list[Line] = []
    counted: dict[str, int] = {}
    seen: set[str] = set()
    for line in sorted(lines, key=lambda line: order.get(line.aspect, len(order))):
        counted[line.aspect] = counted.get(line.aspect, 0) + 1
        if line.value in seen or counted[line.aspect] > _OF_EACH:
            continue
        seen.add(line.value)
        found.append(line)
    return found[: 2 * _MOST]


def _placed(line: Line, index: int, of: int, height: float, *, is_left: bool) -> Neighbour:
    y = round(height / 2 + (index - (of - 1) / 2) * _ROW, 1)
    x = _EDGE if is_left else WIDTH - _EDGE
    bend = (_MIDDLE + x) / 2
    edge = _MIDDLE - 62 if is_left else _MIDDLE + 62
    curve = f"M{edge:g},{height / 2:g}C{bend:g},{height / 2:g} {bend:g},{y:g} {x:g},{y:g}"
    name = line.value if len(line.value) <= _CUT else line.value[: _CUT - 1].rstrip() + "…"
    return Neighbour(
        line.term.value, name, line.aspect, x - 6 if is_left else x + 6, y,
        "end" if is_left else "start", curve,
    )  # fmt: skip
