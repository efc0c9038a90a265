"""Patterns: what `re` finds, and nothing imported before it is looked for."""

from __future__ import annotations

import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.patterns import Pattern

WORDS = r"(?i)(a+)(b*)"


@given(st.text("aAbB -"))
def test_a_pattern_finds_what_re_finds(text: str) -> None:
    ours, theirs = Pattern(WORDS), re.compile(WORDS)
    assert ours.findall(text) == theirs.findall(text)
    assert ours.sub(r"\2\1", text) == theirs.sub(r"\2\1", text)
    assert bool(ours.fullmatch(text)) == bool(theirs.fullmatch(text))
    assert ours.pattern == WORDS


def test_a_pattern_that_is_not_used_imports_nothing() -> None:
    code = (
        "import sys, eurohpc_kg; a = set(sys.modules); from eurohpc_kg.patterns import Pattern;"
        "p = Pattern('a'); print(sorted(set(sys.modules) - a)); assert p.search('cat')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['eurohpc_kg.patterns']"
