"""Serving: pages, Turtle and ten saved questions over HTTP, beside Oxigraph, Fuseki and Virtuoso.

Each server has the same quads on the same machine and is asked over one connection that stays open,
in turn (A B A B …), after rounds that are not counted. Peers have no pages: they are asked to
DESCRIBE the thing, as Turtle. Ours is asked in two ways: for what was never asked before (the text
of a question, or what is filled in on a page, is new each time), and again, when the answer comes
from memory; peers get the same each time. There are more things than our server keeps profiles of,
so that each page is made from the store. The first table has the median milliseconds until an
answer was read, the second the milliseconds of CPU that a server used for it (user and system), the
third how many are answered in a second where four clients ask without a pause.
"""

from __future__ import annotations

import http.client
import itertools
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode, urlsplit

from benchmarks.measure import table
from benchmarks.servers import Measured, ours, peers
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.questions import Question, all_questions
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.store import build

THINGS = (
    "jupiter", "lumi", "germany", "eurohpc-ju", "finland",
    "leonardo", "nlaif", "france", "discoverer", "italy",
)  # fmt: skip
QUESTIONS = 10
WARM, ROUNDS = 10, 15
CLIENTS, SECONDS = 4, 4.0
SETTLING = 2.0  # seconds without work after which our processes have the store in memory
ROWS = "application/sparql-results+json"
FIRST, AGAIN = "ours, first", "ours, again"

Ask = Callable[[], None]
Requests = Mapping[str, Mapping[str, tuple[Measured, Ask]]]


@dataclass
class Times:
    """Hold what the requests of one kind took at one server: seconds, and CPU of all of them."""

    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0
    fault: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds) if self.seconds else 0.0

    @property
    def cpu_each(self) -> float:
        return self.cpu / len(self.seconds) if self.seconds else 0.0


def main() -> str:
    """Return the three tables."""
    repository = find_repository()
    with ours() as house, peers(build(repository)) as others:
        requests = _requests(repository, house, others)
        _settle(requests)
        found = {name: _in_turn(asks) for name, asks in requests.items()}
        rates = _rates(requests)
    names = [FIRST, AGAIN, *(one.name for one in others)]
    return "\n".join(
        (
            _table("milliseconds", found, names, lambda times: times.median * 1000),
            _table("CPU milliseconds", found, names, lambda times: times.cpu_each * 1000),
            table(("requests a second", *names),
                  [(name, *(f"{row[n]:.0f}" if n in row else "" for n in names))
                   for name, row in rates.items()]),
        )
    )  # fmt: skip


def _requests(
    repository: Repository, house: Measured, others: list[Measured]
) -> dict[str, dict[str, tuple[Measured, Ask]]]:
    """Return the requests: what is asked, how each server is asked for it."""
    found: dict[str, dict[str, tuple[Measured, Ask]]] = {}
    describe = itertools.cycle([f"DESCRIBE <{NAMESPACE}id/{thing}>" for thing in THINGS])
    for suffix in ("html", "ttl"):
        paths = [f"/id/{thing}.{suffix}" for thing in THINGS]
        new = map("{}?n={}".format, itertools.cycle(paths), itertools.count())
        found[f"a thing, {suffix}"] = {
            FIRST: (house, _get(house, new)),
            AGAIN: (house, _get(house, itertools.cycle(paths))),
        } | {one.name: (one, _post(one, describe, "text/turtle")) for one in others}
    for question in _chosen(repository):
        new = map(partial("{}\n# {}".format, question.text), itertools.count())
        same = itertools.repeat(question.text)
        found[question.slug] = {
            FIRST: (house, _post(house, new, ROWS)),
            AGAIN: (house, _post(house, same, ROWS)),
        } | {one.name: (one, _post(one, same, ROWS)) for one in others}
    return found


def _chosen(repository: Repository) -> list[Question]:
    questions = all_questions(repository)
    return questions[:: max(1, len(questions) // QUESTIONS)][:QUESTIONS]


def _settle(requests: Requests) -> None:
    """Have each of our processes asked once, and wait until it has the store in memory."""
    _rate([asks[FIRST][1] for asks in requests.values()])
    server = next(iter(requests.values()))[FIRST][0]
    used = -1.0
    while server.cpu() - used > SETTLING / 20:
        used = server.cpu()
        time.sleep(SETTLING)


def _in_turn(asks: Mapping[str, tuple[Measured, Ask]]) -> dict[str, Times]:
    times = {name: Times() for name in asks}
    for number in range(WARM + ROUNDS):
        for name, (server, ask) in asks.items():
            if times[name].fault:
                continue
            used, began = server.cpu(), time.perf_counter()
            try:
                ask()
            except RuntimeError as error:
                times[name].fault = str(error)
                continue
            if number >= WARM:
                times[name].seconds.append(time.perf_counter() - began)
                times[name].cpu += server.cpu() - used
    return times


def _rates(
    requests: Mapping[str, Mapping[str, tuple[Measured, Ask]]],
) -> dict[str, dict[str, float]]:
    """Return how many a second each server answers: things as HTML, as Turtle, and questions."""
    kinds = {name: [name] for name in requests if name.startswith("a thing")}
    kinds["the questions"] = [name for name in requests if name not in kinds]
    return {
        kind: {
            server: _rate([requests[name][server][1] for name in names])
            for server in requests[names[0]]
        }
        for kind, names in kinds.items()
    }


def _rate(asks: list[Ask]) -> float:
    counts = [0] * CLIENTS
    end = time.perf_counter() + SECONDS

    def client(number: int) -> None:
        for ask in itertools.cycle(asks[number:] + asks[:number]):
            if time.perf_counter() > end:
                return
            try:
                ask()
            except RuntimeError:
                continue
            counts[number] += 1

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def _table(
    unit: str, found: Mapping[str, Mapping[str, Times]], names: list[str],
    value: Callable[[Times], float],
) -> str:  # fmt: skip
    """Return a table; with the ratios to Oxigraph when asked first, to the best other again."""
    rows = []
    for request, times in found.items():
        cells = [_cell(times.get(name), value) for name in names]
        best = min((value(times[n]) for n in names[2:] if times[n].seconds), default=0.0)
        bare = value(times["Oxigraph"]) if "Oxigraph" in times else 0.0
        first = times.get(FIRST)
        rows.append((request, *cells,
                     f"{value(first) / bare:.2f}" if first and bare else "",
                     f"{value(times[AGAIN]) / best:.2f}" if best else ""))  # fmt: skip
    return table((unit, *names, "first / Oxigraph", "again / best other"), rows)


def _cell(times: Times | None, value: Callable[[Times], float]) -> str:
    if times is None:
        return ""
    return "fails" if times.fault else f"{value(times):.2f}"


class _Client:
    """Hold a connection a thread, each of which stays open."""

    def __init__(self, address: str) -> None:
        self._place = urlsplit(address).netloc
        self._local = threading.local()

    def send(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> None:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = http.client.HTTPConnection(self._place)
        try:
            connection.request(method, path, body or None, dict(headers))
            reply = connection.getresponse()
            text = reply.read()
        except (OSError, http.client.HTTPException) as error:  # it was closed on the other side
            connection.close()
            raise RuntimeError(repr(error)) from error
        if reply.status != 200:
            raise RuntimeError(f"{reply.status}: {text[:300]!r}")


def _get(server: Measured, paths: Iterator[str]) -> Ask:
    client = _Client(server.root)
    return lambda: client.send("GET", next(paths), "", {"accept": "*/*"})


def _post(server: Measured, texts: Iterator[str], accept: str) -> Ask:
    client, parts = _Client(server.query), urlsplit(server.query)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    headers = {"accept": accept, "content-type": "application/x-www-form-urlencoded"}
    return lambda: client.send("POST", path, urlencode({"query": next(texts)}), headers)
