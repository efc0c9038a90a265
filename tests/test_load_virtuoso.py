"""Virtuoso's own ways: a table that it writes as Turtle, and N-Quads that its loader is called for.

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
from eurohpc_kg.endpoint.virtuoso import graphs_of_table, lines_of_table, loading, parts_of

XSD = "http://www.w3.org/2001/XMLSchema#"
VALUES = {
    "<urn:a>": "<urn:a>",
    "ns0:b": "<https://x.example/b>",
    "rdf:type": "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    "_:vb12": "_:vb12",
    '"plain"': '"plain"',
    '"ns0:b ] ; \\"quoted\\"\\n"@pt-BR': '"ns0:b ] ; \\"quoted\\"\\n"@pt-BR',
    '"2026-11"^^xsd:gYearMonth': f'"2026-11"^^<{XSD}gYearMonth>',
    '"x"^^ns0:kind': '"x"^^<https://x.example/kind>',
    '"x"^^<urn:kind>': '"x"^^<urn:kind>',
    '"^^ns0:b"': '"^^ns0:b"',
    '"\\"^^ns0:b"@en': '"\\"^^ns0:b"@en',
    "-13": f'"-13"^^<{XSD}integer>',
    "12.5": f'"12.5"^^<{XSD}decimal>',
    "1.5e+20": f'"1.5e+20"^^<{XSD}double>',
}
"""What Virtuoso writes, and the term that it means."""


def table(*rows: tuple[str, ...]) -> bytes:
    text = "@prefix res: <http://www.w3.org/2005/sparql-results#> .\n_:_ a res:ResultSet .\n"
    text += '_:_ res:resultVariable "s" , "p" , "o" .\n'
    text += "@prefix ns0:\t<https://x.example/> .\n"
    for number, row in enumerate(rows):
        if number == 1:  # declared where it is needed first
            text += "@prefix rdf:\t<http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        inner = " ;".join(
            f'\n      res:binding [ res:variable "{name}" ; res:value {value} ]'
            for name, value in zip("spog", row, strict=False)
        )
        text += f"_:_ res:solution [{inner} ] .\n"
    return text.encode()


ROWS = [("<urn:s>", "ns0:p", "<urn:o>"), *(("ns0:s", "rdf:type", value) for value in VALUES)]
LINES = ["<urn:s> <https://x.example/p> <urn:o>"] + [
    f"<https://x.example/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {term}"
    for term in VALUES.values()
]


def lines(pieces: Iterable[bytes]) -> list[str]:
    return [line.decode() for some in lines_of_table(pieces) for line in some]


def test_a_value_of_a_table_is_the_term_that_it_means() -> None:
    made = lines([table(*ROWS)])
    assert made == LINES
    text = "".join(f"{line} .\n" for line in made)
    assert len(list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))) == len(ROWS)


def test_it_does_not_matter_where_a_table_is_cut() -> None:
    given = table(*ROWS).splitlines(keepends=True)
    some = random.Random(7)
    for _ in range(50):
        cuts = sorted(some.sample(range(len(given)), 6))
        pieces = [
            b"".join(given[start:end])
            for start, end in zip([0, *cuts], [*cuts, len(given)], strict=True)
        ]
        assert lines(pieces) == LINES


def test_a_table_without_rows_is_no_line() -> None:
    assert lines([table()]) == lines([]) == []


def test_the_last_column_is_the_graph() -> None:
    rows = [(*row, f"<urn:g{number % 2}>") for number, row in enumerate(ROWS)]
    found: dict[bytes, list[str]] = {}
    for some in graphs_of_table([table(*rows)]):
        for name, made in some.items():
            found.setdefault(name, []).extend(line.decode() for line in made)
    assert found == {b"<urn:g0>": LINES[::2], b"<urn:g1>": LINES[1::2]}


def test_what_is_no_such_table_is_read_without_a_fault_and_is_not_the_same() -> None:
    """The sums differ then, and the graph is read again, term by term."""
    bound = b'\n      res:binding [ res:variable "s" ; res:value 1 ] ] .\n'
    for text in (bound, bound * 4, b"<html>", b" ] ] .\n"):
        assert not set(lines([text])) & set(LINES)


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
