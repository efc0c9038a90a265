"""Which modules a piece of code imports, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys


def imported_by(code: str, *, after: str = "import eurohpc_kg") -> tuple[set[str], str]:
    """Return what running ``code`` imports that ``after`` did not, and what it writes on stdout."""
    told = f"import sys; {after}; before = {{*sys.modules}}; {code}"
    told += "; print(*{*sys.modules} - before, file=sys.stderr)"
    # What measures coverage imports much of its own in every process.
    plain = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_PROCESS")}
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, env=plain
    )
    return {*done.stderr.split()}, done.stdout
