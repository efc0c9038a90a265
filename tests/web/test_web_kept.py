"""Taking the store into memory: when that happens, and that nothing reads differently then."""

from __future__ import annotations

import asyncio
import io
import json
import marshal
import re
import struct
import threading
import time
from pathlib import Path

import pytest
from running import Running

from eurohpc_kg.questions import all_questions
from eurohpc_kg.repository import Repository
from eurohpc_kg.store.canonical import load_in_memory
from eurohpc_kg.web import serving, worker
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.listing import paths
from eurohpc_kg.web.publish import Publisher

REQUEST = {"prefixes": {}, "base": "urn:x", "default": [], "named": [], "dataset": False,
           "form": "json", "rows": 10_000, "bytes": 10_000_000, "seconds": 20.0}  # fmt: skip


def test_every_page_and_its_data_read_alike(content: tuple[Repository, Path]) -> None:
    repository, folder = content
    memory = Build(repository, folder, store=load_in_memory(folder))
    from_disk, from_memory = Publisher(Build(repository, folder)), Publisher(memory)
    for path in paths(memory):
        for suffix in ("html", "ttl", "nq", "json"):
            target = f"{path}.{suffix}"
            bodies = [
                publisher.reply(target, {}, "").body for publisher in (from_disk, from_memory)
            ]
            assert _unlabelled(bodies[0]) == _unlabelled(bodies[1]), target


def _unlabelled(body: bytes) -> list[bytes]:
    """Return the statements without the labels of blank nodes, which are each store's own."""
    return sorted(re.split(rb"[]}]*\n|}, {", re.sub(rb"_:[\w-]+", b"_:", body)))


def test_every_question_has_the_same_answer(content: tuple[Repository, Path]) -> None:
    repository, folder = content
    held, taken = worker._Held(str(folder)), worker._Held(str(folder))
    for is_merged in (False, True):
        taken.take(is_merged)
    for question in all_questions(repository):
        request = REQUEST | {"query": question.text}
        answers = [worker._answer(one, request)[1] for one in (held, taken)]
        assert _rows(answers[0]) == _rows(answers[1]), question.slug


@pytest.mark.parametrize("is_taken", [False, True])
def test_a_statement_of_several_documents_counts_once(
    content: tuple[Repository, Path], is_taken: bool
) -> None:
    held = worker._Held(str(content[1]))
    if is_taken:
        held.take(True)
    counts = []
    for counted in ("*", "DISTINCT *"):
        query = f"SELECT (COUNT({counted}) AS ?n) {{ ?s a ?kind }}"
        request = REQUEST | {"query": query}
        body = worker._answer(held, request)[1]
        counts.append(_rows(body))
    assert counts[0] == counts[1]


def _rows(body: bytes) -> list[list[tuple[str, list[str]]]]:
    """Return the rows of an answer, without the order that only the engine gives."""
    rows = json.loads(body)["results"]["bindings"]
    return sorted(
        [(name, sorted(cell["value"].split())) for name, cell in sorted(row.items())]
        for row in rows
    )


@pytest.mark.parametrize("options", [(), (worker.FROM_DISK,)])
def test_a_worker_takes_the_store_after_its_first_answer_unless_told_not_to(
    content: tuple[Repository, Path], monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    taken = threading.Event()
    monkeypatch.setattr(worker._Held, "take", lambda *_: taken.set())
    monkeypatch.setattr(worker, "_REST", 0.0)
    monkeypatch.setattr(worker, "_NICE", 0)
    body = marshal.dumps(REQUEST | {"query": "ASK {}"})
    source, sink = io.BytesIO(struct.pack(">I", len(body)) + body), io.BytesIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(source))
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(sink))
    assert worker.main(str(content[1]), *options) == 0
    assert b"true" in sink.getvalue()
    assert taken.wait(0.5) is (not options)


def test_a_worker_takes_the_merge_only_where_a_query_counts(
    content: tuple[Repository, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[bool] = []
    monkeypatch.setattr(worker._Held, "take", lambda _, is_merged: taken.append(is_merged))
    monkeypatch.setattr(worker, "_REST", 0.0)
    held = worker._Held(str(content[1]))
    for query, found in (("ASK {}", [False]), ("SELECT * {}", [False, True])):
        for _ in range(2):
            worker._answer(held, REQUEST | {"query": query})
            held.take_soon()
            time.sleep(0.1)
        assert taken == found


def test_a_worker_stays_on_disk_where_the_build_is_gone(
    content: tuple[Repository, Path], tmp_path: Path
) -> None:
    held, request = worker._Held(str(content[1])), REQUEST | {"query": "ASK {}"}
    before = held.fit_for(request)
    held._folder = str(tmp_path)
    held.take(False)
    assert held.fit_for(request) == before


def test_the_server_goes_on_from_disk_where_the_store_does_not_fit_into_memory(
    content: tuple[Repository, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(serving, "_in_memory", refuse)
    monkeypatch.setattr(serving, "_LOOK", 0.05)
    said: list[str] = []

    async def serve_a_while() -> bool | None:
        held = serving.Serving(*content, serving.Settings(), said.append)
        await held.start()
        await asyncio.sleep(1)
        await held.close()
        return held.current.in_memory

    assert asyncio.run(serve_a_while()) is False
    assert said == ["the store can't be taken into memory, it is read from the disk: no room"]


def test_the_server_tells_when_it_makes_pages_from_memory(server: Running) -> None:
    first = server.get("/id/finland.html")
    end = time.monotonic() + 60
    while "\neurohpc_kg_store_in_memory 1" not in server.get("/-/metrics")[1]:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert server.get("/id/finland.html") == first
    query = "/sparql?query=ASK%20{%20id:finland%20a%20ehpc:Country%20}"
    assert "true" in server.get(query.replace(" ", "%20"))[1]
