"""``eurohpc-kg conflicts``: what it prints, in which form, and what it says where nothing is."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from trusting import Run, World

ONE, TWO = "alpha/2026-01-02-one", "beta/2026-02-03-two"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World().figure(ONE, "15.7", standing="Primary").figure(TWO, "12.91")
    world.milestone(ONE, "2025-10-12").milestone(TWO, "2025-11-12")
    return world.is_asked(monkeypatch)


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str]) -> Run:
    assert world
    return Run("conflicts", capsys)


def test_without_a_thing_all_conflicts_are_listed(run: Run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert "Machine · peak performance\n  *  15.7 PFlop/s" in out
    assert "Machine · inaugurated\n" in out
    assert out.count("taken by the rule: ") == 2


@pytest.mark.parametrize("name", ["Machine", "machine", "MACHINE", "id:machine", "0machine"])
def test_a_thing_is_given_by_any_of_its_names(run: Run, name: str) -> None:
    assert run(name)[1].startswith("Machine · ")


def test_a_name_of_several_words_needs_no_quotes(run: Run) -> None:
    assert run("Joint", "Undertaking") == (0, "", "eurohpc-kg: no sources disagree about this\n")


def test_a_kind_narrows_it(run: Run) -> None:
    assert "peak performance" not in run("--kind", "milestone")[1]
    assert "inaugurated" not in run("--kind", "figure")[1]
    assert run("--kind", "status")[1:] == ("", "eurohpc-kg: no sources disagree about this\n")


def test_json_and_turtle_can_be_read(run: Run) -> None:
    conflicts = json.loads(run("-f", "json")[1])
    assert {one["kind"] for one in conflicts} == {"figure", "milestone"}
    assert [value["taken"] for value in conflicts[0]["values"]].count(True) == 1
    assert list(ox.parse(run("-f", "ttl")[1], format=ox.RdfFormat.TURTLE))
    assert json.loads(run("finland", "-f", "json")[1]) == []


def test_rows_for_other_programs_can_be_read(run: Run) -> None:
    assert {row["aspect"].rsplit("/", 1)[1] for row in run.rows()} == {
        "peak-performance",
        "inaugurated",
    }
    assert run("finland", "-f", "tsv")[1].count("\n") == 1


def test_a_file_is_written_in_the_form_of_its_ending(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "conflicts.json"
    assert run("-o", str(path)) == (0, "", "")
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 2
    code, _, err = run("-o", str(tmp_path / "conflicts.pdf"))
    assert (code, "the ending .pdf names no form" in err) == (2, True)


def test_a_thing_that_there_is_not_is_a_usage_error(run: Run) -> None:
    code, out, err = run("Machin")
    assert (code, out) == (2, "")
    assert "no thing has the name 'Machin'" in err
    assert "Machine (id:machine)" in err
    assert run("")[:2] == (2, "")  # and not all conflicts there are
