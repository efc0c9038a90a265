"""A store that changes graph by graph: what was there is kept beside, and can be put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eurohpc_kg.endpoint import Endpoint, Product, connect
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import load_store, undo
from eurohpc_kg.loading.ledger import LEDGER
from eurohpc_kg.loading.lock import read_lock
from eurohpc_kg.loading.reading import count_graphs
from stores.far import BASE, INFERRED, REGISTER, REPORT, SMALL, at, built, oxigraph
from stores.faults import FaultyProxy
from stores.servers import Server

EXTRA = BASE + "source/example-centre/2026-04-01-new"
NEXT = {
    REGISTER: SMALL[REGISTER],
    REPORT: "id:a ehpc:value 13.0 .",
    EXTRA: "id:b ehpc:value 1 . id:c ehpc:value 2 .",
}
OLD = {REGISTER: 5, INFERRED: 1, REPORT: 3}
NEW = {REGISTER: 5, REPORT: 1, EXTRA: 2}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with oxigraph(tmp_path / "oxigraph") as running:
        load_store(built(tmp_path / "old", SMALL), generic(running.root))
        assert sizes(running) == OLD
        yield running


def generic(root: str, timeout: float = 20) -> Endpoint:
    """Speak to a server as to a product that is not known, step by step."""
    made = connect(
        f"{root}/query",
        store="generic",
        update=f"{root}/update",
        graphs=f"{root}/store",
        timeout=timeout,
    )
    made.product = Product(**{**vars(made.product), "step": 1})
    return made


def sizes(server: Server) -> dict[str, int]:
    return {name: n for name, n in count_graphs(at(server)).items() if name != LEDGER}


def test_it_is_said_before_it_starts_and_done_in_the_end(server: Server, tmp_path: Path) -> None:
    talk: list[str] = []
    load_store(built(tmp_path / "new", NEXT), generic(server.root), say=talk.append)
    assert any("A reader may see some graphs changed and others not yet" in line for line in talk)
    assert sizes(server) == NEW
    assert load_store(built(tmp_path / "new2", NEXT), generic(server.root)).is_empty


def broken_off(server: Server, tmp_path: Path, after: int) -> None:
    """Load until the store fails for good, after some updates that change what readers see."""
    number = 0

    def fault(_head: str, body: bytes) -> str:
        nonlocal number
        number += b"INSERT+%7B+GRAPH+%3Chttps" in body and b"graph/load" not in body[:80]
        return "500" if number > after else "pass"

    with FaultyProxy(server.root, fault) as proxy:
        endpoint = generic(proxy.address, 2)
        endpoint.transport.attempts = 1
        with pytest.raises(EndpointError):
            load_store(built(tmp_path / f"next{after}", NEXT), endpoint)


@pytest.mark.parametrize("after", [0, 1])
def test_a_swap_that_was_broken_off_is_put_back_by_undo(
    server: Server, tmp_path: Path, after: int
) -> None:
    broken_off(server, tmp_path, after)
    undo(at(server))
    assert sizes(server) == OLD
    assert read_lock(at(server)) == []


@pytest.mark.parametrize("after", [0, 1])
def test_or_gone_on_with_by_the_next_load(server: Server, tmp_path: Path, after: int) -> None:
    broken_off(server, tmp_path, after)
    load_store(built(tmp_path / "again", NEXT), generic(server.root))
    assert sizes(server) == NEW
    assert read_lock(at(server)) == []


def test_what_is_not_as_it_was_sent_is_put_back_at_once(server: Server, tmp_path: Path) -> None:
    with FaultyProxy(server.root, lambda _head, _body: "pass") as proxy:
        pass_on = proxy.pass_on

        def falsify(method, path, body, headers):  # type: ignore[no-untyped-def]
            if b"INSERT+%7B+GRAPH+%3Chttps" in body and b"2026-03-02-report" in body:
                body = body.replace(
                    b"SUBSTR%28STR%28%3Fds%29%2C+8%29", b"SUBSTR%28STR%28%3Fds%29%2C+9%29"
                )
            return pass_on(method, path, body, headers)

        proxy.pass_on = falsify  # type: ignore[method-assign]
        with pytest.raises(EndpointError, match="is not what was sent"):
            load_store(built(tmp_path / "new", NEXT), generic(proxy.address))
    seen = {name: n for name, n in sizes(server).items() if not name.startswith("staged:")}
    assert seen == OLD
    undo(at(server))
    assert sizes(server) == OLD


def interrupted(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Press Ctrl-C when the swap has made some updates."""
    update, number = endpoint.update, 0

    def counted(text: str, **options: bool) -> None:
        nonlocal number
        number += text.startswith("DELETE { GRAPH <https") and LEDGER not in text[:99]
        if number > after:
            monkeypatch.setattr(endpoint, "update", update)
            raise KeyboardInterrupt
        update(text, **options)

    monkeypatch.setattr(endpoint, "update", counted)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_ctrl_c_during_the_swap_puts_back_what_was_there(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    endpoint = generic(server.root)
    interrupted(endpoint, monkeypatch, after)
    with pytest.raises(KeyboardInterrupt):
        load_store(built(tmp_path / "new", NEXT), endpoint, full=True)
    seen = {name: n for name, n in sizes(server).items() if not name.startswith("staged:")}
    assert seen == OLD
    undo(at(server))
    assert sizes(server) == OLD
    assert read_lock(at(server)) == []


@pytest.mark.parametrize("way", ["load", "undo"])
def test_what_could_not_be_put_back_is_put_back_by_whoever_comes_next(
    server: Server, tmp_path: Path, way: str
) -> None:
    """The store fails while it swaps and puts back, and hears again that the load has ended."""
    number = 0

    def fault(_head: str, body: bytes) -> str:
        nonlocal number
        changes = b"update=DELETE" in body and b"%7B+GRAPH+%3Chttps" in body[:60]
        is_ours = changes and b"graph/load" not in body[:80]
        number += is_ours
        return "500" if is_ours and number > 1 else "pass"

    with FaultyProxy(server.root, fault) as proxy:
        endpoint = generic(proxy.address, 2)
        endpoint.transport.attempts = 1
        with pytest.raises(EndpointError):
            load_store(built(tmp_path / "next", NEXT), endpoint, full=True)
    assert number > 2
    (lock,) = read_lock(at(server))
    assert (lock.state, lock.is_dead) == ("swapping", True)
    if way == "undo":
        undo(at(server))
        assert sizes(server) == OLD
    else:
        load_store(built(tmp_path / "again", NEXT), generic(server.root))
        assert sizes(server) == NEW
    assert read_lock(at(server)) == []
