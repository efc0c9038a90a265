"""From files to an answer, nothing built before: ours, and rdflib + owlrl + pyshacl alone.

Both parse, check, close and answer "which AI Factories target healthcare?" on the part of the
repository that the first article needs: owlrl does not finish the whole graph in useful time. What
keeps a build from being done are the shapes and the check queries; rdflib takes half of its time
for the latter, so it is measured without them too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import measure, table
from benchmarks.startup import ASK, COMMAND

ROOT = Path(__file__).parents[1]


def main() -> str:
    """Return the table: CPU of all three, the ratio, and the targets."""
    with tempfile.TemporaryDirectory() as folder:
        part = slice_of_the_article(Path(folder) / "part")
        cold = ["sh", "-c", 'rm -rf "$EUROHPC_KG_CACHE"; exec "$@"', "sh"]
        peer = [sys.executable, "-m", "benchmarks.peer"]
        found = measure(
            {
                "eurohpc-kg build": [*cold, COMMAND, "build"],
                "eurohpc-kg ask, nothing built": [*cold, *ASK],
                "rdflib + owlrl + pyshacl": [*peer, str(part)],
                "the same, no check queries": [*peer, "--no-check-queries", str(part)],
            },
            runs=3,
            environment={
                "EUROHPC_KG_ROOT": str(part),
                "EUROHPC_KG_CACHE": str(Path(folder) / "cache"),
                "PYTHONPATH": str(ROOT),
            },
        )
    build, ask, same, less = found.values()
    notes = {
        build: "under 2 s",
        same: f"{same.cpu / ask.cpu:.0f} x the CPU of ask; at least 50",
        less: f"{less.cpu / ask.cpu:.0f} x",
    }
    rows = [
        (one.name, f"{one.cpu:.2f} s", f"{one.memory:.0f} MiB", notes.get(one, ""))
        for one in found.values()
    ]
    return table(("process", "CPU", "peak", "target"), rows)


def slice_of_the_article(target: Path) -> Path:
    """Copy ontology, shapes, queries, the register and the first article's source file.

    The table of sizes is that of the whole.
    """
    for room in ("ontology", "shapes", "queries", "data/register"):
        shutil.copytree(ROOT / room, target / room)
    shutil.copytree(ROOT / "data" / "sources" / "vtv", target / "data" / "sources" / "vtv")
    for big in (target / "data" / "register").glob("top500-*.ttl"):
        big.unlink()
    (target / "shapes" / "sizes.csv").unlink()
    return target
