"""The whole graph: from files to a checked store, again after one changed file, and every question.

Each is a process of its own. A changed file has a remark more, or another figure, which the views
read; both are put back. A question is asked from the built store, as a table, with its defaults;
beside these stand sentences and values that make a question slow. The three that take longest are
named.
"""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Run, run_once, table
from benchmarks.startup import COMMAND
from eurohpc_kg.questions import all_questions
from eurohpc_kg.repository import find_repository

ROOT = Path(__file__).parents[1]
CHANGED = ROOT / "data" / "sources" / "vtv" / "2025-10-12-eu-opens-six-more-ai-factories.ttl"
REMARK = 'id:lumi ehpc:focus "a remark of the benchmark"@en .'
FIGURE = ("ehpc:value 19 .", "ehpc:value 19.5 .")
OTHERS = (
    ("Which factories target cybersecurity?",),
    ("Where can a company in Belgium get computing time?",),
    ("stale-facts", "--day", "2026-01-01"),
    ("stale-facts", "--thing", "Germany"),
    ("documents", "--publisher", "European Commission"),
    ("quantum-systems-operating", "--country", "Germany"),
    ("partners-of-factory", "--factory", "NLAIF"),
    ("search-by-name", "--text", "university"),
)
TARGETS = {"empty cache": "15 s, 1024 MiB", "one file changed": "7.5 s", "slow": "0.20 s"}


def main() -> str:
    """Return the table: CPU and peak memory of each, and the target."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"EUROHPC_KG_CACHE": folder}
        full = _build(environment)
        rows = [_row("build, empty cache", full, TARGETS["empty cache"])]
        text = CHANGED.read_text(encoding="utf-8")
        changes = {
            "a remark more in one file": f"{text}\n{REMARK}\n",
            "another figure in one file": text.replace(*FIGURE),
        }
        for name, changed in changes.items():
            with _instead(CHANGED, changed):
                run = _build(environment)
            rows.append(_row(f"build, {name}", run, TARGETS["one file changed"]))
            rows.append(("  of the full one", f"{run.cpu / full.cpu:.2f}", "", "0.50"))
        run_once([COMMAND, "build"], environment)
        for seconds, name, run in _slowest(environment)[:3]:
            rows.append(_row(f"ask {name}", Run(seconds, run.memory), TARGETS["slow"]))
    return table(("process", "CPU", "peak", "target: at most"), rows)


def _build(environment: dict[str, str]) -> Run:
    return run_once([COMMAND, "build"], environment)


@contextmanager
def _instead(path: Path, text: str) -> Iterator[None]:
    """Let a file have another text, then put it back as it was."""
    before = path.read_bytes()
    if before.decode() == text:
        raise ValueError(f"{path} would not change")
    try:
        path.write_text(text, encoding="utf-8")
        yield
    finally:
        path.write_bytes(before)


def _slowest(environment: dict[str, str]) -> list[tuple[float, str, Run]]:
    found = []
    for words in [*((one.slug,) for one in all_questions(find_repository(ROOT))), *OTHERS]:
        runs = [run_once([COMMAND, "ask", *words], environment) for _ in range(3)]
        median = sorted(runs, key=lambda run: run.cpu)[1]
        found.append((median.cpu, shlex.join(words), median))
    return sorted(found, key=lambda one: -one[0])


def _row(name: str, run: Run, target: str) -> tuple[str, ...]:
    return name, f"{run.cpu:.2f} s", f"{run.memory:.0f} MiB", target
