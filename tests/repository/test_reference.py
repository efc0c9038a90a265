"""The reference pages are what the things they describe say now, and describe every one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eurohpc_kg.check.codes import CODES
from eurohpc_kg.cli.commands import all_commands
from eurohpc_kg.reference import pages
from eurohpc_kg.reference.__main__ import main
from eurohpc_kg.repository import Repository

ROOT = Path(__file__).parents[2]
REPOSITORY = Repository(ROOT)
PAGES = dict(pages(REPOSITORY))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == PAGES[name], f"docs/reference/{name} is out of date: run make docs"


def test_every_question_check_and_view_is_documented() -> None:
    for page, folder in (
        ("questions.md", REPOSITORY.questions),
        ("checks.md", REPOSITORY.checks),
        ("views.md", REPOSITORY.views),
    ):
        for path in folder.glob("*.rq"):
            assert f" {path.stem}\n" in PAGES[page], path.stem


def test_every_command_and_finding_code_is_documented() -> None:
    for name in all_commands():
        assert f"## {name}\n" in PAGES["commands.md"]
    for code in CODES:
        assert f"`{code}`" in PAGES["findings.md"]


def test_every_shape_and_term_is_documented() -> None:
    for path in REPOSITORY.shapes.glob("*.ttl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            # The query of a rule is documented as the rule.
            if line.startswith("shape:") and "sh:SPARQLConstraint" not in line:
                assert line.split(" ", 1)[0] in PAGES["shapes.md"], line
    for path in REPOSITORY.ontology.glob("*.ttl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("ehpc:"):
                assert f"### {line.split(' ', 1)[0]}\n" in PAGES["ontology.md"], line


def test_check_tells_a_stale_page_without_writing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check"]) == 0
    monkeypatch.setattr("eurohpc_kg.reference.__main__.pages", lambda _: iter([("x.md", "# x\n")]))
    assert main(["--check"]) == 1
    assert "docs/reference/x.md: out of date" in capsys.readouterr().err
    assert not (ROOT / "docs" / "reference" / "x.md").exists()
