"""``eurohpc-kg show``: forms, files, and one clear message for what is off."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from asking import built_asking
from eurohpc_kg.cli import main

Show = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with built_asking(tmp_path_factory.mktemp("world"), "examiner_of_show") as folder:
        yield folder


@pytest.fixture
def show(world: Path, capsys: pytest.CaptureFixture[str]) -> Show:
    assert world

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["show", *words])
        written = capsys.readouterr()
        assert "Traceback" not in written.err
        return code, written.out, written.err

    return call


@pytest.mark.parametrize("words", [["north", "centre"], ["Severní centrum"], ["00abc0de1"]])
def test_a_thing_is_shown_by_any_of_its_names(show: Show, words: list[str]) -> None:
    code, out, err = show(*words)
    assert (code, err) == (0, "")
    assert out.startswith("North Centre  (centre)\nhttps://w3id.org/eurohpc-kg/id/north\n")
    assert "hosted by" in out
    assert "[1]" in out


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("text", "LUMI  (machine)"),
        ("md", "# LUMI"),
        ("json", "{"),
        ("ttl", "@prefix"),
        ("jsonld", "{"),
    ],
)
def test_each_form_has_its_own_look(show: Show, form: str, start: str) -> None:
    code, out, _ = show("LUMI", "--format", form)
    assert code == 0
    assert out.startswith(start)


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.txt", "LUMI"), ("a.markdown", "#"), ("a.json-ld", "{"), ("a.ttl", "@prefix")],
)
def test_the_ending_of_a_file_is_the_form(
    show: Show, tmp_path: Path, name: str, start: str
) -> None:
    code, out, _ = show("LUMI", "--output", str(tmp_path / name))
    assert (code, out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_an_ending_that_means_no_form_is_refused_and_nothing_written(
    show: Show, tmp_path: Path
) -> None:
    code, out, err = show("LUMI", "-o", str(tmp_path / "a.pdf"))
    assert (code, out) == (2, "")
    assert "the ending .pdf names no form" in err
    assert list(tmp_path.iterdir()) == []


def test_json_is_json(show: Show) -> None:
    body = json.loads(show("LUMI", "-f", "json")[1])
    assert (body["name"], body["kinds"]) == ("LUMI", ["machine"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Nort Centre"], "Did you mean North Centre (id:north)"),
        (["NC"], "North Centre (id:north), South Centre (id:south)"),
        (["qqqqzzzz"], "search-by-name"),
        (["id:nobody"], "no thing has the name 'id:nobody'"),
        ([], "the following arguments are required: THING"),
        (["LUMI", "-f", "pdf"], "invalid choice: 'pdf'"),
    ],
)
def test_words_that_are_off_are_a_fault_of_the_call(
    show: Show, words: list[str], said: str
) -> None:
    code, out, err = show(*words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("word", ["", "x" * 2000])
def test_a_name_has_its_limits(show: Show, word: str) -> None:
    code, out, err = show(word)
    assert (code, out) == (2, "")
    assert "Write a name of 1 to 1,000 characters." in err
