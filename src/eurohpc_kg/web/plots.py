"""Plots of answers, drawn offline by Vega-Altair and vl-convert as SVG that a page takes in.

The shape of an answer says whether a plot helps: names with one number make bars, dates with a
number a line. Colours are few and fixed in the drawing; the style sheet maps each to the colours of
the scheme, so that one drawing suits light and dark. The table beside it has the same numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from eurohpc_kg.results import Results, plain, python_value
from eurohpc_kg.web.build import Build

_FEWEST, _MOST = 3, 40
_LONGEST = 38
_YEAR = re.compile(r"\d{4}(-\d\d){0,2}")
_INK, _ACCENT, _RULE = "#101112", "#101113", "#101114"  # placeholders, see static/house.css
_WIDTH = 560


@dataclass(frozen=True)
class Plot:
    """Hold a plot: SVG without scripts and styles, and what it shows in words."""

    svg: str
    caption: str


@dataclass(frozen=True)
class Shape:
    """Hold what of an answer a plot can show: a name and a value a mark, as a line or as bars."""

    names: tuple[str, ...]
    values: tuple[float, ...]
    is_line: bool
    column: str


def shape_of(build: Build, results: Results) -> Shape | None:
    """Return what a plot can show of an answer, or ``None`` where its shape suggests none."""
    merged = [row for row, _ in results.merged()]
    columns = results.plain_columns()
    if len(merged) < _FEWEST:
        return None
    merged = merged[:_MOST]
    numeric = [i for i in range(len(columns)) if all(_number(row[i]) is not None for row in merged)]
    if not numeric:
        return None
    values = tuple(_number(row[numeric[0]]) or 0.0 for row in merged)
    for i in range(len(columns)):
        names = tuple(_name(build, row[i]) for row in merged)
        if i in numeric or len(set(names)) != len(names) or not all(names):
            continue
        is_dated = all(_YEAR.fullmatch(name) for name in names)
        return Shape(names, values, is_dated, columns[numeric[0]])
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
    return Plot(svg, note[:1].upper() + note[1:] + left_out)


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

    pairs = zip(shape.names, shape.values, strict=True)
    rows = [{"name": name, "value": value} for name, value in pairs]
    base = alt.Chart({"values": rows}, width=_WIDTH)
    value_title = shape.column.replace("_", " ")
    if shape.is_line:
        chart = base.mark_line(point=True, color=_ACCENT).encode(
            x=alt.X("name:T", title=None), y=alt.Y("value:Q", title=value_title)
        )
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
        .configure_view(stroke=None)
    )
    svg: str = vl_convert.vegalite_to_svg(drawn.to_dict(validate=False))
    return _plain(svg)


def _plain(svg: str) -> str:
    """Leave out fonts and sizes of its own, and what would only repeat the caption."""
    svg = re.sub(r' font-family="[^"]*"| width="[\d.]+" height="[\d.]+"(?= viewBox)', "", svg)
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    return svg.replace("<svg ", '<svg class="drawn" aria-hidden="true" ', 1)
