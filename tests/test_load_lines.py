"""What a load keeps in memory: sums, and the piece that is on its way."""

from __future__ import annotations

import http.client
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from eurohpc_kg.endpoint import Endpoint, Pieces, UnansweredError
from eurohpc_kg.endpoint.bodies import Lines, lines_by_graph
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import load_store
from eurohpc_kg.loading.canonical import Sum, count_of_chunks, digest_of_lines, value_line
from eurohpc_kg.loading.lines import sum_of_lines, sums_of_dump
from eurohpc_kg.loading.plan import graphs_of
from eurohpc_kg.store import canonical
from stores.far import BASE, REGISTER, REPORT, SMALL, at, built, held, oxigraph
from stores.faults import FaultyProxy, nothing

XSD = "http://www.w3.org/2001/XMLSchema#"


def line(number: str, kind: str = "decimal") -> bytes:
    return f'<urn:a> <urn:p> "{number}"^^<{XSD}{kind}>'.encode()


def test_the_order_of_the_lines_does_not_matter() -> None:
    lines = [b"<urn:a> <urn:p> <urn:%d>" % n for n in range(50)]
    wanted = digest_of_lines(sorted(lines))
    random.Random(5).shuffle(lines)
    found = Sum()
    for one in lines:
        found.add(one)
    assert found.digest() == wanted
    assert wanted.count == 50


def test_sums_of_parts_are_the_sum_of_the_whole() -> None:
    first, second, whole = Sum(), Sum(), Sum()
    lines = [b"<urn:a> <urn:p> _:x", b'_:x <urn:p> "1"', b"<urn:a> <urn:p> <urn:b>"]
    for number, one in enumerate(lines):
        (first if number % 2 else second).add(one)
        whole.add(one)
    first += second
    assert first.digest() == whole.digest()
    assert whole.digest().count == 3


@pytest.mark.parametrize("back", [["12.5"], ["12.50"], ["12.5", "12.50"]])
def test_a_number_written_twice_may_come_back_once_or_twice(back: list[str]) -> None:
    wanted = digest_of_lines([line("12.5"), line("12.50"), line("13")])
    found = Sum(wanted.twins)
    for number in (*back, "13.0"):
        found.add(line(number))
    assert found.digest() == wanted
    assert wanted.count == 2


def test_the_count_is_known_without_the_hash(tmp_path: Path) -> None:
    some = [line(number) for number in ("1", "1.0", "1.00", "2")] + [b"<urn:b> <urn:p> _:x"]
    for chunks in ([some], [some[:2], some[2:]], [[one] for one in some]):
        assert count_of_chunks(chunks) == digest_of_lines(some).count == 3
    graphs = graphs_of(built(tmp_path / "graph", {**SMALL, REPORT: "id:b ehpc:value 1, 1.0, 2 ."}))
    before = {name: graphs.count(name) for name in graphs.files}
    assert before == {name: graphs.value(name).count for name in graphs.files}
    assert before[REPORT] < graphs.files[REPORT].count
    assert before == {name: graphs.count(name) for name in graphs.files}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (line("+012.50"), line("12.5")),
        (line("-0", "integer"), line("0")),
        (line("1", "boolean"), line("true", "boolean")),
        (line("1e0", "double"), line("1.0", "double")),
        (line("many"), line("many")),
        (b'<urn:a> <urn:p> "\\"1.0\\"^^<' + XSD.encode() + b'decimal>"', None),
    ],
)
def test_only_a_number_is_rewritten(given: bytes, wanted: bytes | None) -> None:
    assert value_line(given) == (given if wanted is None else wanted)


def test_a_graph_is_sent_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No piece is asked for before the last is on its way, however large a graph is."""
    monkeypatch.setattr(canonical.CanonicalGraph.chunks, "__defaults__", (4_000,))
    rows = "\n".join(f"id:t{n} ehpc:of id:t{n + 1} ." for n in range(2_000))
    folder = built(tmp_path / "large", {**SMALL, REPORT: rows})
    most = 0

    def post(_: Endpoint, pieces: Pieces, **__: object) -> None:
        raise UnansweredError(str(watch(pieces)))

    def watch(pieces: Iterable[bytes]) -> int:
        nonlocal most
        for piece in pieces:
            most = max(most, len(piece))
        return most

    with oxigraph(tmp_path / "oxigraph") as server:
        endpoint = at(server, timeout=1)
        monkeypatch.setattr(Endpoint, "post_quads", post)
        with pytest.raises(EndpointError):
            load_store(folder, endpoint)
    graphs = graphs_of(folder)
    assert sum(map(len, graphs.text(REPORT, REPORT))) > 20 * most


def test_a_dump_is_summed_up_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next piece is not asked for before the last is added; what is not wanted is left out."""
    a = f"<{BASE}id/a>"
    wanted = digest_of_lines(sorted(f'{a} {a} "{n}"'.encode() for n in range(100)))
    made = added = 0
    add_all = Sum.add_all

    def counted(self: Sum, lines: list[bytes]) -> None:
        nonlocal added
        added += len(lines)
        add_all(self, lines)

    def pieces() -> Iterator[Lines]:
        nonlocal made
        for number in range(100):
            assert added == made
            made += 1
            text = f'{a} {a} "{number}" <{REPORT}> .\n{a} {a} {a} .\n'
            yield lines_by_graph(text.encode())

    monkeypatch.setattr(Sum, "add_all", counted)
    assert sums_of_dump(pieces(), {REPORT: wanted}) == {REPORT: wanted}


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (b'<x:a>\t<x:p>\t"caf\\u00E9"@fr', '<x:a> <x:p> "caf\u00e9"@fr'),
        (b'<x:a> <x:p> "a\\tb"', '<x:a> <x:p> "a\\tb"'),
        (b'<x:a> <x:p> "1\tand \\"2\\""', '<x:a> <x:p> "1\\tand \\"2\\""'),
        (b'<staged:x:a>\t<staged:x:p>\t"<staged:x"', '<x:a> <x:p> "<staged:x"'),
        (b"<x:a> <x:p> broken\\", None),
    ],
)
def test_a_line_counts_however_a_store_separates_and_escapes(
    written: bytes, canonical: str | None
) -> None:
    found = sum_of_lines([[written]], (), staged=written.startswith(b"<staged:"))
    wanted = digest_of_lines([(canonical or "nothing").encode()])
    assert (found.digest() == wanted) is (canonical is not None)


def test_where_a_table_is_cut_the_graphs_are_read_term_by_term(tmp_path: Path) -> None:
    """Half a table is no table: what was counted of it is forgotten."""
    rows = "\n".join(f"id:t{n} ehpc:of id:t{n + 1} ." for n in range(500))
    folder = built(tmp_path / "graph", {REGISTER: SMALL[REGISTER], REPORT: rows})
    times = 0

    class Cutting(FaultyProxy):
        def pass_on(
            self, method: str, path: str, body: bytes, headers: http.client.HTTPMessage
        ) -> tuple[int, dict[str, str], bytes]:
            nonlocal times
            status, head, answer = super().pass_on(method, path, body, headers)
            if method == "POST" and answer.startswith(b"?n\t?s\t?k\t?o\n"):
                times += 1
                if times == 1:
                    half = answer[: len(answer) // 2]
                    return status, head, half[: half.rindex(b"\n") + 1] + b"<cut"
            return status, head, answer

    with oxigraph(tmp_path / "oxigraph") as server, Cutting(server.address, nothing) as proxy:
        from eurohpc_kg.endpoint import connect

        load_store(folder, connect(proxy.address, store="oxigraph"))
        assert times == 1
        assert len(held(server.address)[REPORT]) == 500
