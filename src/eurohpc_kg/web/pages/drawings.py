"""The drawings on the page of a thing as SVG: what stands around it, its ranks over the years.

Each is one text and not a template of its own (see `pieces`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

from eurohpc_kg.web.pages.facts import joined
from eurohpc_kg.web.pages.filters import escaped
from eurohpc_kg.web.pages.history import History
from eurohpc_kg.web.pages.neighbours import Neighbour

if TYPE_CHECKING:
    from eurohpc_kg.web.pages.links import Links


class Drawings:
    """Write the drawings of one page."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def edges(self, several: Iterable[Neighbour]) -> Markup:
        """Return the lines from a thing to what stands around it."""
        return joined(f'<path class="edge" d="{escaped(one.curve)}"/>' for one in several)

    def neighbours(self, several: Iterable[Neighbour]) -> Markup:
        """Return the names around a thing, each with its relation below it."""
        return joined(
            f'<a href="{escaped(self._links.iri(one.iri))}">'
            f'<text class="name {one.anchor}" x="{one.x}" y="{one.y}">{escaped(one.name)}</text>'
            f'<text class="relation {one.anchor}" x="{one.x}" y="{one.y + 12}">'
            f"{escaped(one.relation)}</text></a>"
            for one in several
        )

    def history(self, plot: History) -> Markup:
        """Return a plot of ranks: its grid, its line and a point for each edition."""
        grid = "".join(
            f'<line class="grid" x1="44" x2="624" y1="{y}" y2="{y}"/>'
            f'<text class="tick end" x="38" y="{y + 4}">{rank}</text>'
            for y, rank in plot.ticks
        )
        years = "".join(
            f'<text class="tick middle" x="{x}" y="144">{year}</text>' for x, year in plot.years
        )
        points = "".join(
            f'<circle class="point" cx="{one.x}" cy="{one.y}" r="3.5">'
            f"<title>{escaped(one.rank.edition_name)}: rank {one.rank.rank}</title></circle>"
            for one in plot.points
        )
        return joined((grid, years, f'<path class="line" d="{plot.line}"/>\n', points))
