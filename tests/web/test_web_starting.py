"""What a start leaves for later, and that what begins later begins once and ends whole."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from eurohpc_kg.repository import Repository
from eurohpc_kg.web import serving
from eurohpc_kg.web.asgi import Request
from eurohpc_kg.web.serving import Serving, Settings
from eurohpc_kg.web.workers import Bounds, Workers
from imports import imported_by

ASK = {"query": "ASK {}", "base": "urn:x", "prefixes": {}, "default": (), "named": (),
       "dataset": False, "form": "json"}  # fmt: skip


def test_what_serves_imports_no_page_and_no_framework() -> None:
    found, _ = imported_by("import eurohpc_kg.web.running")
    pages = {name for name in found if name.startswith("eurohpc_kg.web.pages.")}
    assert not pages
    assert not found & {"jinja2", "starlette", "eurohpc_kg.show", "eurohpc_kg.trust"}


def test_the_page_of_a_thing_imports_no_other_kind_of_page() -> None:
    found, _ = imported_by("from eurohpc_kg.web.pages import page, thing")
    assert "eurohpc_kg.web.pages.thing" in found
    assert not found & {f"eurohpc_kg.web.pages.{name}" for name in ("questions", "terms", "start")}


def test_what_answers_queries_imports_little_besides_the_engine() -> None:
    found, _ = imported_by("import eurohpc_kg.web.worker")
    assert not found & {"json", "pathlib", "re", "typing", "threading"}


def test_starts_and_queries_at_the_same_time_have_no_more_processes_than_may_run(
    content: tuple[Repository, Path],
) -> None:
    async def begin() -> int:
        workers = Workers(content[1], Bounds(at_once=1))
        asked = (workers.answer(ASK) for _ in range(3))
        await asyncio.gather(workers.start(), *asked, workers.start())
        found = len(workers._all)
        await workers.close()
        return found

    assert asyncio.run(begin()) == 1


def test_a_new_build_whose_processes_do_not_start_leaves_none_and_the_old_one_serves_on(
    content: tuple[Repository, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said: list[str] = []
    begun: list[Workers] = []
    start = Workers.start

    async def fail_at_the_desk(workers: Workers) -> None:
        begun.append(workers)
        if workers.folder == tmp_path and workers.bounds.at_once == 1:
            raise OSError("no process")
        await start(workers)

    async def serve_a_while() -> None:
        held = Serving(*content, Settings(is_kept=False), said.append)
        await held.start()
        old = held.current
        await asyncio.sleep(0.3)
        monkeypatch.setattr(serving, "recall", lambda _: tmp_path)
        monkeypatch.setattr(serving, "Build", lambda *_: old.build)
        while not any("can't be served" in line for line in said):
            await asyncio.sleep(0.05)
        assert held.current is old
        await held.close()

    monkeypatch.setattr(serving, "_LOOK", 0.1)
    monkeypatch.setattr(Workers, "start", fail_at_the_desk)
    asyncio.run(asyncio.wait_for(serve_a_while(), 30))
    new = [workers for workers in begun if workers.folder == tmp_path]
    assert new
    assert not any(workers._all for workers in new)


def test_a_process_that_does_not_start_is_told_as_that(
    content: tuple[Repository, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    async def fail(_: Workers) -> None:
        raise OSError("too many")

    async def serve_a_while() -> None:
        held = Serving(*content, Settings(is_kept=False), said.append)
        await held.start()
        await asyncio.sleep(0.3)
        await held.close()

    monkeypatch.setattr(serving, "_LOOK", 0.1)
    monkeypatch.setattr(Workers, "start", fail)
    asyncio.run(serve_a_while())
    assert set(said) == {"no process for queries can be started: too many"}


@pytest.mark.parametrize(
    ("host", "origin"),
    [("example.org", "http://example.org"), ("[::1]:80", "http://[::1]:80"),
     ("a b<", "http://10.0.0.1:8090"), ("", "http://10.0.0.1:8090")],
)  # fmt: skip
def test_a_host_that_is_none_is_not_repeated(host: str, origin: str) -> None:
    async def receive() -> dict[str, object]:
        raise AssertionError

    scope = {"method": "GET", "path": "/", "headers": [(b"host", host.encode())],
             "server": ("10.0.0.1", 8090)}  # fmt: skip
    assert Request(scope, receive).origin == origin


def test_an_error_of_the_program_is_answered_in_its_envelope(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eurohpc_kg.web.server.values_of", lambda _: 1 / 0)
    reply = client.get("/id/finland.html")
    assert reply.status_code == 500
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "Traceback" not in reply.text


@pytest.mark.parametrize(
    "path", ["/-/static/../server.css", "/-/static/%2e%2e/maps.svg", "/-/static/", "/-/static/a/b"]
)
def test_only_the_files_for_pages_are_sent(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
