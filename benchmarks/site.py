"""Publishing: CPU of the whole static site, of writing it again, and of a server's first answer.

CPU is user and system time of all processes together. The site is written to a temporary folder;
its tens of thousands of files cost system time that differs much from disk to disk.
"""

from __future__ import annotations

import sys
import tempfile
import urllib.request
from pathlib import Path

from benchmarks.measure import run_once, table
from benchmarks.servers import ours
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store import build

COMMAND = str(Path(sys.executable).with_name("eurohpc-kg"))
QUERY = "/sparql?query=SELECT%20*%20%7B%20?s%20a%20ehpc:AIFactory%20%7D"


def main() -> str:
    """Return the table: CPU seconds of each, and the target."""
    build(find_repository())
    with tempfile.TemporaryDirectory() as work:
        command = [COMMAND, "site", "-o", str(Path(work) / "site")]
        whole, again = run_once(command).cpu, run_once(command).cpu
    rows = [
        ("the whole site", f"{whole:.1f} s", "at most 60 s"),
        ("the same, nothing changed", f"{again:.1f} s", ""),
        ("serve, to the first answer", f"{_first(QUERY):.2f} s", "at most 0.5 s"),
        ("serve, to the first page", f"{_first('/id/lumi.html'):.2f} s", ""),
    ]
    return table(("what", "CPU", "target"), rows)


def _first(path: str) -> float:
    """Return the CPU of a server and its workers when it has answered for the first time."""
    with ours() as server:
        with urllib.request.urlopen(server.root + path) as answer:
            answer.read()
        return server.cpu()
