"""When numbers and dates agree: their bounds, their rounding, their precision."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.trust import pages, values
from eurohpc_kg.trust.values import range_of, same_time

NUMBERS = st.decimals(min_value=-(10**10), max_value=10**10, places=3)


@pytest.mark.parametrize("module", [values, pages], ids=lambda m: m.__name__)
def test_the_examples_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("18", "18.29", True),
        ("18.3", "18.29", True),
        ("18.2", "18.29", False),
        ("15.2", "15.7", False),
        ("25000000", "24996884", True),
        ("40000000", "40600000", False),
        ("1.50", "1.5", True),
    ],
)
def test_a_number_agrees_with_a_finer_one_that_rounds_to_it(
    one: str, other: str, agree: bool
) -> None:
    assert range_of(one).agrees(range_of(other)) is agree


def test_a_bound_opens_the_range() -> None:
    assert range_of("40", "at-least").agrees(range_of("50"))
    assert not range_of("40", "at-least").agrees(range_of("30"))
    assert range_of("40", "at-most").agrees(range_of("-1"))
    assert range_of("40", "about", Decimal("0.05")).agrees(range_of("42"))
    assert not range_of("40", "about", Decimal("0.05")).agrees(range_of("43"))


@given(NUMBERS, NUMBERS)
def test_agreement_goes_both_ways_and_each_number_agrees_with_itself(
    one: Decimal, other: Decimal
) -> None:
    first, second = range_of(str(one)), range_of(str(other))
    assert first.agrees(first)
    assert first.agrees(second) == second.agrees(first)


@given(NUMBERS, st.sampled_from(["0.001", "1000", "12"]))
def test_a_unit_changes_nothing(number: Decimal, factor: str) -> None:
    one = range_of(str(number), factor=Decimal(factor))
    assert one.agrees(range_of(str(number), factor=Decimal(factor)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2025", "2025-10-12", True),
        ("2025-10", "2025-10-12", True),
        ("2025-10", "2025-11-01", False),
        ("", "2025", True),
    ],
)
def test_a_date_agrees_with_one_inside_it(one: str, other: str, same: bool) -> None:
    assert same_time(one, other) is same
    assert same_time(other, one) is same
