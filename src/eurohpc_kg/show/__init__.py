"""Everything known about one thing, in groups that a person reads, each line with its sources.

`gather` collects the statements from the store, `layout` writes them as text, Markdown or JSON.
"""

from __future__ import annotations

from eurohpc_kg.show.gather import Line, Profile, profile
from eurohpc_kg.show.layout import FORMS, write_profile

__all__ = ["FORMS", "Line", "Profile", "profile", "write_profile"]
