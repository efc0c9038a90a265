"""Beginning a file: where it goes, that it is sound, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from eurohpc_kg.authoring import (
    Begun,
    new_correction,
    new_question,
    new_shape,
    new_source,
    new_thing,
)
from eurohpc_kg.check import check
from eurohpc_kg.cli import main
from eurohpc_kg.errors import UnknownNameError, UsageError
from eurohpc_kg.findings import Severity
from eurohpc_kg.questions import read_question
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle import read_text

ROOT = Path(__file__).parents[1]
ARTICLE = "data/sources/vtv/2025-10-12-eu-opens-six-more-ai-factories.ttl"
DOCUMENT = {
    "address": "https://example.org/2026/11/new-system",
    "title": "A new system for Europe",
    "publisher": "VTV",
    "date": "2026-11-20",
    "retrieved": "2026-11-25",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Copy what the first article needs, without the things of the ranking lists."""
    for room in ("ontology", "shapes", "queries", "data/register"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("top500-*.ttl"))
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / ARTICLE).parent.mkdir(parents=True)
    shutil.copy(ROOT / ARTICLE, tmp_path / ARTICLE)
    return Repository(tmp_path)


def test_all_that_is_begun_passes_the_checks(repository: Repository) -> None:
    text = read_text(repository.root / ARTICLE)
    record = next(word for word in text.split() if word.startswith("figure:eurohpc-ju"))
    evidence = "vtv/2025-10-12-eu-opens-six-more-ai-factories"
    begun: list[Begun] = [
        new_source(repository, **DOCUMENT),
        new_source(
            repository,
            **{
                **DOCUMENT,
                "address": "https://example.org/2026/11/one-more",
                "publisher": "One more",
                "homepage": "https://example.org/",
            },
        ),
        new_thing(
            repository,
            "example-one",
            kind="Supercomputer",
            label="Example One",
            source="https://example.org/one",
        ),
        new_question(repository, "one-more", summary="Is there one more?", group="factories"),
        new_shape(
            repository, "Conflict", property="ehpc:locatedIn", why="A place lies in a larger one."
        ),
        new_correction(
            repository, record, value="20", reason="So.", evidence=evidence, date="2026-11-25"
        ),
    ]
    found = check(repository, [one.path for one in begun]).at_least(Severity.ERROR)
    assert [f"{one.code} {one.message}" for one in found] == []


def test_a_new_source_is_a_file_in_its_room(repository: Repository) -> None:
    begun = new_source(repository, **DOCUMENT)
    name = "2026-11-20-a-new-system-for-europe.ttl"
    assert begun.path == repository.sources / "vtv" / name
    assert 'dcterms:issued "2026-11-20"^^xsd:date' in read_text(begun.path)


def test_a_document_has_one_file(repository: Repository) -> None:
    new_source(repository, **DOCUMENT)
    with pytest.raises(UsageError, match="already") as caught:
        new_source(repository, **{**DOCUMENT, "title": "The same page under another title"})
    assert caught.value.place == "data/sources/vtv/2026-11-20-a-new-system-for-europe.ttl"


def test_two_documents_of_one_repository_have_two_files(repository: Repository) -> None:
    given = {**DOCUMENT, "address": "https://github.com/example/notes"}
    new_source(repository, **given)
    new_source(repository, **{**given, "title": "Other notes"})
    assert len(list((repository.sources / "vtv").iterdir())) == 3


def test_an_institution_of_the_register_may_publish(repository: Repository) -> None:
    new_source(repository, **{**DOCUMENT, "publisher": "CSC"})
    assert (repository.sources / "csc").is_dir()
    assert "id:csc a ehpc:Publisher" in read_text(repository.register / "publishers.ttl")


def test_an_undated_source_says_so_in_its_name(repository: Repository) -> None:
    begun = new_source(repository, **{**DOCUMENT, "date": ""})
    assert begun.path.name.startswith("undated-")
    assert "dcterms:issued" not in read_text(begun.path)


def test_a_publisher_that_is_not_known_is_refused_with_the_nearest(repository: Repository) -> None:
    with pytest.raises(UnknownNameError, match="no publisher") as caught:
        new_source(repository, **{**DOCUMENT, "publisher": "VTW"})
    assert "vtv" in caught.value.candidates
    assert not (repository.sources / "vtw").exists()


def test_a_publisher_with_a_home_page_is_registered(repository: Repository) -> None:
    given = {**DOCUMENT, "publisher": "The Example", "homepage": "https://example.org/"}
    begun = new_source(repository, **given)
    assert begun.path.parent.name == "the-example"
    assert "id:the-example a ehpc:Publisher" in read_text(repository.register / "publishers.ttl")


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("address", "example.org"),
        ("address", "https://example.org/a b"),
        ("date", "2026-13"),
        ("date", "soon"),
        ("retrieved", "2026-11"),
        ("title", "  "),
        ("language", "english, more or less"),
        ("date", "2026-11-26"),
    ],
)
def test_a_part_that_is_not_well_formed_is_refused(
    repository: Repository, part: str, value: str
) -> None:
    with pytest.raises(UsageError):
        new_source(repository, **{**DOCUMENT, part: value})
    assert [path.name for path in repository.sources.rglob("*.ttl")] == [Path(ARTICLE).name]


def test_nothing_is_written_over(repository: Repository) -> None:
    begun = new_source(repository, **DOCUMENT)
    begun.path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="already"):
        new_source(repository, **DOCUMENT)
    assert begun.path.read_text(encoding="utf-8") == "mine"


def test_a_new_thing_stands_in_the_file_of_its_kind(repository: Repository) -> None:
    given = {"kind": "Supercomputer", "label": "Example One", "source": "https://example.org/one"}
    begun = new_thing(repository, "example-one", **given)
    assert begun.path.name == "supercomputers.ttl"
    with pytest.raises(UsageError, match="already"):
        new_thing(repository, "example-one", **given)
    with pytest.raises(UnknownNameError, match="class"):
        new_thing(repository, "example-two", **{**given, "kind": "Supercomputers"})
    with pytest.raises(UsageError, match="no name"):
        new_thing(repository, "Example Two", **given)


def test_a_new_question_can_be_asked_as_it_is(repository: Repository) -> None:
    begun = new_question(repository, "one-more", summary="Is there one more?", group="factories")
    assert read_question(begun.path).summary == "Is there one more?"
    with pytest.raises(UnknownNameError, match="group"):
        new_question(repository, "two-more", summary="And two?", group="nothing")


def test_a_new_shape_demands_a_property_of_a_class(repository: Repository) -> None:
    why = "A place lies in a larger one."
    new_shape(repository, "Conflict", property="locatedIn", why=why)
    with pytest.raises(UnknownNameError, match="ontology"):
        new_shape(repository, "Conflicts", property="locatedIn", why=why)


def test_a_new_correction_keeps_what_the_source_states(repository: Repository) -> None:
    text = read_text(repository.root / ARTICLE)
    record = next(word for word in text.split() if word.startswith("figure:eurohpc-ju"))
    given = {
        "value": "20",
        "reason": "Another count.",
        "evidence": "vtv/2025-10-12-eu-opens-six-more-ai-factories",
        "date": "2026-11-25",
    }
    begun = new_correction(repository, record, **given)
    written = read_text(begun.path)
    assert "ehpc:correctedValue 20" in written
    assert "ehpc:statedValue" in written
    with pytest.raises(UnknownNameError, match="no figure"):
        new_correction(repository, "figure:none", **given)
    with pytest.raises(UnknownNameError, match="no source document"):
        new_correction(repository, record, **{**given, "evidence": "vtv/none"})
    with pytest.raises(UsageError, match="no number"):
        new_correction(repository, record, **{**given, "value": "many"})


def test_the_command_begins_a_file_and_says_what_is_left(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(repository.root))
    words = ["new", "question", "one-more", "--summary", "One more?", "--group", "factories"]
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert out.strip().endswith("queries/questions/one-more.rq")
    assert "make golden" in err
    assert main(words) == 2
    assert main(["new", "question", "x"]) == 2
    assert main(["new", "poem"]) == 2


def test_a_thing_has_a_name_of_one_line_in_a_language(repository: Repository) -> None:
    said = {"kind": "Institution", "source": "https://example.org/"}
    with pytest.raises(UsageError, match="language"):
        new_thing(repository, "one-more", label="One more", language="very-english-indeed", **said)
    begun = new_thing(repository, "one-more", label="One\n more", **said)
    assert '"One more"@en' in read_text(begun.path)
