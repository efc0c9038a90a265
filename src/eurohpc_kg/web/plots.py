"""Plots of answers, drawn offline by Vega-Altair and vl-convert as SVG that a page takes in.

The shape of an answer says whether a plot helps: names with one number make bars, dates with a
number a line, or several lines where each date comes once a name. Colours are few and fixed in the
drawing; the style sheet maps each to the colours of the scheme, so that one drawing suits light and
dark. The table beside it has the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

import pyoxigraph as ox

from eurohpc_kg.records import dataclass
from eurohpc_kg.results import Cell, Results, plain, python_value
from eurohpc_kg.web.build import Build

_FEWEST, _MOST = 3, 40
_LONGEST = 38
_YEAR = re.compile(r"\d{4}(-\d\d){0,2}")
_INK, _ACCENT, _RULE = "#101112", "#101113", "#101114"  # placeholders, see static/house.css
_WIDTH = 560
_MOST_POINTS = 600  # on all lines together
# Of the lines, where there are several: those of the marks on maps, seen on light and on dark.
_COLOURS = ("#1c6fb5", "#c07a12", "#2f8f5b", "#a3459b", "#b3402a", "#7d7f86")


@dataclass(frozen=True)
class Plot:
    """Hold a plot: SVG without scripts and styles, and what it shows in words."""

    svg: str
    caption: str


@dataclass(frozen=True)
class Shape:
    """Hold what of an answer a plot can show: a name and a value a mark, as lines or as bars.

    ``series`` has the name of the line that a mark is on, and is empty where there is only one.
    """

    names: tuple[str, ...]
    values: tuple[float, ...]
    is_line: bool
    column: str
    series: tuple[str, ...] = ()


def shape_of(build: Build, results: Results) -> Shape | None:
    """Return what a plot can show of an answer, or ``None`` where its shape suggests none."""
    merged = [row for row, _ in results.merged()]
    columns = results.plain_columns()
    if len(merged) < _FEWEST:
        return None
    several = _lines_of(build, merged, columns)
    if several is not None:
        return several
    merged = merged[:_MOST_POINTS]
    numeric = [i for i in range(len(columns)) if all(_number(row[i]) is not None for row in merged)]
    if not numeric:
        return None
    values = tuple(_number(row[numeric[0]]) or 0.0 for row in merged)
    for i in range(len(columns)):
        names = tuple(_name(build, row[i]) for row in merged)
        if i in numeric or len(set(names)) != len(names) or not all(names):
            continue
        is_dated = all(_YEAR.fullmatch(name) for name in names)
        most = None if is_dated else _MOST
        return Shape(names[:most], values[:most], is_dated, columns[numeric[0]])
    return None


def _lines_of(build: Build, rows: Sequence[Sequence[Cell]], columns: Sequence[str]) -> Shape | None:
    """Return several lines, where a date and one or two names together tell each row."""
    table = [[_name(build, cell) for cell in column] for column in zip(*rows, strict=True)]
    every = range(len(columns))
    dated = [i for i in every if all(map(_YEAR.fullmatch, table[i]))]
    numeric = [i for i in every if all(_number(row[i]) is not None for row in rows)]
    numeric = [i for i in numeric if i not in dated]
    if not dated or not numeric or len(rows) > _MOST_POINTS:
        return None
    dates = table[dated[0]]
    texts = [i for i in every if i not in (*dated, *numeric) and all(table[i])]
    for chosen in (*combinations(texts, 1), *combinations(texts, 2)):
        series = [", ".join(names) for names in zip(*(table[i] for i in chosen), strict=True)]
        if not 1 < len(set(series)) <= len(_COLOURS) or len(set(dates)) < _FEWEST:
            continue
        if len(set(zip(dates, series, strict=True))) == len(rows):
            values = tuple(_number(row[numeric[0]]) or 0.0 for row in rows)
            return Shape(tuple(dates), values, True, columns[numeric[0]], tuple(series))
    return None


def plot_of(build: Build, results: Results) -> Plot | None:
    """Return the plot that suits an answer, or ``None`` where none does or none can be drawn."""
    shape = shape_of(build, results)
    if shape is None:
        return None
    try:
        svg = _drawn(shape)
    except ImportError:  # the page has the table
        return None
    note = results.notes.get(shape.column, shape.column.replace("_", " "))
    more = len(results.merged()) - len(shape.names)
    left_out = f"; the first {len(shape.names)} rows" if more > 0 else ""
    best = "; the top is better" if shape.is_line and shape.column.endswith("rank") else ""
    return Plot(svg, note[:1].upper() + note[1:] + best + left_out)


def _number(cell: Any) -> float | None:
    value = python_value(cell)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _name(build: Build, cell: Any) -> str:
    name = build.names.label(cell) if isinstance(cell, ox.NamedNode) else plain(cell)
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


@lru_cache(maxsize=256)
def _drawn(shape: Shape) -> str:
    import altair as alt
    import vl_convert

    series = shape.series or ("",) * len(shape.names)
    triples = zip(shape.names, shape.values, series, strict=True)
    rows = [{"name": name, "value": value, "line": line} for name, value, line in triples]
    base = alt.Chart({"values": rows}, width=_WIDTH)
    value_title = shape.column.replace("_", " ")
    if shape.is_line:
        is_rank = shape.column.endswith("rank")  # the top is better
        scale = alt.Scale(reverse=is_rank, zero=not is_rank, nice=not is_rank)
        chart = base.mark_line(point=True, color=_ACCENT).encode(
            x=alt.X("name:T", title=None, axis=alt.Axis(tickCount=8, labelOverlap=True)),
            y=alt.Y("value:Q", title=value_title, scale=scale),
        )
        if shape.series:
            order = list(dict.fromkeys(shape.series))
            colours = alt.Scale(domain=order, range=list(_COLOURS[: len(order)]))
            legend = alt.Legend(orient="bottom", columns=3, title=None)
            chart = chart.encode(color=alt.Color("line:N", scale=colours, legend=legend))
    else:
        chart = base.mark_bar(color=_ACCENT, height={"band": 0.7}).encode(
            y=alt.Y("name:N", title=None, sort=None), x=alt.X("value:Q", title=value_title)
        )
    quiet = {"domainColor": _RULE, "gridColor": _RULE, "tickColor": _RULE}
    words = {"labelColor": _INK, "titleColor": _INK, "labelLimit": 260, "labelFontSize": 12}
    # A reader's letters may be wider than those measured here: room by their number.
    room = {"left": 8 + max(map(len, shape.names)), "right": 12, "top": 5, "bottom": 5}
    drawn = (
        chart.configure(background="transparent", padding=room)
        .configure_axis(**quiet, **words, titleFontWeight="normal", titleFontSize=12)
        .configure_legend(labelColor=_INK, labelFontSize=12, labelLimit=260, symbolType="circle")
        .configure_view(stroke=None)
    )
    svg: str = vl_convert.vegalite_to_svg(drawn.to_dict(validate=False))
    return _plain(svg)


def _plain(svg: str) -> str:
    """Leave out fonts and sizes of its own, and what would only repeat the caption."""
    svg = re.sub(r' font-family="[^"]*"| width="[\d.]+" height="[\d.]+"(?= viewBox)', "", svg)
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    return svg.replace("<svg ", '<svg class="drawn" aria-hidden="true" ', 1)
