"""The pages say what the program prints."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from consoles import Command, commands, matches, pages, run

COMMANDS = [command for page in pages() if page.is_file() for command in commands(page)]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: f"{c.page}:{c.line}")
def test_a_console_block_prints_what_the_page_says(command: Command) -> None:
    printed = run(command)
    assert matches(command.output, printed), (
        f"{command.page}:{command.line}: `{command.text}` prints otherwise; run `make golden`\n"
        f"{printed}"
    )


def test_an_ellipsis_stands_for_any_lines() -> None:
    assert matches("a\n…\nd", "a\nb\nc\nd")
    assert matches("…", "")
    assert not matches("a\n…\nd", "a\nb\nc")
