"""Saved pages: whether a number, a date or a name stands in them, in any language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.trust.pages import Page


def page(text: str) -> Page:
    return Page(text, is_html=False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It costs 144.5 million euro.", "144500000"),
        ("40,5 Mio. Euro", "40500000"),
        ("144 500 000 €", "144500000"),
        ("1.234,5 kW", "1234.5"),
        ("1,234.5 kW", "1234.5"),
        ("12'000 nodes", "12000"),
        ("2,1 Milliarden Euro", "2100000000"),
        ("1,5 mld. zł", "1500000000"),
        ("250 milionů korun", "250000000"),
        ("3 milliards d'euros", "3000000000"),
        ("1.200 millones de euros", "1200000000"),
        ("2 mil millones", "2000000000"),
        ("5 mil investigadores", "5000"),
        ("90 млн лева", "90000000"),
        ("30 εκατ. ευρώ", "30000000"),
        ("150 tisíc", "150000"),
        ("seven new factories", "7"),
        ("€20bn", "20000000000"),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, number: str) -> None:
    assert page(text).has_number(Decimal(number))


@pytest.mark.parametrize(
    ("text", "number"),
    [("It costs 144.5 million.", "144500"), ("5 nodes", "50"), ("weight", "8"), ("", "0")],
)
def test_another_number_is_not(text: str, number: str) -> None:
    assert not page(text).has_number(Decimal(number))


@given(st.integers(min_value=0, max_value=10**9))
def test_every_whole_number_is_found_with_and_without_marks(number: int) -> None:
    for mark in ("", ",", ".", " ", "\u00a0", "'"):
        text = f"{number:,}".replace(",", mark)
        assert page(f"about {text} cores").has_number(Decimal(number)), text


@pytest.mark.parametrize(
    ("text", "date", "found"),
    [
        ("le 12 octobre 2025", "2025-10-12", True),
        ("October 12, 2025", "2025-10-12", True),
        ("12.10.2025", "2025-10-12", True),
        ("2025-10-12T09:00", "2025-10-12", True),
        ("on the 5th of March 2024", "2024-03-05", True),
        ("13 octobre 2025", "2025-10-12", False),
        ("12 octobre 2024", "2025-10-12", False),
        ("in autumn 2025", "2025-10", True),
        ("since 2024", "2024", True),
        ("12024 items", "2024", False),
    ],
)
def test_a_date_is_found_by_its_day_and_year(text: str, date: str, found: bool) -> None:
    assert page(text).has_date(date) is found


def test_a_name_is_found_without_case_and_accents_but_as_whole_words() -> None:
    text = page("Das Jülich Supercomputing Centre (JSC) betreibt JUPITER.")
    assert text.has_name(["nobody", "julich supercomputing centre"])
    assert not text.has_name(["JUPIT", "", "…"])


def test_html_is_read_without_scripts_and_says_its_address() -> None:
    found = Page(
        """<html><head><link rel="canonical" href="https://example.org/a">
        <!-- saved from url=(0023)https://example.org/b -->
        <meta property="og:url" content="https://example.org/c"><style>p { width: 99px }</style>
        </head><body><p>17 nodes</p><script>var x = 42</script></body></html>""",
        is_html=True,
    )
    assert found.addresses == tuple(f"https://example.org/{name}" for name in "abc")
    assert found.numbers == {17}
