"""The history of a system on a ranking, as points of a small plot with a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from eurohpc_kg.records import dataclass
from eurohpc_kg.web.records import Rank

WIDTH, HEIGHT = 640, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 18, 30
_FEWEST = 2


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    rank: Rank


@dataclass(frozen=True)
class History:
    """Hold the plot of one ranking. ``ticks`` are (y, rank), ``years`` (x, year)."""

    ranking: str
    points: list[Point]
    line: str
    ticks: list[tuple[float, int]]
    years: list[tuple[float, int]]


def history_of(ranks: Sequence[Rank]) -> list[History]:
    """Return a plot for each ranking in which a system stood at least twice."""
    found = []
    for ranking, members in groupby(ranks, key=lambda one: one.ranking):
        lines = [one for one in members if one.rank and one.date[:4].isdigit()]
        if len(lines) >= _FEWEST:
            found.append(_history(ranking, lines))
    return found


def _history(ranking: str, ranks: list[Rank]) -> History:
    times = [_time(one.date) for one in ranks]
    begin, end = min(times), max(times)
    best, worst = min(one.rank for one in ranks), max(one.rank for one in ranks)
    top, bottom = (best, worst) if best != worst else (max(best - 1, 1), worst + 1)

    def x(time: float) -> float:
        part = (time - begin) / (end - begin) if end > begin else 0.5
        return round(_LEFT + part * (WIDTH - _LEFT - _RIGHT), 1)

    def y(rank: int) -> float:
        part = (rank - top) / (bottom - top)
        return round(_TOP + part * (HEIGHT - _TOP - _BOTTOM), 1)

    points = [Point(x(t), y(one.rank), one) for t, one in zip(times, ranks, strict=True)]
    line = "M" + "L".join(f"{point.x:g},{point.y:g}" for point in points)
    middle = (top + bottom) // 2
    ticks = sorted({(y(rank), rank) for rank in (top, middle, bottom)})
    first, last = int(begin) + (begin > int(begin)), int(end)
    step = max(1, (last - first) // 8 + 1)
    years = [(x(year), year) for year in range(first, last + 1, step)]
    return History(ranking, points, line, ticks, years)


def _time(date: str) -> float:
    """Return a date as a year with a fraction."""
    month = int(date[5:7]) if date[5:7].isdigit() else 1
    return int(date[:4]) + (month - 1) / 12
