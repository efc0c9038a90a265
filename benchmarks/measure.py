"""Measure a command as a whole process: CPU seconds and peak memory, as the kernel accounts them.

Two commands are run in turn (A B A B …), so that a drift of the machine's speed touches both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Hold one finished run: user + system CPU seconds, peak resident memory in MiB."""

    cpu: float
    memory: float


@dataclass(frozen=True)
class Measure:
    """Hold the medians over the runs of one command."""

    name: str
    cpu: float
    memory: float


def run_once(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end, its output thrown away; raise when it fails."""
    with tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=err,
            env={**os.environ, **(environment or {})},
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            err.seek(0)
            raise RuntimeError(f"{command} exited {process.returncode}: {err.read().decode()}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(
    commands: Mapping[str, Sequence[str]],
    *,
    runs: int = 7,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Measure]:
    """Run each command ``runs`` times in turn, after one run that is not counted."""
    done: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            run = run_once(command, environment)
            if number:
                done[name].append(run)
    return {
        name: Measure(
            name,
            statistics.median(run.cpu for run in finished),
            statistics.median(run.memory for run in finished),
        )
        for name, finished in done.items()
    }


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Render a table in plain text, columns aligned."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [
        "  ".join(text.ljust(w) for text, w in zip(row, widths, strict=True))
        for row in [head, *rows]
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines) + "\n"
