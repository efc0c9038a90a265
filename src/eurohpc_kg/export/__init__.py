"""Files for any tool: the graph in the formats of RDF, of tables, of networks, and its description.

A format is a module of `formats`, found by being there (`registry`). All of them read a `Dataset`,
which is sorted text, and stream; `exporting` puts the files in place, whole or not at all. The same
content gives the same bytes: nothing is read from a clock.
"""

from __future__ import annotations

from eurohpc_kg.export.exporting import choose_graphs, export, export_file
from eurohpc_kg.export.networks import as_networkx
from eurohpc_kg.export.registry import Choice, Exporter, all_exporters, choose

__all__ = [
    "Choice",
    "Exporter",
    "all_exporters",
    "as_networkx",
    "choose",
    "choose_graphs",
    "export",
    "export_file",
]
