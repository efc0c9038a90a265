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


def record_line(names: Names, record: Term) -> tuple[str, Line]:
    """Return the heading under which a record stands, and its line."""
    assert isinstance(record, ox.NamedNode)
    values: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    sources: set[str] = set()
    for quad in names.store.quads_for_pattern(record, None, None):
        if quad.graph_name == INFERRED_GRAPH or not isinstance(
            quad.object, (ox.NamedNode, ox.Literal)
        ):
            continue
        values.setdefault(quad.predicate.value.removeprefix(EHPC), []).append(quad.object)
        if isinstance(quad.graph_name, ox.NamedNode):
            sources.add(quad.graph_name.value)

    def text(*properties: str) -> str:
        found = (values[name][0] for name in properties if values.get(name))
        return " ".join(
            names.label(term) if isinstance(term, ox.NamedNode) else plain(term) for term in found
        )

    heading = next(
        (h for h, mark in RECORDS.items() if mark.removeprefix(EHPC) in values), "figures"
    )
    detail = ""
    if heading == "figures":
        unit = symbol_of(names, values.get("unit", [None])[0])
        aspect, value = text("quantity"), f"{text('bound', 'value')} {unit}"
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
    term = next(iter(values.get("value", values.get("date", [record]))))
    return heading, Line(aspect, value.strip(), detail, term, tuple(sorted(sources)))


def symbol_of(names: Names, unit: Term | None) -> str:
    """Return the symbol of a unit, nothing for a plain count."""
    if not isinstance(unit, ox.NamedNode) or unit.value.endswith(("/one", "/rank")):
        return ""
    quad = next(names.store.quads_for_pattern(unit, _SYMBOL, None), None)
    if quad is not None and isinstance(quad.object, ox.Literal):
        return quad.object.value
    return names.label(unit)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
