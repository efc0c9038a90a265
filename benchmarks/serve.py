"""Serving: pages, Turtle and ten saved questions over HTTP, beside the bare Oxigraph server.

Each server has the same quads on the same machine and is asked over one connection that stays open,
in turn (A B A B …). Other endpoints with the data loaded join by their query address in
``EUROHPC_KG_PEERS``, as ``name=http://…`` with blanks between.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.measure import table
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.questions import all_questions
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store import build, open_folder

THINGS = ("jupiter", "lumi", "germany", "eurohpc-ju", "finland")
QUESTIONS = 10
ROUNDS = 15
START = 60.0  # seconds that a server may take to start

Ask = Callable[[], None]


def main() -> str:
    """Return the table: median milliseconds of each server, and the ratio to the first other."""
    repository = find_repository()
    folder = build(repository)
    prologue = "".join(f"PREFIX {n}: <{iri}>\n" for n, iri in read_prefixes(repository))
    questions = all_questions(repository)[:: max(1, len(all_questions(repository)) // QUESTIONS)]
    with ExitStack() as stack:
        ours = stack.enter_context(_ours())
        peers = {"Oxigraph": stack.enter_context(_oxigraph(folder))}
        for pair in os.environ.get("EUROHPC_KG_PEERS", "").split():
            name, _, address = pair.partition("=")
            peers[name] = address
        rows: list[tuple[str, ...]] = []
        for suffix in ("html", "ttl"):
            median = _median([_get(ours, f"/id/{thing}.{suffix}") for thing in THINGS])
            rows.append((f"{suffix} of a thing", _shown(median), *("" for _ in peers), ""))
        for question in questions[:QUESTIONS]:
            asks = {"ours": _query(f"{ours}/sparql", question.text)}
            asks |= {name: _query(place, prologue + question.text) for name, place in peers.items()}
            times = _in_turn(asks)
            ratio = times["ours"] / times["Oxigraph"]
            rows.append((question.slug, *map(_shown, times.values()), f"{ratio:.2f}"))
    return table(("request", "ours", *peers, "ours / Oxigraph"), rows)


def _in_turn(asks: dict[str, Ask]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in asks}
    for number in range(ROUNDS + 1):
        for name, ask in asks.items():
            began = time.perf_counter()
            ask()
            if number:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(found) for name, found in times.items()}


def _median(asks: Sequence[Ask]) -> float:
    return statistics.median(_in_turn({str(i): ask for i, ask in enumerate(asks)}).values())


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _get(address: str, path: str) -> Ask:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)

    def ask() -> None:
        connection.request("GET", path)
        _read(connection)

    return ask


def _query(address: str, text: str) -> Ask:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc)
    body = urlencode({"query": text})
    headers = {"accept": "application/sparql-results+json",
               "content-type": "application/x-www-form-urlencoded"}  # fmt: skip

    def ask() -> None:
        connection.request("POST", parts.path, body, headers)
        _read(connection)

    return ask


def _read(connection: http.client.HTTPConnection) -> None:
    reply = connection.getresponse()
    body = reply.read()
    if reply.status != 200:
        raise RuntimeError(f"{reply.status}: {body[:300]!r}")


@contextmanager
def _ours() -> Iterator[str]:
    port = _free_port()
    with _running(
        [sys.executable, "-m", "eurohpc_kg", "serve", "--quiet", "--port", str(port)], port
    ):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _oxigraph(folder: Path) -> Iterator[str]:
    """Load the quads of the store into a store of the bare server, and run that."""
    program = Path(sys.executable).with_name("oxigraph")
    port = _free_port()
    with tempfile.TemporaryDirectory() as work:
        quads = Path(work) / "all.nq"
        with quads.open("w", encoding="utf-8") as file:
            file.writelines(f"{quad} .\n" for quad in open_folder(folder))
        place = Path(work) / "store"
        load = [str(program), "load", "--location", str(place), "--file", str(quads)]
        subprocess.run(load, check=True, capture_output=True)
        serve = [str(program), "serve-read-only", "--location", str(place),
                 "--bind", f"127.0.0.1:{port}", "--union-default-graph"]  # fmt: skip
        with _running(serve, port):
            yield f"http://127.0.0.1:{port}/query"


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + START
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{command[0]} did not start") from None
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(40)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
