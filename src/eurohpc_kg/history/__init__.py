"""Time: the content as it was known by a day, as it held on a day, and what changed between two.

`version` gives the content seen from a day, as a repository like any other: build it, ask it, check
it, export it. What counts as known, and as holding, stands in ``docs/decisions`` on time.
"""

from __future__ import annotations

from eurohpc_kg.history.versions import Version, version

TYPE_CHECKING = False  # comparing needs much that asking does without
if TYPE_CHECKING:
    from eurohpc_kg.history.comparison import Comparison

__all__ = ["Version", "compare", "version"]


def compare(before: str, after: str = "now") -> Comparison:
    """Compare two versions, each a day, a git revision, a file, a folder, or ``now``.

    Raises `UsageError` and `UnknownNameError` for what names no version, and `InputError` for a
    file that can't be read.
    """
    from eurohpc_kg.history.comparison import compare

    return compare(before, after)
