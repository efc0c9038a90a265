"""Time: the content as it was known by a day, as it held on a day, and what changed between two.

`version` gives the content seen from a day, as a repository like any other: build it, ask it, check
it, export it. What counts as known, and as holding, stands in ``docs/decisions`` on time.
"""

from __future__ import annotations

from eurohpc_kg.history.versions import Version, version

__all__ = ["Version", "version"]
