"""Regular expressions that cost nothing until they are used.

Importing `re` takes a third of the time that Python takes to start, and compiling a pattern up to
a millisecond. Most commands use few of the patterns in the modules that they import, and
``eurohpc-kg ask`` with plain words uses none. A type checker sees `re.compile`.
"""

from __future__ import annotations

__all__ = ["Pattern"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import compile as Pattern  # noqa: N812 - it stands for a class
else:

    class Pattern:
        """Hold a pattern and its flags; the first use of a method compiles it."""

        def __init__(self, pattern, flags=0):
            self.pattern = pattern
            self.flags = flags

        def __getattr__(self, name):
            import re

            compiled = re.compile(self.pattern, self.flags)
            for method in ("search", "match", "fullmatch", "split", "findall", "finditer", "sub"):
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)
