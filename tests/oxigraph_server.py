"""A real Oxigraph server on a free port of loopback, for tests; skips where it is not installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TRIES = 200


class Server:
    """Speak to a running server by the SPARQL 1.1 protocols."""

    def __init__(self, address: str) -> None:
        self.address = address

    def put(self, quads: bytes) -> None:
        """Hold exactly these N-Quads."""
        self._send("PUT", "/store", quads, "application/n-quads")

    def update(self, text: str) -> None:
        self._send("POST", "/update", text.encode(), "application/sparql-update")

    def quads(self) -> bytes:
        request = urllib.request.Request(
            f"{self.address}/store", headers={"Accept": "application/n-quads"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())

    def _send(self, method: str, path: str, data: bytes, kind: str) -> None:
        request = urllib.request.Request(
            self.address + path, data=data, method=method, headers={"Content-Type": kind}
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                assert answer.status < 300
        except urllib.error.HTTPError as error:
            with error:
                raise AssertionError(error.read().decode()) from error


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Run a server with an empty store; end it with the block."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("the package oxigraph is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bound = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [program, "serve", "--location", str(folder), "--bind", bound],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server = Server(f"http://{bound}")
        for _ in range(TRIES):
            try:
                server.quads()
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, "the server ended by itself"
                time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(10)
