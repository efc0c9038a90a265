"""The whole graph into each store, beside the loader of its own that its makers call the fastest.

Wall time, both on new data in one session, the store on the same machine: `load` with all it does
(comparing, sending, reading back and verifying each graph), the loader with its start, for Oxigraph
and TDB2 without a server. The shares are those of our own steps; our CPU is that of this process,
which counts and hashes what it sends and what it reads. What the store needs besides stands in
brackets: the same file by one plain request, where it takes one, verified by nobody.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
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
NAMES = {"oxigraph": "Oxigraph", "fuseki": "Fuseki", "rdf4j": "RDF4J", "virtuoso": "Virtuoso"}
_STEPS = (("comparing", "compare"), ("reading back", "verify"), ("sent", "send"))


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
            loader, seconds = LOADERS[name](Path(made) / f"{name}-own", data)
            whole, steps, cpu = _ours(name, Path(made) / f"{name}-ours", built)
            plain = _plain(name, Path(made) / f"{name}-plain", data)
            shares = ", ".join(f"{step} {100 * n / whole:.0f} %" for step, n in steps.items())
            row = (title, f"{whole:.1f} s", f"{loader} {seconds:.1f} s", f"{whole / seconds:.2f}",
                   TARGET, plain, shares, f"{cpu:.1f} s")  # fmt: skip
            rows.append(row)
    head = ("store", "load", "its own loader", "ratio", "target: at most", "(one plain request)",
            "our steps", "our CPU")  # fmt: skip
    return table(head, rows)


def _ours(name: str, folder: Path, built: Path) -> tuple[float, dict[str, float], float]:
    """Return the seconds of a load, of each of its steps, and of CPU in this process."""
    server = Server(name, folder).start()
    steps: dict[str, float] = {}
    try:
        endpoint = _endpoint(server)
        before, began = time.process_time(), time.perf_counter()
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
        return ended - began, steps, time.process_time() - before
    finally:
        server.kill()


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


def _run(*words: str) -> float:
    return _seconds(lambda: subprocess.run(words, check=True, capture_output=True))


def _oxigraph(folder: Path, data: Path) -> tuple[str, float]:
    program = Path(sys.executable).parent / "oxigraph"
    words = ("load", "--location", str(folder), "--file", str(data))
    return "oxigraph load", _run(str(program), *words)


def _fuseki(folder: Path, data: Path) -> tuple[str, float]:
    program = HOME / "jena" / "bin" / "tdb2.tdbloader"
    return "tdb2.tdbloader", _run(
        str(program), "--loader=parallel", "--loc", str(folder), str(data)
    )


def _rdf4j(folder: Path, data: Path) -> tuple[str, float]:
    server = Server("rdf4j", folder).start()
    try:
        return "POST statements", _seconds(lambda: _post(f"{server.address}/statements", data))
    finally:
        server.kill()


def _virtuoso(folder: Path, data: Path) -> tuple[str, float]:
    server = Server("virtuoso", folder).start()
    try:
        (folder / data.name).write_bytes(data.read_bytes())
        isql(server, f"ld_dir('{folder}', '{data.name}', 'urn:none');")
        commands = "rdf_loader_run(); checkpoint;"
        return "rdf_loader_run", _seconds(lambda: isql(server, commands, 900))
    finally:
        server.kill()


LOADERS = {"oxigraph": _oxigraph, "fuseki": _fuseki, "rdf4j": _rdf4j, "virtuoso": _virtuoso}


def _write(built: Path, data: Path) -> None:
    text = data.with_suffix(".all")
    open_folder(built).dump(str(text), ox.RdfFormat.N_QUADS)
    with text.open("rb") as lines, data.open("wb") as file:
        file.writelines(map(shortened, lines))
    text.unlink()


if __name__ == "__main__":
    print(main())
