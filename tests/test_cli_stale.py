"""``eurohpc-kg stale``: what is too old on a day, by the limits that the ontology gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trusting import Run, World

LIMITS = """
quantity:peak-performance ehpc:ageLimit 12 . ehpc:status ehpc:ageLimit 6 .
ehpc:address ehpc:ageLimit 36 . ranking:top500 ehpc:ageLimit 6 .
"""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World().figure("alpha/2026-01-02-one", "15.7", asOf='"2025-01"^^xsd:gYearMonth')
    world.figure("beta/2024-02-03-two", "12", asOf='"2024-01"^^xsd:gYearMonth')
    world.put("register", LIMITS)
    world.says("gamma/2020-05-06-three", 'id:finland ehpc:address "Street 1"@fi .')
    world.says(
        "top500/2025-11-top500",
        """edition:top500-2025-11 ehpc:rankingList ranking:top500 ;
          ehpc:asOf "2025-11"^^xsd:gYearMonth .""",
    )
    return world.is_asked(monkeypatch)


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str]) -> Run:
    assert world
    return Run("stale", capsys)


def test_only_the_newest_figure_is_looked_at_with_its_age_and_the_page(run: Run) -> None:
    (row,) = [row for row in run.rows("Machine", "--on", "2026-03-01") if row["value"] == "15.7"]
    assert (row["as_of"], row["age_months"], row["limit_months"]) == ("2025-01", "14", "12")
    assert row["page"] == "https://alpha.example/page"
    assert not [row for row in run.rows("--on", "2026-03-01") if row["value"] == "12"]


def test_the_day_decides_and_fixes_the_answer(run: Run) -> None:
    assert run.rows("Machine", "--on", "2026-01-31") == []
    assert run.rows("Machine", "--on", "2026-02")
    assert run("--on", "2026-03-01") == run("--on", "2026-03-01")


def test_a_limit_is_that_of_the_property(run: Run) -> None:
    on = run.rows("--on", "2026-05-31")
    assert {(row["value"], row["limit_months"]) for row in on} == {
        ("15.7", "12"),
        ("Street 1", "36"),
    }
    later = {row["value"]: row["limit_months"] for row in run.rows("--on", "2026-06-01")}
    assert len(later) == 3
    assert later["https://w3id.org/eurohpc-kg/edition/top500-2025-11"] == "6"


def test_what_is_most_overdue_comes_first(run: Run) -> None:
    over = [
        int(row["age_months"]) - int(row["limit_months"]) for row in run.rows("--on", "2027-01-01")
    ]
    assert over == sorted(over, reverse=True)
    assert len(over) == 3


def test_without_a_day_it_is_counted_from_today(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eurohpc_kg.cli.stale.today", lambda: "2024-01-01")
    assert "nothing is stale on 2024-01-01" in run("Machine")[2]


@pytest.mark.parametrize("form", ["json", "md", "tsv"])
def test_it_is_written_in_other_forms(run: Run, form: str) -> None:
    code, out, _ = run("Machine", "--on", "2026-03-01", "-f", form)
    assert code == 0
    assert "15.7" in out
    if form == "json":
        assert json.loads(out)


def test_a_file_is_written_in_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "stale.csv"
    assert run("--on", "2026-03-01", "-o", str(path))[:2] == (0, "")
    head = "thing,aspect,value,as_of,age_months,limit_months,page"
    assert path.read_text(encoding="utf-8").startswith(head)


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "26"])
def test_what_is_no_day_is_a_usage_error(run: Run, day: str) -> None:
    code, out, err = run("--on", day)
    assert (code, out) == (2, "")
    assert f"'{day}' is not a date" in err
