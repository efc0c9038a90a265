"""``eurohpc-kg sources``: the register of documents, and files held against the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from eurohpc_kg.names import SOURCE
from trusting import HEAD, Run, World

NEWS = "alpha/2026-01-02-machine-opens"
PAGE = """<html><head><link rel="canonical" href="https://alpha.example/page"></head><body>
<p>On 12 October 2025 the <b>Machine</b> was inaugurated in Kajaani, Finland.
It reaches 15.7 petaflops.</p></body></html>"""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World().figure(NEWS, "15.7").milestone(NEWS, "2025-10-12")
    world.says(NEWS, 'id:machine ehpc:locatedIn id:finland ; ehpc:aim "to reckon"@en .')
    world.figure("beta/2026-02-03-two", "12.91", standing="Primary")
    return world.is_asked(monkeypatch)


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str]) -> Checked:
    assert world
    return Checked("sources", capsys)


class Checked(Run):
    """Run ``sources``, and ``sources --check``."""

    def verdicts(self, *words: object) -> dict[str, str]:
        """Return the verdict on each value."""
        return {row["value"]: row["verdict"] for row in self.rows("--check", *words)}


def test_the_register_has_each_document_with_its_claims_and_the_last_look(run: Checked) -> None:
    rows = {row["title"]: row for row in run.rows()}
    assert set(rows) == {"What alpha says", "What beta says"}
    row = rows["What beta says"]
    assert row["last_look"] == "2026-11-01"
    assert int(rows["What alpha says"]["statements"]) > int(row["statements"]) > 0


def test_with_a_thing_it_lists_the_documents_about_it(run: Checked) -> None:
    assert len(run.rows("MACHINE")) == 2
    code, out, err = run("Joint", "Undertaking", "-f", "csv")
    assert (code, out.count("\n"), err) == (
        0,
        1,
        "eurohpc-kg: no document says anything about it\n",
    )


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "saved.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.parametrize("words", [("--document", NEWS), ("--all",)])
def test_what_is_said_of_a_page_without_a_page_is_refused(
    run: Checked, words: tuple[str, ...]
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "go with --check" in err
    assert "statements-of-source" in err


def test_a_saved_page_that_says_what_the_graph_takes_passes(run: Checked, page: Path) -> None:
    code, _, err = run("--check", page)
    assert code == 0
    assert f"{page}: a copy of {SOURCE}{NEWS}: " in err
    verdicts = run.verdicts(page, "--all")
    assert verdicts["15.7"] == verdicts["2025-10-12"] == verdicts["Finland"] == "found"
    assert verdicts["to reckon"] == "own words"


def test_what_was_found_is_shown_only_with_all(run: Checked, page: Path) -> None:
    assert set(run.verdicts(page).values()) == {"own words"}


def test_a_number_that_the_page_does_not_have_fails(run: Checked, page: Path) -> None:
    page.write_text(PAGE.replace("15.7", "16.1"), encoding="utf-8")
    assert run("--check", page)[0] == 1
    assert run.verdicts(page)["15.7"] == "missing"


def test_a_date_that_the_page_does_not_have_fails(run: Checked, page: Path) -> None:
    page.write_text(PAGE.replace("12 October", "13 October"), encoding="utf-8")
    assert run("--check", page)[0] == 1
    assert run.verdicts(page)["2025-10-12"] == "missing"


def test_a_name_that_the_page_does_not_have_is_only_said(run: Checked, page: Path) -> None:
    page.write_text(PAGE.replace("Finland", "the north"), encoding="utf-8")
    assert run("--check", page)[0] == 0
    assert run.verdicts(page)["Finland"] == "no such name"


def test_a_page_is_known_by_its_file_name_or_by_what_it_is_called_a_copy_of(
    run: Checked, tmp_path: Path
) -> None:
    text = PAGE.replace("https://alpha.example/page", "https://elsewhere.example/")
    named = tmp_path / "2026-01-02-machine-opens.html"
    other = tmp_path / "other.txt"
    for path in (named, other):
        path.write_text(text, encoding="utf-8")
    assert run("--check", named)[0] == 0
    code, _, err = run("--check", other)
    assert (code, "nothing in the file says which document" in err) == (2, True)
    assert "--document" in err
    assert run("--check", other, "--document", "What alpha says")[0] == 0


def test_several_files_are_checked_in_one_go(run: Checked, page: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text(PAGE.replace("15.7", "9"), encoding="utf-8")
    code, _, err = run("--check", page, wrong)
    assert (code, err.count("a copy of")) == (1, 2)


def test_a_file_that_is_not_there_says_so(run: Checked, tmp_path: Path) -> None:
    code, _, err = run("--check", tmp_path / "nothing.html")
    assert code == 2
    assert "nothing.html" in err
    assert "Traceback" not in err


def test_a_source_file_is_compared_statement_by_statement(
    run: Checked, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "copy.ttl"
    document = f"{SOURCE}beta/2026-02-03-two"
    triples = [
        f"{quad.subject} {quad.predicate} {quad.object} .\n"
        for quad in world.store
        if str(quad.graph_name) == f"<{document}>"
    ]
    path.write_text(HEAD + "".join(triples), encoding="utf-8")
    assert run("--check", path)[0] == 0
    assert set(run.verdicts(path, "--all").values()) == {"found"}
    path.write_text(path.read_text(encoding="utf-8").replace("12.91", "12.90"), encoding="utf-8")
    assert run("--check", path)[0] == 1
    verdicts = run.verdicts(path)
    assert verdicts == {"12.9": "only in the file", "12.91": "only in the graph"}


@pytest.mark.parametrize("form", ["json", "md", "tsv", "table"])
def test_it_is_written_in_other_forms(run: Checked, page: Path, form: str) -> None:
    assert "own words" in run("--check", page, "-f", form)[1]
    assert "What alpha says" in run("-f", form)[1]
