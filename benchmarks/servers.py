"""The servers that are measured, each with the same quads, each on a free port of the loopback.

The other stores are those of the conformance suite (`tests/stores`), as they come; one that is not
installed is left out, with the reason on stderr.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from eurohpc_kg.store import open_folder

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stores.servers import Server, available, free_port, isql

_PEERS = ("oxigraph", "fuseki", "virtuoso")
_NAMES = {"oxigraph": "Oxigraph", "fuseki": "Fuseki", "virtuoso": "Virtuoso"}
_QUERY = {
    "oxigraph": "/query?union-default-graph=true",
    "fuseki": "/query",
    "virtuoso": "/sparql",
}


@dataclass(frozen=True)
class Measured:
    """Hold a running server: the address that takes queries, and the process."""

    name: str
    root: str
    query: str
    process: int

    def cpu(self) -> float:
        """Return the seconds of CPU that it has used, with all that it started."""
        return _cpu(self.process)


def _cpu(process: int) -> float:
    found = 0.0
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            found += int((task / "schedstat").read_text(encoding="ascii").split()[0]) / 1e9
            children = (task / "children").read_text(encoding="ascii").split()
        except OSError:  # it has ended meanwhile
            continue
        found += sum(_cpu(int(child)) for child in children)
    return found


@contextmanager
def ours(*options: str) -> Iterator[Measured]:
    """Run ``eurohpc-kg serve``."""
    port = free_port()
    command = [sys.executable, "-m", "eurohpc_kg", "serve", "--quiet", "--port", str(port)]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "serving at" in line:
                break
        root = f"http://127.0.0.1:{port}"
        yield Measured("ours", root, f"{root}/sparql", process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=40)


@contextmanager
def peers(folder: Path) -> Iterator[list[Measured]]:
    """Run the other stores that are installed, with the quads of the store in ``folder``."""
    with tempfile.TemporaryDirectory() as work, ExitStack() as stack:
        quads = Path(work) / "all.nq"
        with quads.open("w", encoding="utf-8") as file:
            file.writelines(f"{quad} .\n" for quad in open_folder(folder))
        found = []
        for name in _PEERS:
            if not available(name):
                script = "make test" if name == "oxigraph" else f"tests/stores/install/{name}.sh"
                print(f"{name} is not installed and left out: {script}", file=sys.stderr)
                continue
            found.append(stack.enter_context(_peer(name, Path(work) / name, quads)))
        yield found


@contextmanager
def _peer(name: str, folder: Path, quads: Path) -> Iterator[Measured]:
    server = Server(name, folder, read_only=name == "oxigraph")
    if name == "oxigraph":
        folder.mkdir()
        program = Path(sys.executable).with_name("oxigraph")
        load = [program, "load", "--location", folder / "data", "--file", quads]
        subprocess.run(load, check=True, capture_output=True)
    server.start()
    try:
        if name == "fuseki":
            request = urllib.request.Request(f"{server.address}/data", quads.read_bytes())
            request.add_header("Content-Type", "application/n-quads")
            urllib.request.urlopen(request, timeout=600).close()
        elif name == "virtuoso":
            _load_virtuoso(server, quads)
        assert server.process is not None
        query = server.address + _QUERY[name]
        yield Measured(_NAMES[name], server.root, query, server.process.pid)
    finally:
        server.stop()


def _load_virtuoso(server: Server, quads: Path) -> None:
    copy = server.folder / "all.nq"  # it reads from its own folder only
    copy.write_bytes(quads.read_bytes())
    n_quads = 512 + 1  # and lax
    text = f"DB.DBA.TTLP (file_to_string_output ('{copy}'), '', 'urn:none', {n_quads});"
    said = isql(server, f"log_enable (2, 1); {text} checkpoint;", seconds=600)
    if "Error" in said:
        raise RuntimeError(said)
