"""Files and commands for a bulk loader: ``eurohpc-kg export bulk --for virtuoso``."""

from __future__ import annotations

from eurohpc_kg.export.bulk import exporter_for

EXPORTER = exporter_for("virtuoso")
