"""An answer that is cut ends after a whole row and is well formed."""

from __future__ import annotations

import contextlib
import io

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eurohpc_kg.web.limits import RowSink, TooMuchError
from eurohpc_kg.web.worker import RESULTS

CELLS = st.one_of(
    st.none(),
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12
    ).map(ox.Literal),
    st.sampled_from(['},{"', "<result>", 'a"b', "x\ny", 'q"\n"', "}]}}"]).map(ox.Literal),
    st.integers().map(ox.Literal),
)


def written(rows: list[list[ox.Literal | None]], form: str) -> bytes:
    lines = "".join(f"({' '.join('UNDEF' if c is None else str(c) for c in row)}) " for row in rows)
    found = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {lines} }} }}")
    body = found.serialize(format=RESULTS[form])
    assert body is not None
    return body


def sunk(body: bytes, form: str, limit: int, step: int) -> RowSink:
    sink = RowSink(form, limit, 1_000_000)
    for start in range(0, len(body), step):
        with contextlib.suppress(TooMuchError):  # the engine goes on once more
            sink.write(body[start : start + step])
    return sink


def read(body: bytes, form: str) -> list[list[object]]:
    found = ox.parse_query_results(io.BytesIO(body), format=RESULTS[form])
    assert isinstance(found, ox.QuerySolutions)
    return [list(solution) for solution in found]


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
@settings(max_examples=60)
@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8),
    limit=st.integers(1, 6),
    step=st.integers(1, 40),
)
def test_what_is_left_are_the_first_rows(
    form: str, rows: list[list[ox.Literal | None]], limit: int, step: int
) -> None:
    # A row without any value leaves no mark in JSON.
    rows = [row if any(row) else [ox.Literal("x"), None] for row in rows]
    rows = [[row[0] or ox.Literal("x"), row[1]] for row in rows]
    body = written(rows, form)
    sink = sunk(body, form, limit, step)
    assert sink.is_cut == (len(rows) > limit)
    assert read(sink.content, form) == read(body, form)[:limit]


def test_a_line_break_inside_a_value_of_csv_ends_no_row() -> None:
    body = b'a,b\r\n"x\ny",1\r\n"q""\n""",2\r\nz,3\r\n'
    assert sunk(body, "csv", 2, 1).content == b'a,b\r\n"x\ny",1\r\n"q""\n""",2\r\n'
    assert not sunk(body, "csv", 3, 1).is_cut


def test_an_answer_that_is_too_large_in_bytes_is_not_closed() -> None:
    sink = RowSink("json", 100, 10)
    with pytest.raises(TooMuchError):
        sink.write(b"x" * 11)
    assert not sink.is_cut
