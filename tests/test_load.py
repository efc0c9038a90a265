"""Loading into a store: all or nothing, whatever happens, and only what changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.endpoint import Endpoint, Pieces, connect
from eurohpc_kg.errors import EndpointError, UnknownNameError
from eurohpc_kg.loading import load_store, undo
from eurohpc_kg.loading.canonical import digest
from eurohpc_kg.loading.ledger import LEDGER
from eurohpc_kg.loading.lock import LockedError, new_owner, read_lock, release, take_lock
from eurohpc_kg.loading.reading import count_graphs
from eurohpc_kg.names import NAMESPACE
from stores.far import BASE, CHANGED, INFERRED, REGISTER, REPORT, SMALL, at, built, held, oxigraph
from stores.faults import FaultyProxy, nothing
from stores.servers import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with oxigraph(tmp_path / "oxigraph") as running:
        yield running


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return built(tmp_path / "small", SMALL)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    return built(tmp_path / "changed", CHANGED)


def staged(server: Server) -> list[str]:
    return [name for name in count_graphs(at(server)) if name.startswith("staged:")]


def test_a_load_puts_every_graph_there_and_leaves_nothing_else(server: Server, small: Path) -> None:
    done = load_store(small, at(server))
    assert sorted(done.send) == sorted(SMALL)
    found = held(server.address)
    assert found.keys() == SMALL.keys()
    assert f"<{BASE}id/a> <{BASE}ontology#note> " + '"é\\"\\n"@fr' in found[REPORT]
    assert len(found[REGISTER]) == 5
    assert read_lock(at(server)) == []


def test_a_second_load_sends_nothing(server: Server, small: Path) -> None:
    load_store(small, at(server))
    with FaultyProxy(server.address, nothing) as proxy:
        done = load_store(small, connect(proxy.address, store="oxigraph"))
    assert (done.send, done.remove, done.adopt) == ((), (), ())
    assert not any("/update" in head or "/store" in head for head in proxy.seen)


def test_only_a_changed_graph_is_sent(server: Server, small: Path, changed: Path) -> None:
    load_store(small, at(server))
    done = load_store(changed, at(server))
    assert done.send == (REPORT,)
    assert (
        held(server.address)[REPORT]
        == {
            f'<{BASE}id/a> <{BASE}ontology#value> "13.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'
        }
        or len(held(server.address)[REPORT]) == 1
    )
    assert staged(server) == []


def test_full_sends_what_has_not_changed_too(server: Server, small: Path) -> None:
    load_store(small, at(server))
    before = held(server.address)
    assert sorted(load_store(small, at(server), full=True).send) == sorted(SMALL)
    after = held(server.address)
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }


def test_replace_removes_a_graph_that_is_no_more_and_merge_keeps_it(
    server: Server, small: Path, tmp_path: Path
) -> None:
    load_store(small, at(server))
    fewer = built(tmp_path / "fewer", {REGISTER: SMALL[REGISTER], REPORT: "id:b ehpc:value 1 ."})
    assert load_store(fewer, at(server), merge=True).remove == ()
    found = held(server.address)
    assert INFERRED in found
    assert len(found[REPORT]) == 4
    assert load_store(fewer, at(server), merge=True).is_empty
    done = load_store(fewer, at(server))
    assert (done.send, done.remove) == ((REPORT,), (INFERRED,))
    found = held(server.address)
    assert INFERRED not in found
    assert len(found[REPORT]) == 1
    assert load_store(fewer, at(server), verify=True).is_empty


def test_graphs_of_others_stay(server: Server, small: Path) -> None:
    at(server).put_graph("urn:other", Pieces(lambda: [b"<urn:x> <urn:x> <urn:x> .\n"]))
    load_store(small, at(server))
    load_store(small, at(server), full=True)
    assert "urn:other" in held(server.address)


def test_patterns_choose_graphs(server: Server, small: Path) -> None:
    load_store(small, at(server), patterns=["graph/*"])
    assert held(server.address).keys() == {REGISTER, INFERRED}
    assert load_store(small, at(server), patterns=["source/example-centre/*"]).remove == ()
    with pytest.raises(UnknownNameError, match="there is no graph"):
        load_store(small, at(server), patterns=["source/nobody/*"])


def test_a_dry_run_changes_nothing(server: Server, small: Path) -> None:
    assert sorted(load_store(small, at(server), dry_run=True).send) == sorted(SMALL)
    assert count_graphs(at(server)) == {}


def test_what_a_bulk_loader_put_there_is_adopted(server: Server, small: Path) -> None:
    text = b"".join(
        line.replace(b" .\n", f" <{name}> .\n".encode())
        for name in SMALL
        for line in _lines(small, name)
    )
    at(server).post_quads(Pieces(lambda: [text]), repeatable=False)
    done = load_store(small, at(server))
    assert done.send == ()
    assert sorted(done.adopt) == sorted(SMALL)
    assert load_store(small, at(server)).adopt == ()


def test_verify_finds_what_somebody_else_changed(server: Server, small: Path) -> None:
    load_store(small, at(server))
    at(server).update(
        f"CLEAR GRAPH <{INFERRED}> ;"
        f"INSERT DATA {{ GRAPH <{INFERRED}> {{ <{BASE}id/a> a <{BASE}ontology#City> }} }}"
    )
    assert load_store(small, at(server)).is_empty
    assert load_store(small, at(server), verify=True).send == (INFERRED,)
    assert load_store(small, at(server), verify=True).is_empty


def test_readers_see_the_old_or_the_new_and_never_both(
    server: Server, small: Path, changed: Path
) -> None:
    load_store(small, at(server))
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        endpoint = at(server)
        while not stop.is_set():
            rows = endpoint.select(f"SELECT ?v {{ ?x <{BASE}ontology#value> ?v }}", union=True)
            seen.append(len(list(rows)))

    reader = threading.Thread(target=read)
    reader.start()
    for folder in (changed, small, changed):
        load_store(folder, at(server), full=True)
    stop.set()
    reader.join()
    assert set(seen) == {1}


@pytest.mark.parametrize(
    ("word", "count"),
    [("POST /store", 1), ("PUT /store", 1), *(("POST /update", n) for n in range(1, 6))],
)
@pytest.mark.parametrize("what", ["500", "cut", "lose"])
def test_a_fault_at_any_request_leaves_the_old_or_the_new(
    server: Server, small: Path, changed: Path, word: str, count: int, what: str
) -> None:
    load_store(small, at(server))
    old = _sizes(server)
    number = 0

    def fault(head: str, _body: bytes) -> str:
        nonlocal number
        number += head.startswith(word)
        return what if head.startswith(word) and number >= count else "pass"

    with FaultyProxy(server.address, fault) as proxy:
        endpoint = connect(proxy.address, store="oxigraph", timeout=1)
        endpoint.transport.attempts = 2
        failed = _fails(changed, endpoint)
    now = _seen(server)
    new = {**old, REPORT: 1}
    assert now == new if not failed else now in (old, new)
    load_store(changed, at(server), full=True)
    assert _sizes(server) == new
    assert staged(server) == []


def test_a_store_that_gives_back_something_else_is_left_as_it_was(
    server: Server, small: Path, changed: Path
) -> None:
    load_store(small, at(server))
    before = held(server.address)

    with FaultyProxy(server.address, nothing) as proxy:
        pass_on = proxy.pass_on

        def falsify(method, path, body, headers):  # type: ignore[no-untyped-def]
            if method == "POST" and path.startswith("/store"):
                body = body.replace(b'"13.0"', b'"14.0"')
            return pass_on(method, path, body, headers)

        proxy.pass_on = falsify  # type: ignore[method-assign]
        with pytest.raises(EndpointError, match="does not give back what was sent"):
            load_store(changed, connect(proxy.address, store="oxigraph"))
    assert held(server.address)[REPORT] == before[REPORT]
    load_store(changed, at(server))
    assert _sizes(server)[REPORT] == 1


def test_a_first_load_that_comes_back_wrong_is_taken_out_again(server: Server, small: Path) -> None:
    with FaultyProxy(server.address, nothing) as proxy:
        pass_on = proxy.pass_on

        def falsify(method, path, body, headers):  # type: ignore[no-untyped-def]
            return pass_on(method, path, body.replace(b"12.50", b"12.51"), headers)

        proxy.pass_on = falsify  # type: ignore[method-assign]
        with pytest.raises(EndpointError, match="does not give back what was sent"):
            load_store(small, connect(proxy.address, store="oxigraph"))
    assert held(server.address) == {}


@pytest.mark.parametrize("what", ["500", "Ctrl-C"])
def test_a_first_load_that_can_t_be_read_back_is_taken_out_again(
    server: Server, small: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    endpoint = at(server)
    endpoint.transport.attempts = 1

    def broken(*_: object) -> object:
        raise KeyboardInterrupt if what == "Ctrl-C" else EndpointError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr("eurohpc_kg.loading.first.read_digests", broken)
        with pytest.raises((EndpointError, KeyboardInterrupt)):
            load_store(small, endpoint)
    assert count_graphs(at(server)) == {}
    assert read_lock(at(server)) == []


@pytest.mark.parametrize("way", ["load", "undo"])
def test_a_first_load_that_was_killed_before_it_was_read_back_is_not_believed(
    server: Server, small: Path, way: str
) -> None:
    def fault(head: str, body: bytes) -> str:
        return "hang" if head.startswith("POST /query") and b"COALESCE(?q" in body else "pass"

    with FaultyProxy(server.address, fault) as proxy:
        process = subprocess.Popen(
            [sys.executable, "-c", _LOAD, str(small), proxy.address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while not _seen(server) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.kill()
        process.wait()
    assert set(_seen(server)) == set(SMALL)
    (lock,) = read_lock(at(server))
    assert lock.is_dead
    if way == "undo":
        undo(at(server))
        assert count_graphs(at(server)) == {}
    else:
        assert sorted(load_store(small, at(server)).send) == sorted(SMALL)
        assert set(_seen(server)) == set(SMALL)
    assert read_lock(at(server)) == []


def test_a_load_that_was_killed_is_gone_on_with_or_undone(
    server: Server, small: Path, changed: Path
) -> None:
    load_store(small, at(server))
    old = _sizes(server)
    arrived = threading.Event()

    def fault(head: str, body: bytes) -> str:
        if "/update" in head and b"GRAPH <staged:" in body and b"INSERT" in body:
            arrived.set()
            return "hang"
        return "pass"

    for way in ("again", "undo"):
        arrived.clear()
        with FaultyProxy(server.address, fault) as proxy:
            process = subprocess.Popen(
                [sys.executable, "-c", _LOAD, str(changed), proxy.address],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ},
            )
            assert arrived.wait(30)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert staged(server)
        assert _seen(server) == old
        if way == "undo":
            assert undo(at(server))
            assert _sizes(server) == old
        else:
            talk: list[str] = []
            load_store(changed, at(server), full=True, say=talk.append)
            assert any("were staged before" in line for line in talk)
            assert _sizes(server) == {**old, REPORT: 1}
            load_store(small, at(server), full=True)
        assert staged(server) == []
        assert read_lock(at(server)) == []


def test_a_load_that_was_killed_after_its_swap_leaves_only_what_is_staged_to_remove(
    server: Server, small: Path
) -> None:
    load_store(small, at(server))
    left = f"staged:{BASE}graph/register"
    at(server).update(f"INSERT DATA {{ GRAPH <{left}> {{ <x:a> <x:b> <x:c> }} }}")
    assert staged(server) == [left]
    updates: list[bytes] = []

    def note(head: str, body: bytes) -> str:
        if "/update" in head:
            updates.append(body)
        return "pass"

    with FaultyProxy(server.address, note) as proxy:
        load_store(small, connect(proxy.address, store="oxigraph"))
    # RDF4J refuses an empty update.
    assert updates
    assert all(body.strip() for body in updates)  # RDF4J refuses an empty one
    assert staged(server) == []
    assert read_lock(at(server)) == []


def test_two_loads_at_once_do_not_mix(server: Server, small: Path, changed: Path) -> None:
    owner = new_owner()
    take_lock(at(server), owner)
    with pytest.raises(LockedError, match="another load is going on: process"):
        load_store(small, at(server))
    release(at(server), owner)
    ends: list[object] = []

    def load(folder: Path) -> None:
        try:
            ends.append(load_store(folder, at(server), full=True))
        except EndpointError as error:
            ends.append(error)

    threads = [threading.Thread(target=load, args=(f,)) for f in (small, changed) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert any(not isinstance(end, Exception) for end in ends), ends
    assert all(isinstance(end, LockedError) for end in ends if isinstance(end, Exception))
    assert _sizes(server)[REPORT] in (1, 3)
    assert staged(server) == []


def test_two_loads_that_meet_in_the_lock_go_back_and_one_goes_first(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other, endpoint = new_owner(), new_owner(), at(server)
    update, lock = endpoint.update, f"<{NAMESPACE}load#lock> <{NAMESPACE}load#owner>"
    row = f'GRAPH <{LEDGER}> {{ {lock} "{other}" }}'
    pauses: list[float] = []

    def both(text: str, **options: bool) -> None:
        update(text, **options)
        if text.startswith("INSERT") and not pauses:
            update(f"INSERT DATA {{ {row} }}")

    def meanwhile(seconds: float) -> None:
        pauses.append(seconds)
        update(f"DELETE DATA {{ {row} }}")

    monkeypatch.setattr(endpoint, "update", both)
    monkeypatch.setattr("eurohpc_kg.loading.lock.time.sleep", meanwhile)
    assert take_lock(endpoint, mine) is None
    assert len(pauses) == 1
    assert [found.owner for found in read_lock(endpoint)] == [mine]


def test_a_load_that_lost_the_lock_changes_nothing(
    server: Server, small: Path, changed: Path
) -> None:
    stolen = threading.Event()

    def fault(_head: str, body: bytes) -> str:
        if b"GRAPH <staged:" in body and b"INSERT" in body and not stolen.is_set():
            stolen.set()
            undo(at(server))
        return "pass"

    load_store(small, at(server))
    before = _sizes(server)
    with FaultyProxy(server.address, fault) as proxy, pytest.raises(EndpointError):
        load_store(changed, connect(proxy.address, store="oxigraph"), full=True)
    assert _seen(server) == before


def test_a_killed_store_has_the_old_or_the_new(small: Path, changed: Path, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "killed") as server:
        load_store(small, at(server))
        for wait in (0.0, 0.01, 0.03):
            thread = threading.Thread(target=_ignore, args=(changed, server.address))
            thread.start()
            time.sleep(wait)
            server.kill()
            thread.join()
            server.start()
            sizes = _seen(server)
            assert sizes[REPORT] in (1, 3)
            load_store(changed, at(server))
            assert _sizes(server)[REPORT] == 1
            assert staged(server) == []
            load_store(small, at(server))


def test_a_store_that_only_reads_says_so(tmp_path: Path, small: Path) -> None:
    with oxigraph(tmp_path / "data"):
        pass
    with oxigraph(tmp_path / "data", read_only=True) as server:
        with pytest.raises(EndpointError) as caught:
            load_store(small, at(server))
        assert caught.value.exit_code == 3
        assert caught.value.remedy


def test_a_hash_does_not_depend_on_how_a_number_is_written() -> None:
    a, p = ox.NamedNode("urn:a"), ox.NamedNode("urn:p")
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    texts = [ox.Literal(text, datatype=decimal) for text in ("12.50", "12.5", "+12.500")]
    assert len({digest([ox.Triple(a, p, text)]).hash for text in texts}) == 1
    assert digest([ox.Triple(a, p, ox.Literal("12.50"))]) != digest(
        [ox.Triple(a, p, ox.Literal("12.5"))]
    )


_LOAD = """
import sys
from pathlib import Path
from eurohpc_kg.endpoint import Endpoint, connect
from eurohpc_kg.loading import load_store
load_store(Path(sys.argv[1]), connect(sys.argv[2], store="oxigraph"), full=True)
"""


def _ignore(folder: Path, address: str) -> None:
    try:
        endpoint = connect(address, store="oxigraph", timeout=5)
        endpoint.transport.attempts = 1
        load_store(folder, endpoint)
    except EndpointError:
        return


def _fails(folder: Path, endpoint: Endpoint) -> bool:
    """Tell whether a load ends in an error that says what to do."""
    try:
        load_store(folder, endpoint, full=True)
    except EndpointError as error:
        return bool(error.remedy)
    return False


def _seen(server: Server) -> dict[str, int]:
    return {n: c for n, c in _sizes(server).items() if not n.startswith("staged:")}


def _sizes(server: Server) -> dict[str, int]:
    return {n: c for n, c in count_graphs(at(server)).items() if n != LEDGER}


def _lines(folder: Path, name: str) -> list[bytes]:
    from eurohpc_kg.store.canonical import read_graphs

    (file,) = (file for file in read_graphs(folder) if file.name == name)
    return b"".join(file.chunks()).splitlines(keepends=True)
