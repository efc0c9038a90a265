"""The process that writes pages beside the server: the same pages, while others are written."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from eurohpc_kg.repository import Repository
from eurohpc_kg.store.canonical import load_in_memory
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.metrics import Metrics
from eurohpc_kg.web.publish import Publisher, Reply
from eurohpc_kg.web.server import _House
from eurohpc_kg.web.serving import PRESS, Edition, Serving
from eurohpc_kg.web.workers import Bounds, WorkerError, Workers

PATHS = ("id/finland.html", "id/eurohpc-ju", "id/eurohpc-ju.ttl", "id/nothing.csv", "source/x")


def test_the_press_writes_what_the_server_would(content: tuple[Repository, Path]) -> None:
    repository, folder = content
    here = Publisher(Build(repository, folder, store=load_in_memory(folder)))

    async def print_all() -> list[Reply]:
        press = Workers(
            folder, Bounds(at_once=1), command=(PRESS, str(repository.root), str(folder))
        )
        assert not press.is_ready
        found = []
        for path in PATHS:
            asked = {"path": path, "values": {}, "accept": "text/html", "language": "fi"}
            head, body = await press.ask(asked)
            found.append(Reply(head["status"], head["headers"], body, head["etag"]))
        assert press.is_ready
        await press.close()
        assert not press.is_ready
        return found

    for path, reply in zip(PATHS, asyncio.run(print_all()), strict=True):
        assert reply == here.reply(path, {}, "text/html", "fi"), path


class _Press:
    """Stand for the press: count what it is asked, and fail where it is told to."""

    is_ready = True

    def __init__(self, fault: str = "") -> None:
        self.asked = 0
        self.printed: list[str] = []
        self._fault = fault

    async def ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        self.printed.append(request["path"])
        if self._fault:
            raise WorkerError(self._fault)
        return {"status": 200, "headers": [], "etag": "x"}, b"printed"


def written(publisher: Publisher, press: _Press, *paths: str) -> list[Reply]:
    """Return the replies to requests for these paths, all at the same time."""
    edition = cast("Edition", SimpleNamespace(press=press, publisher=publisher))

    async def ask_all() -> list[Reply]:
        with ThreadPoolExecutor(1) as threads:
            house = _House(cast("Serving", SimpleNamespace(threads=threads)), Metrics())
            asks = (house._written(edition, path, {}, "*/*", "") for path in paths)
            return await asyncio.gather(*asks)

    return asyncio.run(ask_all())


def test_a_page_alone_is_written_here_and_others_meanwhile_by_the_press(built: Build) -> None:
    publisher, press = Publisher(built), _Press()
    alone = written(publisher, press, "id/eurohpc-ju.ttl")
    assert press.printed == []
    both = written(publisher, press, "id/eurohpc-ju.nt", "id/finland.ttl")
    assert press.printed == ["id/finland.ttl"]
    assert [reply.body == b"printed" for reply in (*alone, *both)] == [False, False, True]
    assert publisher.kept("id/finland.ttl", {}, "text/turtle") is not None


def test_what_needs_a_query_is_never_sent_to_the_press(built: Build) -> None:
    press = _Press()
    written(Publisher(built), press, "id/finland.ttl", "graph/catalog", "-/about", "question")
    assert press.printed == []


@pytest.mark.parametrize("fault", ["memory", "time", "busy"])
def test_what_the_press_does_not_write_is_written_here(built: Build, fault: str) -> None:
    press = _Press(fault)
    found = written(Publisher(built), press, "id/finland.ttl", "id/eurohpc-ju.ttl")
    assert press.printed == ["id/eurohpc-ju.ttl"]
    assert all(reply.status == 200 and reply.body != b"printed" for reply in found)
