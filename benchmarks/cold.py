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

from benchmarks.measure import Measure, Run, measure, run_once, table
from benchmarks.startup import ASK, COMMAND

ROOT = Path(__file__).parents[1]


def main() -> str:
    """Return the table: CPU of all, and the targets; the peer takes minutes, and is run once."""
    with tempfile.TemporaryDirectory() as folder:
        part = slice_of_the_article(Path(folder) / "part")
        environment = {
            "EUROHPC_KG_ROOT": str(part),
            "EUROHPC_KG_CACHE": str(Path(folder) / "cache"),
            "PYTHONPATH": str(ROOT),
        }
        cold = ["sh", "-c", 'rm -rf "$EUROHPC_KG_CACHE"; exec "$@"', "sh"]
        build, ask = measure(
            {
                "eurohpc-kg build": [*cold, COMMAND, "build"],
                "eurohpc-kg ask, nothing built": [*cold, *ASK],
            },
            environment=environment,
        ).values()
        peer = [sys.executable, "-m", "benchmarks.peer"]
        same = run_once([*peer, str(part)], environment)
        less = run_once([*peer, "--no-check-queries", str(part)], environment)
    rows = [
        (build.name, *_cost(build), "under 2 s"),
        (ask.name, *_cost(ask), ""),
        ("rdflib + owlrl + pyshacl", *_cost(same), f"{same.cpu / ask.cpu:.0f} x ask; at least 50"),
        ("the same, no check queries", *_cost(less), f"{less.cpu / ask.cpu:.0f} x ask"),
    ]
    return table(("process", "CPU", "peak", "target"), rows)


def _cost(one: Measure | Run) -> tuple[str, str]:
    return f"{one.cpu:.2f} s", f"{one.memory:.0f} MiB"


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
