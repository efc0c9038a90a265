"""Which form of a document a client gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.web.negotiate import FORMS, choose, choose_form, split_suffix

OFFERED = [form.media_type for form in FORMS.values()]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (BROWSER, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/*", "application/n-triples"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9", "application/ld+json"),
        ("text/*;q=0.3, text/csv;q=0.9, */*;q=0.1", "text/csv"),
        ("text/html;q=0, */*", "text/turtle"),
        ("TEXT/TURTLE ; Q=0.7", "text/turtle"),
        ("application/xhtml+xml", "text/html"),
        ("image/png", ""),
        ("text/turtle;q=0", ""),
        ("nonsense", ""),
    ],
)
def test_the_heaviest_form_wins_and_the_most_special_range_gives_the_weight(
    accept: str, chosen: str
) -> None:
    assert choose(accept, OFFERED) == chosen


def test_a_form_is_found_by_its_suffix_and_nothing_else_is_cut_off() -> None:
    assert split_suffix("id/lumi.ttl") == ("id/lumi", "ttl")
    assert split_suffix("id/2.5") == ("id/2.5", "")
    assert split_suffix(".ttl") == (".ttl", "")


@given(st.text(max_size=300))
def test_no_header_breaks_the_choice(accept: str) -> None:
    form = choose_form(accept, FORMS)
    assert form is None or form.suffix in FORMS
