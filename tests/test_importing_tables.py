"""What notes, dates, documents and things become: the small readers of the importer."""

from __future__ import annotations

import pytest

from eurohpc_kg.importing.facts.dates import is_later, read_date
from eurohpc_kg.importing.facts.documents import (
    Known,
    document_key,
    publisher_of,
    read_library,
    read_publishers,
)
from eurohpc_kg.importing.facts.mapping import meaning_of, read_rules, rule_for, unit_for
from eurohpc_kg.importing.facts.notes import Note, read_note
from eurohpc_kg.importing.facts.sheets import Fact, Source
from eurohpc_kg.importing.facts.things import kept, kinds_of, with_kept_slugs
from eurohpc_kg.importing.facts.vocabulary import read_vocabulary
from eurohpc_kg.names import EHPC, read_prefixes
from eurohpc_kg.repository import find_repository

REPOSITORY = find_repository()


def _source(id: str, **cells: str) -> Source:
    row = {
        "url": f"https://www.example.org/{id}",
        "title": "Example opens",
        "publisher": "Example Centre",
        "published": "2026-03-02",
        "kind": "primary",
        "note": "",
        **cells,
    }
    return Source(id, **row)


def _fact(entity: str, kind: str, property: str, value: str) -> Fact:
    return Fact(entity, kind, property, value, "", "", ("a",), "")


@pytest.mark.parametrize(
    ("note", "read"),
    [
        ("", Note()),
        ("planned, more than", Note("basis:planned", "bound:at-least")),
        (
            "up to, over five years; purchaser, not a host",
            Note(bound="bound:at-most", scope="over five years"),
        ),
        ("period 2018-2020; around", Note(bound="bound:about", period="2018-2020")),
        ("whole AI Factory", Note(scope="whole AI Factory")),
        ("conflicts with 76", Note()),
        ("up to 50 percent", Note()),
        ("approx. target, SRV contract", Note("basis:planned", "bound:about")),
        ("until 2025", Note(period="until 2025")),
        ("stated as over 4200 since early 2025", Note("", "bound:at-least", "since early 2025")),
        (
            "planned: second half of 2027",
            Note("basis:planned", date_text="second half of the year"),
        ),
        ("date of the press release", Note(date_text="date of the press release")),
    ],
)
def test_a_note_gives_basis_bound_period_scope_and_words_of_a_date(note: str, read: Note) -> None:
    assert read_note(note) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2025-10-12", ("2025-10-12", "")),
        ("2026 first half", ("2026", "first half")),
        ("mid-2025", ("2025", "mid")),
        ("2021-2027", None),
        ("2025-02-30", None),
        ("soon", None),
    ],
)
def test_a_date_cell_gives_a_date_and_words(cell: str, read: tuple[str, str] | None) -> None:
    assert read_date(cell) == read


def test_dates_of_unlike_precision_compare_by_what_both_have() -> None:
    assert is_later("2027", "2026-11-25")
    assert not is_later("2026", "2026-11-25")
    assert not is_later("2026-11", "2026")


def test_a_document_is_named_by_publisher_date_and_title() -> None:
    library = read_library({"a": _source("a")}, {})
    assert library.documents["a"].place == "example-centre/2026-03-02-example-opens.ttl"


def test_an_undated_document_says_so_in_its_name() -> None:
    library = read_library({"a": _source("a", published="")}, {})
    assert library.documents["a"].place == "example-centre/undated-example-opens.ttl"


def test_two_ids_of_one_address_are_one_document() -> None:
    rows = {"a": _source("a"), "b": _source("b", url="https://www.example.org/a")}
    library = read_library(rows, {})
    assert library.documents["a"] is library.documents["b"]


def test_two_documents_with_one_name_get_numbers() -> None:
    library = read_library({"a": _source("a"), "b": _source("b")}, {})
    assert library.documents["b"].place.endswith("example-opens-2.ttl")


def test_a_document_that_has_a_file_keeps_its_name_and_date() -> None:
    known = Known("https://w3id.org/eurohpc-kg/source/x/1999-y", "1999")
    existing = {document_key("https://www.example.org/a", ""): known}
    document = read_library({"a": _source("a", published="")}, existing).documents["a"]
    assert (document.place, document.issued) == ("x/1999-y.ttl", "1999")


def test_documents_of_a_bare_repository_differ_by_their_titles() -> None:
    address = "https://github.com/a/b/"
    assert document_key(address, "one") != document_key(address, "two")


def test_a_page_that_was_not_seen_gives_its_claims_to_the_document_that_quotes_it() -> None:
    rows = {
        "review": _source("review", kind="secondary"),
        "page": _source("page", note="page itself not seen; quoted in review"),
    }
    found = read_library(rows, {}).documents_of(["review", "page"])
    ((document, quotes),) = found.values()
    assert document.address.endswith("/review")
    assert quotes == ("https://www.example.org/page",)


def test_a_source_without_an_address_of_its_own_is_no_document() -> None:
    library = read_library({"a": _source("a", kind="unlocated")}, {})
    assert library.documents_of(["a"]) == {}


def test_a_publisher_of_the_table_has_the_slug_of_the_register() -> None:
    assert publisher_of("EuroHPC JU", read_publishers()).slug == "eurohpc-ju"
    assert publisher_of("New Paper (after dpa)", read_publishers()).slug == "new-paper"


def test_no_publisher_is_a_person() -> None:
    assert publisher_of("Glenn K. Lockwood", read_publishers()).slug == "independent-website"


def test_merged_slugs_are_replaced_where_they_name_a_thing() -> None:
    assert kept("bmbf") == "bmftr"
    facts = [_fact("bmbf", "Institution", "name", "x"), _fact("q", "Project", "funder", "bmbf")]
    renamed = with_kept_slugs(facts, frozenset({"bmftr", "q"}))
    assert [(fact.entity, fact.value) for fact in renamed] == [("q", "bmftr"), ("bmftr", "x")]


def test_the_class_of_an_institution_follows_from_its_own_row() -> None:
    facts = [
        _fact("x", "Institution", "name", "X"),
        _fact("x", "Institution", "institution_type", "university"),
    ]
    kind = kinds_of(facts)["x"]
    assert (kind.own, kind.stated, kind.file) == ("University", "Institution", "universities")


def test_the_rule_of_a_type_goes_before_the_rule_of_all() -> None:
    rules = read_rules(read_prefixes(REPOSITORY))
    special, general = (rule_for(rules, "city", kind) for kind in ("Supercomputer", "City"))
    assert special is not None
    assert general is not None
    assert (special.kind, general.kind) == ("place", "location")
    assert rule_for(rules, "shoe_size", "Supercomputer") is None


def test_a_value_is_read_with_its_note() -> None:
    with_note = meaning_of("sector", "sector", "energy", "green energy")
    alone = meaning_of("sector", "sector", "energy", "")
    assert with_note is not None
    assert alone is not None
    assert with_note.results == ("sector:green-energy",)
    assert alone.results == ("sector:energy",)
    assert meaning_of("sector", "sector", "alchemy", "") is None
    assert meaning_of("figure", "physical_qubits", "not published", "") is not None


def test_a_unit_of_the_sheets_has_a_concept() -> None:
    assert unit_for("EUR") == ("unit:euro", "1")
    assert unit_for("furlong") is None


def test_the_vocabulary_knows_concepts_by_slug_and_by_label() -> None:
    vocabulary = read_vocabulary(REPOSITORY)
    by_slug = vocabulary.concept("sector", "digital-health")
    assert by_slug is not None
    assert by_slug == vocabulary.concept("sector", "Digital Health")
    assert vocabulary.concept("sector", "alchemy") is None


def test_the_vocabulary_knows_what_a_property_may_relate() -> None:
    vocabulary = read_vocabulary(REPOSITORY)
    assert vocabulary.admits(EHPC + "fundedUnder", EHPC + "Programme")
    assert not vocabulary.admits(EHPC + "fundedUnder", EHPC + "University")
    assert vocabulary.admits(EHPC + "hostedBy", EHPC + "University")
