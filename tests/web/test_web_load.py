"""Ten thousand requests while heavy queries run: every one is answered right, nothing grows.

`EUROHPC_KG_LOAD` is how many; without it this is skipped, since it takes a minute. How long a page
takes meanwhile is measured by ``python -m benchmarks crowd``, not held here: a machine may be busy.
"""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from running import Running

REQUESTS = int(os.environ.get("EUROHPC_KG_LOAD", "0"))
CLIENTS = 8
HEAVY = 4
PAUSE = 1.2  # seconds of quiet before memory is read
GROWTH = 60_000_000  # bytes: replies that are kept, up to their bound, and what an allocator holds

PATHS = {
    "/id/finland.ttl": (200, b"id:finland"),
    "/id/finland.html": (200, b"<h1"),
    "/id/finland": (303, b""),
    "/": (200, b"<h1"),
    "/-/health": (200, b'"ok"'),
    "/-/search.html?q=Finland": (200, b"Finland"),
    "/vocabulary/sector.json": (200, b"statements"),
    "/id/nothing-of-this-name": (404, b"remedy"),
    f"/sparql?query={quote('ASK { id:finland a ehpc:Country }')}": (200, b"true"),
    "/sparql?query=SELECT": (400, b"remedy"),
}
BOMBS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>)+ ?a }",
)

pytestmark = pytest.mark.skipif(not REQUESTS, reason="EUROHPC_KG_LOAD=10000 runs this")


def memory(process: int) -> int:
    """Return the bytes that a process has in memory."""
    pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def children(process: int) -> int:
    """Return how many processes it has started that still run."""
    return len(Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split())


class Load:
    """Send requests from several clients at once; ``wrong`` are the replies that were not right."""

    def __init__(self, address: str) -> None:
        self._place = urlsplit(address).netloc
        self.wrong: list[str] = []
        self.heavy: Counter[int] = Counter()
        self._done = threading.Event()

    def send(self, requests: int) -> None:
        """Send so many cheap requests, with the bombs going on meanwhile."""
        bombs = [threading.Thread(target=self._bomb, args=(n,)) for n in range(HEAVY)]
        cheap = [
            threading.Thread(target=self._ask, args=(n, requests // CLIENTS))
            for n in range(CLIENTS)
        ]
        for thread in (*bombs, *cheap):
            thread.start()
        for thread in cheap:
            thread.join()
        self._done.set()
        for thread in bombs:
            thread.join()

    def _ask(self, first: int, count: int) -> None:
        connection = http.client.HTTPConnection(self._place, timeout=60)
        paths = list(PATHS.items())
        for number in range(count):
            path, (status, part) = paths[(first + number) % len(paths)]
            try:
                connection.request("GET", path)
                reply = connection.getresponse()
                body = reply.read()
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(f"{path}: {error!r}")
                connection.close()
                continue
            if reply.status != status or part not in body or b"Traceback" in body:
                self.wrong.append(f"{path}: {reply.status} {body[:200]!r}")
        connection.close()

    def _bomb(self, number: int) -> None:
        body = BOMBS[number % len(BOMBS)].encode()
        headers = {"content-type": "application/sparql-query"}
        while not self._done.is_set():
            connection = http.client.HTTPConnection(self._place, timeout=60)
            connection.request("POST", "/sparql", body, headers)
            self.heavy[connection.getresponse().status] += 1
            connection.close()


def test_many_requests_beside_heavy_queries(running: Running) -> None:
    Load(running.address).send(REQUESTS // 10)  # so that what is kept for good is kept
    time.sleep(PAUSE)
    before, workers = memory(running.process.pid), children(running.process.pid)
    load = Load(running.address)
    load.send(REQUESTS)
    time.sleep(PAUSE)
    assert load.wrong == []
    assert set(load.heavy) == {503}  # stopped in time, or told to come back; never broken
    assert running.process.poll() is None
    assert memory(running.process.pid) < before + GROWTH
    assert children(running.process.pid) <= workers + 1
    assert running.get("/id/finland.ttl")[0] == 200
    assert not [line for line in running.said if "Traceback" in line]
