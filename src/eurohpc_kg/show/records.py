"""Figures, milestones, states and ranks as lines: the number with its unit, date and basis."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.labels import Names
from eurohpc_kg.names import EHPC
from eurohpc_kg.results import plain
from eurohpc_kg.show.lines import Line
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.sparql import Term

# Heading -> the property that only its records have.
RECORDS = {
    "figures": EHPC + "quantity",
    "milestones": EHPC + "milestoneType",
    "states": EHPC + "status",
    "rankings": EHPC + "inEdition",
}
# What a ranking entry says beside the rank, with the unit that its property has.
_MEASURES = {
    "rmax": "TFlop/s",
    "hpcgTflops": "TFlop/s HPCG",
    "efficiencyGflopsPerWatt": "GFlops/W",
    "powerKilowatt": "kW",
    "cores": "cores",
}
_SYMBOL = ox.NamedNode(EHPC + "symbol")


def graph_of(quad: ox.Quad) -> str:
    """Return the IRI of the graph that says something, empty for the default graph."""
    return getattr(quad.graph_name, "value", "")


class Record:
    """Read one record from a store: what its sources say, by the local names of our properties.

    ``sources`` are the IRIs of the graphs that say it.
    """

    def __init__(self, names: Names, node: ox.NamedNode) -> None:
        self.node = node
        self.names = names
        self.values: dict[str, Term] = {}
        graphs: set[object] = set()
        for quad in names.store.quads_for_pattern(node, None, None):
            graph = quad.graph_name
            if graph == INFERRED_GRAPH:
                continue
            term = quad.object
            if isinstance(term, (ox.NamedNode, ox.Literal)):
                self.values.setdefault(quad.predicate.value.removeprefix(EHPC), term)
                graphs.add(graph)
        self.sources = tuple(sorted(one.value for one in graphs if isinstance(one, ox.NamedNode)))

    def text(self, *properties: str) -> str:
        """Return values in words; of a property that it lacks, nothing."""
        if len(properties) == 1:  # as nearly always
            return self._text(properties[0])
        return " ".join(self._text(name) for name in properties if name in self.values)

    def _text(self, name: str) -> str:
        term = self.values.get(name)
        return self.names.label(term) if isinstance(term, ox.NamedNode) else plain(term)

    def iri(self, name: str) -> str:
        """Return the IRI that is the value of a property, an empty one where none is."""
        term = self.values.get(name)
        return term.value if isinstance(term, ox.NamedNode) else ""


class Symbols(dict[ox.NamedNode, str]):
    """Read the symbols of units from one store, each once; nothing for a plain count."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, unit: ox.NamedNode) -> str:
        if unit.value.endswith(("/one", "/rank")):
            symbol = ""
        else:
            quad = next(self._names.store.quads_for_pattern(unit, _SYMBOL, None), None)
            has_one = quad is not None and isinstance(quad.object, ox.Literal)
            symbol = quad.object.value if has_one else self._names.label(unit)  # type: ignore[union-attr]
        self[unit] = symbol
        return symbol


def record_line(record: Record) -> tuple[str, Line]:
    """Return the heading under which a record stands, and its line."""
    values, text = record.values, record.text
    heading = next(
        (h for h, mark in RECORDS.items() if mark.removeprefix(EHPC) in values), "figures"
    )
    detail = ""
    if heading == "figures":
        unit = values.get("unit")
        symbol = record.names.kept(Symbols)[unit] if isinstance(unit, ox.NamedNode) else ""
        aspect, value = text("quantity"), f"{text('bound', 'value')} {symbol}"
        detail = _joined(f"as of {text('asOf')}", text("basis"), text("scope"), text("period"))
    elif heading == "milestones":
        aspect, value = text("milestoneType"), text("date")
        detail = _joined(text("basis"), f"said {text('asOf')}" if "asOf" in values else "")
    elif heading == "states":
        aspect, value, detail = "status", text("status"), f"as of {text('asOf')}"
    else:
        aspect, value = text("inEdition"), f"rank {text('rank')}"
        measures = (f"{text(name)} {unit}" for name, unit in _MEASURES.items() if name in values)
        detail = _joined(*measures)
    term = values.get("value", values.get("date", record.node))
    return heading, Line(aspect, value.strip(), detail, term, record.sources)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
