"""A client that does not fetch its reply holds nothing up for long."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from eurohpc_kg.web import patience

SIZE = 40_000_000


async def large(scope: Any, _receive: Any, send: Any) -> None:
    """Send a large reply at once."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"x" * SIZE})


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr(patience, "STALL", 0.5)
    config = uvicorn.Config(
        large, http=patience.PatientProtocol, log_level="error", lifespan="off", ws="none"
    )
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield listening.getsockname()
        server.should_exit = True
        thread.join()


def ask(address: tuple[str, int]) -> socket.socket:
    client = socket.create_connection(address, timeout=20)
    client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
    return client


def fetched(client: socket.socket, pause: float = 0.0) -> int:
    """Return how many bytes come until the other side ends or drops the connection."""
    found = 0
    with contextlib.suppress(ConnectionError):
        while data := client.recv(1_000_000):
            found += len(data)
            time.sleep(pause)
    return found


def test_a_reply_that_is_not_fetched_is_dropped(address: tuple[str, int]) -> None:
    with ask(address) as client:
        time.sleep(3.0)
        assert fetched(client) < SIZE


def test_a_reply_that_is_fetched_slowly_comes_to_its_end(address: tuple[str, int]) -> None:
    with ask(address) as client:
        assert fetched(client, pause=0.05) > SIZE
