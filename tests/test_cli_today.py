"""Questions about a day: a person who names none means today, the library what the file says."""

from __future__ import annotations

import json

import pytest

from eurohpc_kg import load
from eurohpc_kg.cli import ask, main, parser_for

TODAY = "2026-02-20"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "today", lambda: TODAY)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (["calls-open-on"], TODAY),
        (["calls-open-on", "--cite", "bibtex"], TODAY),
        (["stale-facts", "--thing", "LUMI"], TODAY),
        (["Which calls are open?"], TODAY),
        (["calls-open-on", "--day", "2025-03"], "2025-03"),
        (["Which calls are open on 2025-03-01?"], "2025-03-01"),
    ],
)
def test_a_command_takes_today_and_says_so(
    words: list[str], day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", *words, *([] if "--cite" in words else ["-f", "json"])]) == 0
    printed, said = capsys.readouterr()
    assert (f"day is {TODAY}" in said) == (day == TODAY)
    if "--cite" not in words:
        assert json.loads(printed)["values"]["day"] == [day]


@pytest.mark.parametrize("option", ["--as-of", "--on"])
def test_who_asks_as_of_a_day_means_that_day(option: str) -> None:
    words = ["calls-open-on", option, "2025-03"]
    arguments = ask.parse(parser_for("ask"), words)
    assert ask._with_today(arguments, arguments.saved, {}) == {"day": "2025-03"}


def test_the_library_has_no_clock() -> None:
    question = next(one for one in load().questions() if one.slug == "calls-open-on")
    assert load().ask("calls-open-on").values["day"] == question.parameters["day"].default


def test_the_help_names_no_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "calls-open-on", "--help"]) == 0
    assert "the day (default: today)" in capsys.readouterr().out
