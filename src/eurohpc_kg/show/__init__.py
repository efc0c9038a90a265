"""Everything known about one thing, in groups that a person reads, each line with its sources.

`lines` holds a `Profile`, `gather` collects its statements from the store, `layout` writes it as
text, Markdown or JSON.
"""

from __future__ import annotations

from eurohpc_kg.show.gather import profile
from eurohpc_kg.show.layout import FORMS, write_profile
from eurohpc_kg.show.lines import Line, Profile

__all__ = ["FORMS", "Line", "Profile", "profile", "write_profile"]
