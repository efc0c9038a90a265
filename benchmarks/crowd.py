"""Ten thousand requests for pages while heavy queries run: how long a page takes meanwhile.

Eight clients ask for pages, data, a search and short questions without a pause; beside them either
nobody, or four clients with cross products and paths without end, each of which is stopped when its
time is over. The medians are those of single requests, the clients' own work included; memory is
that of the server without its workers.
"""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.measure import table
from benchmarks.servers import Measured, ours

REQUESTS = 10_000
CLIENTS, HEAVY = 8, 4
PATHS = (
    "/id/jupiter.html", "/id/jupiter.ttl", "/id/lumi.html", "/id/finland.jsonld", "/",
    "/vocabulary/sector.html", "/-/search.html?q=Finland", "/-/health",
    f"/sparql?query={quote('ASK { id:lumi a ehpc:Supercomputer }')}", "/id/eurohpc-ju",
)  # fmt: skip
BOMBS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>)+ ?a }",
)


def main() -> str:
    """Return the table."""
    rows = []
    with ours("--seconds", "5") as server:
        _send(server, REQUESTS // 20, 0)
        for heavy in (0, HEAVY):
            before = _memory(server)
            began = time.perf_counter()
            times, statuses, stopped = _send(server, REQUESTS, heavy)
            seconds = time.perf_counter() - began
            cuts = statistics.quantiles(times, n=100)
            rows.append((str(heavy), f"{REQUESTS / seconds:.0f}",
                         f"{statistics.median(times) * 1000:.1f} ms", f"{cuts[98] * 1000:.1f} ms",
                         _counts(statuses), _counts(stopped),
                         f"{before:.0f} → {_memory(server):.0f} MiB"))  # fmt: skip
    head = ("heavy clients", "requests a second", "median", "99 of 100 within", "statuses",
            "heavy queries", "memory")  # fmt: skip
    return table(head, rows)


def _counts(statuses: Counter[int]) -> str:
    return ", ".join(f"{status}: {n}" for status, n in sorted(statuses.items()))


def _memory(server: Measured) -> float:
    text = Path(f"/proc/{server.process}/status").read_text(encoding="utf-8")
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


def _send(
    server: Measured, requests: int, heavy: int
) -> tuple[list[float], Counter[int], Counter[int]]:
    """Return the seconds and statuses of the requests, and the statuses of the heavy queries."""
    place = urlsplit(server.root).netloc
    times: list[float] = []
    statuses: Counter[int] = Counter()
    stopped: Counter[int] = Counter()
    done = threading.Event()

    def ask(first: int) -> None:
        connection = http.client.HTTPConnection(place, timeout=120)
        for number in range(requests // CLIENTS):
            began = time.perf_counter()
            connection.request("GET", PATHS[(first + number) % len(PATHS)])
            reply = connection.getresponse()
            reply.read()
            times.append(time.perf_counter() - began)
            statuses[reply.status] += 1

    def bomb(number: int) -> None:
        headers = {"content-type": "application/sparql-query"}
        while not done.is_set():
            connection = http.client.HTTPConnection(place, timeout=120)
            connection.request("POST", "/sparql", BOMBS[number % len(BOMBS)].encode(), headers)
            stopped[connection.getresponse().status] += 1
            connection.close()

    cheap = [threading.Thread(target=ask, args=(n,)) for n in range(CLIENTS)]
    bombs = [threading.Thread(target=bomb, args=(n,)) for n in range(heavy)]
    for thread in (*cheap, *bombs):
        thread.start()
    for thread in cheap:
        thread.join()
    done.set()
    for thread in bombs:
        thread.join()
    return times, statuses, stopped
