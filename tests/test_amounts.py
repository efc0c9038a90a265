"""Numbers of things in messages: one thing is not "1 things"."""

from __future__ import annotations

import pytest

from eurohpc_kg.amounts import agreeing, amount


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 graphs"), (1, "1 graph"), (2, "2 graphs"), (1200, "1,200 graphs")]
)
def test_the_noun_goes_with_the_number(count: int, words: str) -> None:
    assert amount(count, "graph") == words


def test_words_that_take_more_than_an_s_are_given() -> None:
    assert amount(2, "property", "properties") == "2 properties"
    assert [agreeing(count, "has", "have") for count in (0, 1, 1.0, 1.5)] == [
        *("have", "has", "has", "have")
    ]
