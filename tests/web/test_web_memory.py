"""What is kept for later stays within its room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.web.memory import Memory


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3_000)), max_size=60))
def test_never_more_is_kept_than_there_is_room_for(entries: list[tuple[int, int]]) -> None:
    kept = Memory[int, bytes](8_000, lambda _, value: len(value))
    for key, size in entries:
        kept.keep(key, b"x" * size)
        assert (kept.get(key) is None) <= (size > 1_500)
    found = [value for key in range(10) if (value := kept.get(key)) is not None]
    assert sum(len(value) + 500 for value in found) <= 8_000


def test_what_is_used_stays_and_what_is_not_makes_room() -> None:
    kept = Memory[str, bytes](5_000, lambda _, value: len(value))
    for name in "abcd":
        kept.keep(name, b"x" * 500)
    assert kept.get("a") is not None
    for name in "ef":
        kept.keep(name, b"x" * 500)
    assert kept.get("a") is not None
    assert kept.get("b") is None
