"""The whole graph into each store, beside the loader of its own that its makers call the fastest.

Wall time and CPU, both on new data in turn and the mean of three runs each, the store on the same
machine: `load` with all it does (comparing, sending, reading back and verifying each graph), the
loader with its start, for Oxigraph and TDB2 without a server. The CPU of a load is the store's and
ours together. The shares are those of our own steps in wall time. What the store needs besides
stands in brackets: the same file by one plain request, where it takes one, verified by nobody.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benchmarks.measure import table
from eurohpc_kg.endpoint import Endpoint, connect
from eurohpc_kg.export.bulk import shortened
from eurohpc_kg.loading import load_store
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store import build, open_folder

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stores.servers import HOME, Server, available, isql

TARGET = "1.5"
RUNS = 3
NAMES = {"oxigraph": "Oxigraph", "fuseki": "Fuseki", "rdf4j": "RDF4J", "virtuoso": "Virtuoso"}
_STEPS = (("comparing", "compare"), ("reading back", "verify"), ("sent", "send"))


@dataclass(frozen=True)
class Cost:
    """Hold seconds by the clock and of CPU."""

    wall: float
    cpu: float


def main() -> str:
    """Return the table: seconds of each, their ratio, and where ours go."""
    built = build(find_repository())
    rows = []
    with tempfile.TemporaryDirectory() as made:
        data = Path(made) / "graph.nq"
        _write(built, data)
        for name, title in NAMES.items():
            if not available(name):
                print(f"{title} is not installed: make test-stores", file=sys.stderr)
                continue
            theirs, ours = [], []
            for run in range(RUNS):
                theirs.append(LOADERS[name](Path(made) / f"{name}-own{run}", data))
                ours.append(_ours(name, Path(made) / f"{name}-ours{run}", built))
            plain = _plain(name, Path(made) / f"{name}-plain", data)
            loader = LOADER_NAMES[name]
            steps = {step: sum(spent[step] for _, spent in ours) for step in ours[0][1]}
            shares = ", ".join(
                f"{step} {100 * spent / sum(steps.values()):.0f} %" for step, spent in steps.items()
            )
            own, load = _mean(theirs), _mean([cost for cost, _ in ours])
            rows.append((title, f"{load.wall:.1f} s", f"{loader} {own.wall:.1f} s",
                         f"{load.wall / own.wall:.2f}", TARGET, f"{load.cpu:.1f} s",
                         f"{own.cpu:.1f} s", f"{load.cpu / own.cpu:.2f}", plain,
                         shares))  # fmt: skip
    head = ("store", "load", "its own loader", "ratio", "target: at most", "CPU", "its CPU",
            "ratio of CPU", "(one plain request)", "our steps")  # fmt: skip
    return table(head, rows)


def _mean(costs: Sequence[Cost]) -> Cost:
    number = len(costs)
    return Cost(sum(cost.wall for cost in costs) / number, sum(cost.cpu for cost in costs) / number)


def _ours(name: str, folder: Path, built: Path) -> tuple[Cost, dict[str, float]]:
    """Return what a load takes, and the seconds of each of its steps."""
    server = Server(name, folder).start()
    steps: dict[str, float] = {}
    try:
        endpoint = _endpoint(server)
        before, began = _cpu(server) + time.process_time(), time.perf_counter()
        last, step = began, "compare"

        def say(text: str) -> None:
            nonlocal last, step
            now = time.perf_counter()
            next_step = next((short for start, short in _STEPS if text.startswith(start)), step)
            spent = "send" if next_step == "send" else step
            steps[spent] = steps.get(spent, 0) + now - last
            last, step = now, next_step

        load_store(built, endpoint, say=say)
        ended = time.perf_counter()
        steps[step] = steps.get(step, 0) + ended - last
        return Cost(ended - began, _cpu(server) + time.process_time() - before), steps
    finally:
        server.kill()


def _cpu(server: Server) -> float:
    """Return the seconds of CPU that a server has taken so far."""
    assert server.process is not None
    text = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="utf-8")
    user, system = text.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _endpoint(server: Server) -> Endpoint:
    user = "dba" if server.name == "virtuoso" else ""
    os.environ["EUROHPC_KG_PASSWORD"] = user
    return connect(server.address, user=user, timeout=900)


def _plain(name: str, folder: Path, data: Path) -> str:
    """Send the whole file by one request, as a person would with curl."""
    ends = {"oxigraph": "/store", "fuseki": "/data", "rdf4j": "/statements"}
    if name not in ends:
        return "-"
    server = Server(name, folder).start()
    try:
        return f"{_seconds(lambda: _post(server.address + ends[name], data)):.1f} s"
    finally:
        server.kill()


def _post(address: str, data: Path) -> None:
    with data.open("rb") as body:
        request = urllib.request.Request(address, body, method="POST")
        request.add_header("Content-Type", "application/n-quads")
        request.add_header("Content-Length", str(data.stat().st_size))
        urllib.request.urlopen(request, timeout=900).close()


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _cost(act: Callable[[], object], server: Server | None = None) -> Cost:
    """Return what an act takes: its processes, or the server that does it."""

    def cpu() -> float:
        if server is not None:
            return _cpu(server)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before = cpu()
    wall = _seconds(act)
    return Cost(wall, cpu() - before)


def _run(*words: str) -> Cost:
    return _cost(lambda: subprocess.run(words, check=True, capture_output=True))


def _oxigraph(folder: Path, data: Path) -> Cost:
    program = Path(sys.executable).parent / "oxigraph"
    return _run(str(program), "load", "--location", str(folder), "--file", str(data))


def _fuseki(folder: Path, data: Path) -> Cost:
    program = HOME / "jena" / "bin" / "tdb2.tdbloader"
    return _run(str(program), "--loader=parallel", "--loc", str(folder), str(data))


def _rdf4j(folder: Path, data: Path) -> Cost:
    server = Server("rdf4j", folder).start()
    try:
        return _cost(lambda: _post(f"{server.address}/statements", data), server)
    finally:
        server.kill()


def _virtuoso(folder: Path, data: Path) -> Cost:
    server = Server("virtuoso", folder).start()
    try:
        (folder / data.name).write_bytes(data.read_bytes())
        isql(server, f"ld_dir('{folder}', '{data.name}', 'urn:none');")
        return _cost(lambda: isql(server, "rdf_loader_run(); checkpoint;", 900), server)
    finally:
        server.kill()


LOADERS = {"oxigraph": _oxigraph, "fuseki": _fuseki, "rdf4j": _rdf4j, "virtuoso": _virtuoso}
LOADER_NAMES = {
    "oxigraph": "oxigraph load",
    "fuseki": "tdb2.tdbloader",
    "rdf4j": "POST statements",
    "virtuoso": "rdf_loader_run",
}


def _write(built: Path, data: Path) -> None:
    text = data.with_suffix(".all")
    open_folder(built).dump(str(text), ox.RdfFormat.N_QUADS)
    with text.open("rb") as lines, data.open("wb") as file:
        file.writelines(map(shortened, lines))
    text.unlink()


if __name__ == "__main__":
    print(main())
