"""Everything known about one thing, in groups that a person reads, each line with its sources.

`profiles` holds a `Profile`, `gather` collects its statements from the store, in the words of
`properties`, `records` reads its figures and milestones, `layout` writes it as text, Markdown or
JSON.
"""

from __future__ import annotations

from eurohpc_kg.show.gather import profile
from eurohpc_kg.show.layout import FORMS, write_profile
from eurohpc_kg.show.lines import Line
from eurohpc_kg.show.profiles import Profile
from eurohpc_kg.show.properties import aspect_of
from eurohpc_kg.show.records import Record, Symbols

__all__ = ["FORMS", "Line", "Profile", "Record", "Symbols", "aspect_of", "profile", "write_profile"]
