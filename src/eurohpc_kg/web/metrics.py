"""What is counted while serving, in the text format of Prometheus; nothing of it tells of a person.

Paths are counted by their first part, so that the numbers of series stays small.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Mapping

_BUCKETS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0)  # seconds
_KNOWN = frozenset(
    ("", "id", "source", "vocabulary", "question", "ontology", "graph", "shape", "sparql", "-")
)


class Metrics:
    """Count requests, their time, and the queries that were stopped."""

    def __init__(self) -> None:
        self._started = time.time()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0
        self._faults: Counter[str] = Counter()
        self.from_memory = 0

    def count(self, path: str, status: int, seconds: float) -> None:
        first = path.lstrip("/").partition("/")[0].partition(".")[0]
        self._requests[first if first in _KNOWN else "other", status] += 1
        self._seconds += seconds
        for bound in _BUCKETS:
            if seconds <= bound:
                self._buckets[bound] += 1

    def fault(self, kind: str) -> None:
        self._faults[kind] += 1

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """Write all of it; ``gauges`` are name → (help, value) of the moment."""
        total = sum(self._requests.values())
        lines = _head("requests_total", "counter", "Requests by first part of the path and status.")
        lines += [
            f'eurohpc_kg_requests_total{{part="{part}",status="{status}"}} {n}'
            for (part, status), n in sorted(self._requests.items())
        ]
        lines += _head("request_seconds", "histogram", "Time until a reply was sent.")
        lines += [
            f'eurohpc_kg_request_seconds_bucket{{le="{bound}"}} {self._buckets[bound]}'
            for bound in _BUCKETS
        ]
        lines += [
            f'eurohpc_kg_request_seconds_bucket{{le="+Inf"}} {total}',
            f"eurohpc_kg_request_seconds_sum {self._seconds:.6f}",
            f"eurohpc_kg_request_seconds_count {total}",
        ]
        lines += _head("query_faults_total", "counter", "Queries without an answer, by reason.")
        lines += [
            f'eurohpc_kg_query_faults_total{{reason="{kind}"}} {n}'
            for kind, n in sorted(self._faults.items())
        ]
        lines += _head("answers_from_memory_total", "counter", "Answers that were given before.")
        lines.append(f"eurohpc_kg_answers_from_memory_total {self.from_memory}")
        now = {
            "process_start_time_seconds": ("When the server started.", self._started),
            "memory_bytes": ("Memory of the server without its workers.", _memory()),
            **gauges,
        }
        for name, (help_, value) in now.items():
            lines += [*_head(name, "gauge", help_), f"eurohpc_kg_{name} {value:g}"]
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str, help_: str) -> list[str]:
    return [f"# HELP eurohpc_kg_{name} {help_}", f"# TYPE eurohpc_kg_{name} {kind}"]


def _memory() -> float:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return float(int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
    except (OSError, ValueError, IndexError):
        return 0.0
