"""``eurohpc-kg check``: findings on standard output, the verdict as exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eurohpc_kg.cli import main
from eurohpc_kg.repository import Repository
from small_content import DOCUMENT, REGISTER, edit, make_content


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path))
    return make_content(tmp_path)


def test_sound_content_exits_with_0(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository.is_checkout is False
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "no findings\n")


@pytest.mark.usefixtures("repository")
def test_an_error_exits_with_1_and_says_where_what_and_what_to_do(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository, DOCUMENT, "ehpc:of id:example-1", "ehpc:of id:example-2")
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith(f"{DOCUMENT}:9  error  Figure-of  figure:example-1-power has a value")
    assert "\n    Say of which centre the figure is.\n" in out
    assert err == "1 error\n"


def test_a_warning_fails_only_where_it_is_asked_to(repository: Repository) -> None:
    edit(repository, DOCUMENT, "4.5 .", '"much" .')
    assert main(["check"]) == 0
    assert main(["check", "--fail-on", "warning"]) == 1
    assert main(["check", "--fail-on", "warning", str(repository.root / REGISTER)]) == 0


def test_json_has_findings_and_a_summary(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository, DOCUMENT, "4.5 .", '"much" .')
    main(["check", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [f["code"] for f in report["findings"]] == ["Figure-value"]
    assert report["summary"] == {"error": 0, "warning": 1, "info": 0}


@pytest.mark.parametrize(
    ("form", "start"),
    [("github", f"::warning file={DOCUMENT},line=11,title="), ("html", "<!doctype html>")],
)
def test_other_formats_are_one_option_away(
    repository: Repository, capsys: pytest.CaptureFixture[str], form: str, start: str
) -> None:
    edit(repository, DOCUMENT, "4.5 .", '"much" .')
    main(["check", "--format", form])
    assert capsys.readouterr().out.startswith(start)


@pytest.mark.usefixtures("repository")
def test_a_path_that_is_not_there_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.ttl"]) == 2
    assert "nowhere.ttl: there is no such file or folder" in capsys.readouterr().err


def test_information_is_shown_where_it_is_asked_for(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository, "shapes/Figure.ttl", "sh:severity sh:Warning", "sh:severity sh:Info")
    edit(repository, DOCUMENT, "4.5 .", '"much" .')
    main(["check"])
    out, err = capsys.readouterr()
    assert (out, err) == ("", "1 info\n")
    main(["check", "--level", "info"])
    assert "Figure-value" in capsys.readouterr().out
