"""Virtuoso's own ways: rows that a query writes itself, and N-Quads that its loader is called for.

What a real Virtuoso makes of them is in the conformance suite (`test_stores`).
"""

from __future__ import annotations

import email
import random
import urllib.request
from collections.abc import Iterable
from types import SimpleNamespace
from typing import cast

import pyoxigraph as ox
import pytest

from eurohpc_kg.endpoint import PRODUCTS, Endpoint, Pieces, RejectedError
from eurohpc_kg.endpoint.transport import Transport
from eurohpc_kg.endpoint.virtuoso import (
    graphs_of_rows,
    lines_of_rows,
    loading,
    names_of_rows,
    parts_of,
)

HEAD = (
    b"@prefix res: <http://www.w3.org/2005/sparql-results#> .\n"
    b"@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    b'_:_ a res:ResultSet .\n_:_ res:resultVariable "done" .\n'
)
TAIL = b'_:_ res:solution [\n      res:binding [ res:variable "done" ; res:value "00" ] ] .\n'
XSD = "http://www.w3.org/2001/XMLSchema#"
OBJECTS = [
    "<urn:a>",
    "_:vb12",
    '""',
    '"1 2\\n3<urn:b>_:b"',
    '"\\"quoted\\"\\\\"@pt-BR',
    f'"2026-11"^^<{XSD}gYearMonth>',
    '"^^<urn:b>"',
    f'"-13"^^<{XSD}integer>',
    '"last"',
]


def written(*runs: list[tuple[int, list[str]]]) -> bytes:
    """Return what Virtuoso writes: for each run of rows the numbers, and then each column."""
    text = ""
    for run in runs:
        text += "".join(f"\n{number}" for number, _ in run)
        text += "".join(term for column in zip(*(row for _, row in run), strict=True)
                        for term in column)  # fmt: skip
    return HEAD + text.encode() + TAIL


ROWS = [(7, ["<urn:s>", "<urn:p>", term]) for term in OBJECTS]
LINES = [f"<urn:s> <urn:p> {term}" for term in OBJECTS]
RUNS = [ROWS[:1], ROWS[1:2], ROWS[2:6], ROWS[6:]]


def lines(pieces: Iterable[bytes]) -> list[str]:
    return [line.decode() for some in lines_of_rows(pieces) for line in some]


def test_rows_that_come_column_by_column_are_lines() -> None:
    made = lines([written(*RUNS)])
    assert made == LINES
    text = "".join(f"{line} .\n" for line in made)
    assert len(list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))) == len(ROWS)


def test_it_does_not_matter_where_an_answer_is_cut() -> None:
    given = written(*RUNS).splitlines(keepends=True)
    some = random.Random(7)
    for _ in range(50):
        cuts = sorted(some.sample(range(len(given)), 6))
        pieces = [
            b"".join(given[start:end])
            for start, end in zip([0, *cuts], [*cuts, len(given)], strict=True)
        ]
        assert lines(pieces) == LINES


def test_an_answer_without_rows_is_no_line() -> None:
    assert lines([written()]) == lines([]) == []


def test_a_number_stands_for_graph_and_property() -> None:
    names = names_of_rows([written([(1, ["<urn:p>"])], [(n, [f"<urn:g{n}>"]) for n in (2, 3)])])
    rows = [((2 + n % 2 << 32) + 1, [s, o]) for n, (_, (s, _, o)) in enumerate(ROWS)]
    found: dict[bytes, list[str]] = {}
    for some in graphs_of_rows([written(rows[:4], rows[4:])], names):
        for name, made in some.items():
            found.setdefault(name, []).extend(line.decode() for line in made)
    assert found == {b"<urn:g2>": LINES[::2], b"<urn:g3>": LINES[1::2]}


def test_a_number_without_a_name_is_of_no_graph() -> None:
    [found] = graphs_of_rows([written([((2 << 32) + 1, ["<urn:s>", "<urn:o>"])])], {})
    assert set(found) == {b""}


def test_what_is_no_such_answer_is_read_without_a_fault_and_is_not_the_same() -> None:
    """The sums differ then, and the graph is read again, term by term."""
    cut = written(ROWS)[: -len(TAIL) - 20] + b"Virtuoso 42000 Error: <urn:s> _:b\n"
    for text in (cut, b"<html>", b"\n1<urn:s>\n", b"\n1\n2\n" * 9):
        assert lines([text]) != LINES


def test_what_the_server_refuses_reads_as_nothing() -> None:
    def receive(*_: object) -> None:
        raise RejectedError("no such function", status=400)

    transport = cast("Transport", SimpleNamespace(receive=receive))
    far = Endpoint("http://127.0.0.1", PRODUCTS["virtuoso"], transport)
    assert far.read_dump(list) == []
    assert far.read_lines("urn:g", list) == []


def test_parts_are_of_whole_lines_and_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eurohpc_kg.endpoint.virtuoso._PART", 40)
    some = random.Random(3)
    for _ in range(100):
        lines = [b"x" * some.choice((0, 5, 20, 39, 60)) + b"\n" for _ in range(some.randrange(40))]
        cuts = sorted(some.choices(range(len(lines) + 1), k=4))
        pieces = [
            b"".join(lines[start:end])
            for start, end in zip([0, *cuts], [*cuts, len(lines)], strict=True)
        ]
        parts = list(parts_of(pieces))
        assert b"".join(parts) == b"".join(lines)
        assert all(part.endswith(b"\n") for part in parts)
        assert all(len(part) <= 40 or part.count(b"\n") == 1 for part in parts)


def test_quads_go_beside_the_query_that_calls_the_loader() -> None:
    fields = fields_of(loading("http://127.0.0.1/sparql-auth", b'<x:a> <x:p> "\xc3\xa9" <x:g> .\n'))
    assert fields["quads"] == b'<x:a> <x:p> "\xc3\xa9" <x:g> .\n'
    assert b'sql:TTLP(bif:connection_get("SPARQL_quads")' in fields["query"]


@pytest.mark.parametrize(("allowed", "sends"), [(True, "quads"), (False, "graphs")])
def test_only_a_user_who_may_call_the_loader_sends_quads(allowed: bool, sends: str) -> None:
    sent: list[bytes] = []

    def send(request: urllib.request.Request, *, repeatable: bool) -> None:
        assert repeatable
        if not allowed:
            raise RejectedError("not in this query", status=400)
        sent.append(fields_of(request)["quads"])

    transport = cast("Transport", SimpleNamespace(send=send))
    far = Endpoint("http://127.0.0.1", PRODUCTS["virtuoso"], transport)
    assert far.sends == sends
    assert far.sends == sends  # asked once
    if allowed:
        far.post_quads(Pieces(lambda: [b"<x:a> <x:p> <x:b> <x:g> .\n"]), repeatable=True)
        assert sent[-1:] == [b"<x:a> <x:p> <x:b> <x:g> .\n"]


def fields_of(request: urllib.request.Request) -> dict[str, bytes]:
    kind = request.get_header("Content-type") or ""
    assert isinstance(request.data, bytes)
    form = email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\n\n" + request.data)
    return {
        str(part.get_param("name", header="Content-Disposition")): cast(
            "bytes", part.get_payload(decode=True)
        )
        for part in cast("list[email.message.Message]", form.get_payload())
    }
