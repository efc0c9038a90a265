"""From files to an answer, nothing built before: ours, and rdflib + owlrl + pyshacl alone.

Both parse, close, validate and answer "which AI Factories target healthcare?" on the part of the
repository that the first article needs: owlrl does not finish the whole graph in useful time.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import measure, table
from benchmarks.startup import ASK

ROOT = Path(__file__).parents[1]


def main() -> str:
    """Return the table: CPU of both, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        part = slice_of_the_article(Path(folder) / "part")
        cold = ["sh", "-c", 'rm -rf "$EUROHPC_KG_CACHE"; exec "$@"', "sh", *ASK]
        found = measure(
            {
                "eurohpc-kg, empty cache": cold,
                "rdflib + owlrl + pyshacl": [sys.executable, "-m", "benchmarks.peer", str(part)],
            },
            runs=3,
            environment={
                "EUROHPC_KG_ROOT": str(part),
                "EUROHPC_KG_CACHE": str(Path(folder) / "cache"),
                "PYTHONPATH": str(ROOT),
            },
        )
    ours, peer = found.values()
    rows = [(one.name, f"{one.cpu:.2f} s", f"{one.memory:.0f} MiB") for one in found.values()]
    rows.append(("ratio", f"{peer.cpu / ours.cpu:.0f} x (target: at least 50)", ""))
    return table(("process", "CPU", "peak"), rows)


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
