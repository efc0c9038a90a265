"""The smallest choice: held against trying every choice there is."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.cite import covering
from eurohpc_kg.cite.covering import NEVER, NOTHING, Need, both, either, is_met, smallest

MEMBERS = "abcdef"
clauses = st.frozensets(st.sampled_from(MEMBERS), min_size=1, max_size=4)
needs = st.frozensets(clauses, max_size=7)
CHOICES = [set(c) for n in range(len(MEMBERS) + 1) for c in combinations(MEMBERS, n)]


@given(needs)
def test_no_smaller_choice_meets_the_need_and_of_equals_the_first_in_order_is_taken(
    need: Need,
) -> None:
    found, is_exact = smallest(need, ord)
    assert is_exact
    assert found == min((sorted(c) for c in CHOICES if is_met(need, c)), key=lambda c: (len(c), c))


@given(st.lists(needs, max_size=4))
def test_either_is_met_by_exactly_what_meets_one_of_the_ways(ways: list[Need]) -> None:
    joined = either(ways)
    for choice in CHOICES:
        assert is_met(joined, choice) == any(is_met(way, choice) for way in ways)


@given(st.lists(needs, max_size=4))
def test_both_is_met_by_exactly_what_meets_all_of_the_parts(parts: list[Need]) -> None:
    joined = both(parts)
    for choice in CHOICES:
        assert is_met(joined, choice) == all(is_met(part, choice) for part in parts)


def test_nothing_needs_nothing_and_no_way_is_never() -> None:
    assert both([]) == NOTHING
    assert smallest(NOTHING, ord) == ([], True)
    assert either([]) == NEVER
    assert both([NEVER, NOTHING]) == NEVER
    assert either([NEVER, NOTHING]) == NOTHING


def test_when_the_search_is_cut_short_nothing_in_the_choice_is_idle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(covering, "MOST_STEPS", 0)
    letters = "abcdefghij"
    need = frozenset(frozenset(pair) for pair in combinations(letters, 2) if ord(pair[0]) % 2)
    found, is_exact = smallest(need, ord)
    assert not is_exact
    assert is_met(need, set(found))
    assert not any(is_met(need, set(found) - {one}) for one in found)


def test_a_hundred_documents_that_hang_together_are_decided_at_once() -> None:
    ring = [f"{i:03}" for i in range(100)]
    need = frozenset(frozenset((a, b)) for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    found, _ = smallest(need, str)
    assert len(found) == 50


def test_ways_beyond_the_limit_are_left_out_but_what_is_left_is_enough() -> None:
    ways = [frozenset(frozenset((f"{n}{i}",)) for i in range(12)) for n in range(4)]
    joined = either(ways)
    assert is_met(joined, set(chain(*ways[0])))
    assert not is_met(joined, set(chain(*ways[3])))
