"""How far to trust: where sources disagree, what is too old, which documents there are.

`claims` is one statement of one document, `reading` takes them from the store, `values` and
`judge` tell whether two agree, `rule` which is taken; `conflicts` puts them together, `rows`
and `report` write them.
"""

from __future__ import annotations

from eurohpc_kg.trust.conflicts import Conflict, conflicts
from eurohpc_kg.trust.report import FORMS, write_conflicts

__all__ = ["FORMS", "Conflict", "conflicts", "write_conflicts"]
