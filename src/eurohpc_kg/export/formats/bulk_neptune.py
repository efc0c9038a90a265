"""Files and commands for a bulk loader: ``eurohpc-kg export bulk --for neptune``."""

from __future__ import annotations

from eurohpc_kg.export.bulk import exporter_for

EXPORTER = exporter_for("neptune")
