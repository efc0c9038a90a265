"""What was known by a day, and what held on one: whole files, cut where need be."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from dated_content import (
    CORRECTION,
    FIRST,
    REGISTER,
    SECOND,
    SOURCES,
    UNDATED,
    document,
    make_dated,
)
from eurohpc_kg.errors import UsageError
from eurohpc_kg.history.days import last_day, looks_like_a_date, read_day
from eurohpc_kg.history.knowledge import known_from
from eurohpc_kg.history.lens import Lens
from eurohpc_kg.history.register import known_entries
from eurohpc_kg.history.versions import read_files
from eurohpc_kg.names import EHPC
from eurohpc_kg.questions import find_question
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.sources import content_file, parse_content


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_dated(tmp_path)


def seen(repository: Repository, as_of: str = "", on: str = "") -> dict[str, str]:
    files = Lens(as_of, on).view(read_files(repository), repository)
    return {path: data.decode() for path, data in files.items()}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025", "2025-12-31"),
        ("2024-02", "2024-02-29"),
        ("2025-12", "2025-12-31"),
        ("9999-12", "9999-12-31"),
        ("2025-03-31", "2025-03-31"),
    ],
)
def test_a_period_is_over_on_its_last_day(written: str, day: str) -> None:
    assert read_day(f" {written} ") == last_day(written) == day


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "0000", "yesterday", "31.03.2025", ""])
def test_what_is_no_date_gets_a_message_that_says_how_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match="is not a date") as caught:
        read_day(text, "as-of")
    assert "2025-03-31, 2025-03 or 2025" in caught.value.remedy


def test_a_day_that_there_is_not_still_looks_like_a_date() -> None:
    assert looks_like_a_date("2025-02-30")
    assert not looks_like_a_date("v0.1.0")


def test_a_document_is_known_from_its_issue_or_from_when_it_was_read_whichever_is_first() -> None:
    dates = '    dcterms:issued "2025"^^xsd:gYear ;\n    ehpc:retrieved "2025-11-03"^^xsd:date'
    assert known_from(document(FIRST, dates, "")) == "2025-11-03"
    assert known_from(document(FIRST, dates.replace("11-03", "12-31"), "")) == "2025-12-31"


def test_a_date_of_another_subject_is_not_the_document_s() -> None:
    body = 'id:call dcterms:issued "2001-01-01"^^xsd:date .\n'
    assert known_from(document(FIRST, '    dcterms:issued "2025"^^xsd:gYear', body)) == "2025-12-31"


def test_later_documents_are_not_known(repository: Repository) -> None:
    assert {path for path in seen(repository, "2025-03-31") if path.startswith(SOURCES)} == {
        FIRST,
        UNDATED,
    }
    assert SECOND in seen(repository, "2025-10-12")


def test_a_document_without_a_date_of_issue_is_known_from_the_day_it_was_read(
    repository: Repository,
) -> None:
    assert UNDATED not in seen(repository, "2025-02-02")
    assert UNDATED in seen(repository, "2025-02-03")


def test_a_document_with_no_date_at_all_is_not_known_in_the_past(repository: Repository) -> None:
    path = repository.root / UNDATED
    path.write_text(document(UNDATED, '    ehpc:weakness "No date."@en', ""), encoding="utf-8")
    assert UNDATED not in seen(repository, "2030-01-01")


def test_a_document_that_is_not_in_house_form_has_its_dates_read_all_the_same(
    repository: Repository,
) -> None:
    path = repository.root / FIRST
    text = path.read_text(encoding="utf-8").replace("<> a ", "<>  a  ").replace("    dc", "dc")
    path.write_text(text, encoding="utf-8")
    assert FIRST in seen(repository, "2024-05-01")
    assert FIRST not in seen(repository, "2024-04-30")


def test_a_correction_is_known_from_the_day_it_was_made(repository: Repository) -> None:
    assert CORRECTION not in seen(repository, "2026-01-09")
    assert CORRECTION in seen(repository, "2026-01-10")


def test_a_correction_without_its_record_hangs_in_the_air_and_goes(repository: Repository) -> None:
    path = repository.root / FIRST
    text = path.read_text(encoding="utf-8").replace("2026-01-05", "2027-06-05")
    path.write_text(text.replace('"2024-05-01"', '"2027-05-01"'), encoding="utf-8")
    files = seen(repository, "2026-12-31")
    assert FIRST not in files
    assert CORRECTION not in files


def test_things_that_only_later_documents_name_are_not_known(repository: Repository) -> None:
    before, after = seen(repository, "2025-03-31"), seen(repository, "2025-12-31")
    assert "id:example-2" not in before[REGISTER]
    assert "id:example-2" in after[REGISTER]


def test_what_no_document_names_stays_and_so_do_places(repository: Repository) -> None:
    path = repository.root / SECOND
    text = path.read_text(encoding="utf-8") + "\nid:example-2 ehpc:in id:exampleland .\n"
    path.write_text(text, encoding="utf-8")
    register = seen(repository, "2025-03-31")[REGISTER]
    assert "id:example-site a" in register
    assert "id:exampleland a" in register


def test_what_a_thing_that_stays_refers_to_stays() -> None:
    register = {"a.ttl": "id:a a ehpc:X ;\n    ehpc:in id:b .\n\nid:b a ehpc:X .\n"}
    assert known_entries(register, ["id:a"], ["id:b"]) == register
    assert known_entries(register, [], ["id:a id:b"]) == {"a.ttl": ""}


def test_what_was_taken_from_a_known_document_stays() -> None:
    register = {"a.ttl": "id:b a ehpc:X ;\n    dcterms:source <x:1> .\n"}
    assert known_entries(register, ["<> dcterms:source <x:1> ."], ["id:b"]) == register
    assert known_entries(register, ["<> dcterms:source <x:2> ."], ["id:b"]) == {"a.ttl": ""}


def test_what_is_not_in_house_form_stays_in_the_register() -> None:
    register = {"a.ttl": "id:b a ehpc:X .\nid:c a ehpc:X .\n"}
    assert known_entries(register, [], ["id:b"]) == register


def test_records_of_later_days_do_not_hold_yet(repository: Repository) -> None:
    text = seen(repository, on="2026-05-31")[FIRST]
    assert "milestone:example-1-operational-2026-06" not in text
    assert "figure:example-1-power-2024" in text
    assert "ehpc:aim" in text
    assert "milestone:example-1-operational-2026-06" in seen(repository, on="2026-06-30")[FIRST]


def test_a_period_that_is_not_over_does_not_count_yet(repository: Repository) -> None:
    assert "figure:example-1-power-2024" not in seen(repository, on="2024-12-30")[FIRST]


def test_an_accepted_correction_of_a_date_decides_when_a_milestone_holds(
    repository: Repository,
) -> None:
    path = repository.root / CORRECTION
    text = path.read_text(encoding="utf-8")
    text = text.replace("figure:example-1-power-2024", "milestone:example-1-operational-2026-06")
    text = text.replace("4.75", '"2025-12-01"^^xsd:date')
    path.write_text(text, encoding="utf-8")
    assert "milestone:example-1" in seen(repository, on="2025-12-01")[FIRST]
    proposed = text.replace("ehpc:AcceptedCorrection", "ehpc:ProposedCorrection")
    path.write_text(proposed, encoding="utf-8")
    assert "milestone:example-1" not in seen(repository, on="2025-12-01")[FIRST]


def test_both_days_together_say_what_was_believed_then_of_another_time(
    repository: Repository,
) -> None:
    files = seen(repository, as_of="2024-12-31", on="2026-12-31")
    assert SECOND not in files
    assert "milestone:example-1-operational-2026-06" in files[FIRST]


def test_what_nothing_is_left_out_of_keeps_its_bytes(repository: Repository) -> None:
    files = read_files(repository)
    assert Lens("2026-12-31", "2026-12-31").view(files, repository) == files


def test_how_many_there_should_be_is_not_asked_of_the_past(repository: Repository) -> None:
    assert "ehpc:Centre,0,2" in seen(repository, "2025-03-31")["shapes/sizes.csv"]
    assert "ehpc:Centre,1,2" in seen(repository, "2026-12-31")["shapes/sizes.csv"]


def test_the_register_of_march_2025_has_the_thirteen_factories_of_the_first_two_rounds() -> None:
    repository = find_repository(Path(__file__))
    files = Lens("2025-03-31").view(read_files(repository), repository)
    factories = files["data/register/ai-factories.ttl"].decode()
    assert factories.count(" a ehpc:AIFactory") == 13
    later = [path for path in files if "/2025-1" in path and path.startswith("data/sources")]
    assert not later


def test_stated_counts_of_march_2025_do_not_know_the_third_round() -> None:
    repository = find_repository(Path(__file__))
    question = find_question(repository, "stated-counts").bind({})
    factories = ox.NamedNode("https://w3id.org/eurohpc-kg/vocabulary/quantity/ai-factory-count")
    counts = []
    for day in ("2025-03-31", "2025-10-31"):
        files = Lens(day).view(read_files(repository), repository)
        store = ox.Store()
        for path, data in files.items():
            is_wanted = path.startswith("ontology/") or b"ai-factory-count" in data
            if path.endswith(".ttl") and is_wanted:
                file = content_file(repository, repository.root / path)
                store.extend(parse_content(data.decode(), file, path))
        rows = store.query(question, use_default_graph_as_union=True)
        is_of_factories = store.query(
            f"SELECT ?v {{ ?f <{EHPC}quantity> {factories} ; <{EHPC}value> ?v }}",
            use_default_graph_as_union=True,
        )
        known = {row[0].value for row in is_of_factories}
        stated = {cell.value for row in rows for cell in row if isinstance(cell, ox.Literal)}
        counts.append(known & stated)
    assert "13" in counts[0]
    assert "19" not in counts[0]
    assert "19" in counts[1]
