"""Patterns: what `re` finds, and nothing imported before it is looked for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.patterns import Pattern
from imports import imported_by

WORDS = r"(?i)(a+)(b*)"


@given(st.text("aAbB -"))
def test_a_pattern_finds_what_re_finds(text: str) -> None:
    ours, theirs = Pattern(WORDS), re.compile(WORDS)
    assert ours.findall(text) == theirs.findall(text)
    assert ours.sub(r"\2\1", text) == theirs.sub(r"\2\1", text)
    assert bool(ours.fullmatch(text)) == bool(theirs.fullmatch(text))
    assert ours.pattern == WORDS


def test_a_pattern_that_is_not_used_imports_nothing() -> None:
    made = "from eurohpc_kg.patterns import Pattern; p = Pattern('a')"
    assert imported_by(made)[0] == {"eurohpc_kg.patterns"}
    assert "re" in imported_by(f"{made}; assert p.search('cat')")[0]
