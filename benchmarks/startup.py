"""How much a cold command costs, as a ratio to the bare interpreter and the bare engine."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import measure, table

COMMAND = str(Path(sys.executable).with_name("eurohpc-kg"))
ASK = [COMMAND, "ask", "factories-targeting-sector", "--sector", "healthcare", "--format", "csv"]


def main() -> str:
    """Return the table: CPU, memory, ratio to its base, and the target."""
    found = measure(
        {
            "python -c pass": [sys.executable, "-c", "pass"],
            "eurohpc-kg --help": [COMMAND, "--help"],
            "import pyoxigraph": [sys.executable, "-c", "import pyoxigraph"],
            "eurohpc-kg ask …": ASK,
        },
        runs=15,
    )
    bases = {
        "eurohpc-kg --help": ("python -c pass", "at most 3"),
        "eurohpc-kg ask …": ("import pyoxigraph", "at most 3, and 60 MiB"),
    }
    rows = []
    for name, one in found.items():
        base, target = bases.get(name, ("", ""))
        ratio = f"{one.cpu / found[base].cpu:.1f} x {base}" if base else ""
        rows.append((name, f"{one.cpu * 1000:.0f} ms", f"{one.memory:.0f} MiB", ratio, target))
    return table(("process", "CPU", "peak", "ratio", "target"), rows)
