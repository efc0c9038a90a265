"""Diagrams of boxes and arrows, laid out in layers from left to right.

What leads on stands further right; an arrow that would lead back is drawn as an arc. The same
boxes and arrows always give the same drawing. A template draws it as SVG, with the arrows in words
for who does not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from eurohpc_kg.records import dataclass

_LETTER, _SMALL = 7.4, 6.3  # width of a letter in a box, and on an arrow
_LINE, _PADDING = 17.0, 12.0
_GAP_Y = 16.0
_EDGE = 14.0  # around the whole
_SWEEPS = 4
_ROW, _FORK = 30.0, 30.0  # of a tree
_BEND, _TIP, _ARC = 70.0, 16.0, 34.0  # where arrows bend, their tips, and arcs that lead back


@dataclass(frozen=True)
class Box:
    """Hold one box: what it is called, a line below, what a click leads to, and its style."""

    key: str
    name: str
    note: str = ""
    iri: str = ""
    style: str = ""


@dataclass(frozen=True)
class Arrow:
    """Hold one arrow between two boxes, by their keys.

    ``full`` is its name where there is room for all of it.
    """

    start: str
    end: str
    name: str
    note: str = ""
    style: str = ""
    full: str = ""


@dataclass(frozen=True)
class PlacedBox:
    box: Box
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PlacedArrow:
    """Hold an arrow with its curve, and the place of its name."""

    arrow: Arrow
    curve: str
    x: float
    y: float


@dataclass(frozen=True)
class Diagram:
    """Hold a diagram as it is drawn; ``words`` says each arrow in a sentence."""

    title: str
    boxes: list[PlacedBox]
    arrows: list[PlacedArrow]
    width: float
    height: float
    words: list[str]


def diagram(title: str, boxes: Iterable[Box], arrows: Iterable[Arrow]) -> Diagram | None:
    """Lay boxes and arrows out; ``None`` where there is no arrow to draw."""
    known = {box.key: box for box in boxes}
    kept = [a for a in dict.fromkeys(arrows) if a.start in known and a.end in known]
    if not kept:
        return None
    layers = _layers(list(known), kept)
    placed = _placed(known, _ordered(layers, kept), kept)
    drawn = _drawn(placed, kept)
    names = {key: box.name for key, box in known.items()}
    return Diagram(
        title,
        list(placed.values()),
        drawn,
        max(one.x + one.width for one in placed.values()) + _EDGE,
        max(max(one.y + one.height for one in placed.values()), *(a.y for a in drawn)) + _EDGE,
        [_in_words(arrow, names) for arrow in kept],
    )


def _in_words(arrow: Arrow, names: dict[str, str]) -> str:
    note = f" ({arrow.note})" if arrow.note else ""
    return f"{names[arrow.start]} — {arrow.full or arrow.name} → {names[arrow.end]}{note}"


def _layers(keys: Sequence[str], arrows: Sequence[Arrow]) -> list[list[str]]:
    """Return the boxes by layer: as far right as the longest way that leads to each."""
    leads_to: dict[str, list[str]] = {key: [] for key in keys}
    for arrow in arrows:
        leads_to[arrow.start].append(arrow.end)
    depth = dict.fromkeys(keys, 0)

    def walk(key: str, above: tuple[str, ...]) -> None:
        for end in leads_to[key]:
            if end not in above and end != key and depth[end] <= depth[key]:
                depth[end] = depth[key] + 1
                walk(end, (*above, key))

    ends = {arrow.end for arrow in arrows}
    for key in [*(k for k in keys if k not in ends), *keys]:
        if depth[key] == 0:
            walk(key, ())
    found: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for key in keys:
        found[depth[key]].append(key)
    return [layer for layer in found if layer]


def _ordered(layers: list[list[str]], arrows: Sequence[Arrow]) -> list[list[str]]:
    """Put the boxes of a layer beside what they are tied to, so that few arrows cross."""
    tied: dict[str, list[str]] = {}
    for arrow in arrows:
        tied.setdefault(arrow.start, []).append(arrow.end)
        tied.setdefault(arrow.end, []).append(arrow.start)
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            place = {key: i - (len(one) - 1) / 2 for one in layers for i, key in enumerate(one)}
            means = {
                key: sum(place[other] for other in tied[key]) / len(tied[key])
                if key in tied
                else place[key]
                for key in layer
            }
            layer.sort(key=lambda key: (means[key], place[key]))
    return layers


def _placed(
    known: dict[str, Box], layers: list[list[str]], arrows: Sequence[Arrow]
) -> dict[str, PlacedBox]:
    """Give each box its place; it is as high as the names of the arrows that come in need."""
    layer_of = {key: i for i, layer in enumerate(layers) for key in layer}
    coming: dict[str, list[Arrow]] = {key: [] for key in known}
    for arrow in arrows:
        if layer_of[arrow.end] > layer_of[arrow.start]:
            coming[arrow.end].append(arrow)
    sizes = {key: _size(box, coming[key]) for key, box in known.items()}
    heights = [sum(sizes[k][1] + _GAP_Y for k in layer) - _GAP_Y for layer in layers]
    tallest = max(heights)
    placed: dict[str, PlacedBox] = {}
    x = _EDGE
    for layer, height in zip(layers, heights, strict=True):
        names = [_name_width(arrow) for key in layer for arrow in coming[key]]
        x += max(names, default=-_BEND) + _BEND if placed else 0.0
        y = _EDGE + (tallest - height) / 2
        for key in layer:
            own, high = sizes[key]
            placed[key] = PlacedBox(known[key], round(x, 1), round(y, 1), own, high)
            y += high + _GAP_Y
        x += max(sizes[key][0] for key in layer)
    return placed


def _size(box: Box, coming: Sequence[Arrow]) -> tuple[float, float]:
    width = max(len(box.name) * _LETTER, len(box.note) * _SMALL) + 2 * _PADDING
    own = _LINE * (2 if box.note else 1) + _PADDING
    return round(max(width, 56.0), 1), max(own, sum(map(_room, coming)))


def _room(arrow: Arrow) -> float:
    """Return the height that the name of an arrow takes, with the line below it."""
    return 31.0 if arrow.note else 20.0


def _name_width(arrow: Arrow) -> float:
    return max(len(arrow.name), len(arrow.note)) * _SMALL + _TIP


def _drawn(placed: dict[str, PlacedBox], arrows: Sequence[Arrow]) -> list[PlacedArrow]:
    def is_onward(arrow: Arrow) -> bool:
        start, end = placed[arrow.start], placed[arrow.end]
        return end.x > start.x + start.width

    taken: dict[str, float] = {}
    found = []
    onward = [arrow for arrow in arrows if is_onward(arrow)]
    for arrow in sorted(onward, key=lambda one: placed[one.start].y):
        start, end = placed[arrow.start], placed[arrow.end]
        all_in = sum(_room(one) for one in onward if one.end == arrow.end)
        above = taken.get(arrow.end, (end.height - all_in) / 2)
        taken[arrow.end] = above + _room(arrow)
        y1 = start.y + start.height / 2
        y2 = round(end.y + above + (16.0 if arrow.note else _room(arrow) / 2 + 2), 1)
        x1, x2 = start.x + start.width, end.x
        x3 = round(x2 - _name_width(arrow), 1)
        middle = round((x1 + x3) / 2, 1)
        curve = f"M{x1:g},{y1:g}C{middle:g},{y1:g} {middle:g},{y2:g} {x3:g},{y2:g}H{x2 - 6:g}"
        found.append(PlacedArrow(arrow, curve, round(x2 - _TIP + 2, 1), y2))
    lowest: dict[float, float] = {}
    for arrow in (one for one in arrows if not is_onward(one)):  # back, or in one layer: an arc
        start, end = placed[arrow.start], placed[arrow.end]
        x1, x2 = start.x + start.width / 2, end.x + end.width * 0.6
        y1, y2 = start.y + start.height, end.y + end.height
        low = max(y1, y2) + _ARC + lowest.get(x2, 0.0)
        lowest[x2] = lowest.get(x2, 0.0) + _ARC
        curve = f"M{x1:g},{y1:g}C{x1:g},{low:g} {x2:g},{low:g} {x2:g},{y2 + 6:g}"
        found.append(PlacedArrow(arrow, curve, round(max(x1, x2) + 20, 1), round(low - 6, 1)))
    return found


def tree_diagram(
    title: str, branches: Sequence[tuple[Box, list[Any]]], relation: str
) -> Diagram | None:
    """Lay a tree out from left to right: one row a leaf, each box beside those below it."""
    boxes: list[PlacedBox] = []
    arrows: list[PlacedArrow] = []
    words: list[str] = []
    widths: dict[int, float] = {}

    def measure(branch: tuple[Box, list[Any]], depth: int) -> None:
        widths[depth] = max(widths.get(depth, 0.0), _size(branch[0], ())[0])
        for one in branch[1]:
            measure(one, depth + 1)

    for branch in branches:
        measure(branch, 0)
    lefts = [_EDGE]
    for depth in range(len(widths) - 1):
        lefts.append(lefts[-1] + widths[depth] + _FORK)
    row = 0

    def place(branch: tuple[Box, list[Any]], depth: int) -> PlacedBox:
        nonlocal row
        box, below = branch
        inner = [place(one, depth + 1) for one in below]
        if inner:
            y = (inner[0].y + inner[-1].y) / 2
        else:
            y, row = _EDGE + row * _ROW, row + 1
        placed = PlacedBox(box, lefts[depth], round(y, 1), _size(box, ())[0], _ROW - 6)
        for one in inner:
            x1, y1 = placed.x + placed.width, placed.y + placed.height / 2
            x2, y2 = one.x, one.y + one.height / 2
            bend = x2 - _FORK / 2
            curve = f"M{x1:g},{y1:g}H{bend - 6:g}C{bend:g},{y1:g} {bend:g},{y2:g} {x2:g},{y2:g}"
            arrows.append(PlacedArrow(Arrow(box.key, one.box.key, "", style="kind"), curve, 0, 0))
            words.append(f"{one.box.name} {relation} {box.name}")
        boxes.append(placed)
        return placed

    for branch in branches:
        place(branch, 0)
    if not arrows:
        return None
    width = max(one.x + one.width for one in boxes) + _EDGE
    return Diagram(title, boxes, arrows, width, 2 * _EDGE + row * _ROW, words)
