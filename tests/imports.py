"""Which modules a piece of code imports, in a process of its own."""

from __future__ import annotations

import subprocess
import sys


def imported_by(code: str, *, after: str = "import eurohpc_kg") -> tuple[set[str], str]:
    """Return what running ``code`` imports that ``after`` did not, and what it writes on stdout."""
    told = f"import sys; {after}; before = {{*sys.modules}}; {code}"
    told += "; print(*{*sys.modules} - before, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return {*done.stderr.split()}, done.stdout
