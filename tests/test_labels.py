"""Names to things and back, on a small graph; nothing is taken on likeness alone."""

from __future__ import annotations

from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import SOURCE, graph_of, make_asking
from eurohpc_kg.errors import AmbiguousNameError, UnknownNameError, UsageError
from eurohpc_kg.labels import LONGEST_NAME, MOST_CANDIDATES, Names
from eurohpc_kg.names import NAMESPACE

ID = NAMESPACE + "id/"
CENTRE = NAMESPACE + "ontology#Centre"
DOCUMENT = NAMESPACE + "ontology#SourceDocument"
SECTOR = NAMESPACE + "vocabulary/sector"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    return graph_of(make_asking(tmp_path_factory.mktemp("content"))).names


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ID + "north", "address"),
        ("id:north", "address"),
        (f"<{ID}north>", "address"),
        ("north", "slug"),
        ("North Centre", "label"),
        ("  North   Centre ", "label"),
        ("Severní centrum", "label"),
        ("severni centrum", "label"),
        ("NORTH-CENTRE", "label"),
        ("https://ror.org/00abc0de1", "outside identifier"),
        ("00abc0de1", "identifier"),
    ],
)
def test_a_thing_is_found_by_each_of_its_names(names: Names, text: str, reason: str) -> None:
    found = names.find(text)
    assert (found.node.value, found.reason) == (ID + "north", reason)


@pytest.mark.parametrize("text", ["zdravotnictví", "Zdravotnictvi", "HEALTH CARE", "healthcare"])
def test_a_concept_is_found_in_any_language_within_its_scheme(names: Names, text: str) -> None:
    assert names.find(text, SECTOR).node.value == SECTOR + "/healthcare"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("example-centre 2026-03-02", "publisher and date"),
        ("Example Centre 2026-03-02", "publisher and date"),
        ("example-centre/2026-03-02-example-1-inaugurated", "slug"),
    ],
)
def test_a_document_is_found_as_tables_show_it(names: Names, text: str, reason: str) -> None:
    found = names.find(text, DOCUMENT)
    assert (found.node.value, found.reason) == (SOURCE, reason)


def test_two_things_of_one_name_are_both_named(names: Names) -> None:
    with pytest.raises(AmbiguousNameError, match="'nc' is the name of 2 things") as error:
        names.find("nc")
    assert error.value.candidates == ("North Centre (id:north)", "South Centre (id:south)")


def test_an_unknown_name_gets_the_nearest(names: Names) -> None:
    with pytest.raises(UnknownNameError, match="no thing has the name 'Nort Center'") as error:
        names.find("Nort Center")
    assert error.value.candidates[0] == "North Centre (id:north)"
    assert len(error.value.candidates) <= MOST_CANDIDATES


def test_a_name_like_none_gets_the_way_to_the_search(names: Names) -> None:
    with pytest.raises(UnknownNameError) as error:
        names.find("qqqqzzzz")
    assert error.value.candidates == ()
    assert "search-by-name" in error.value.remedy


def test_a_thing_of_another_kind_is_not_taken(names: Names) -> None:
    with pytest.raises(UnknownNameError, match="no centre has the name 'LUMI'"):
        names.find("LUMI", CENTRE)
    with pytest.raises(UnknownNameError, match="id:lumi is no centre"):
        names.find("id:lumi", CENTRE)
    with pytest.raises(UnknownNameError, match="is none of the sector"):
        names.find("astrology", SECTOR)


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST_NAME + 1)])
def test_a_name_has_one_to_a_thousand_characters(names: Names, text: str) -> None:
    with pytest.raises(UsageError, match=r"name (is empty|has 1,001 characters)"):
        names.find(text)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_found_or_refused_in_words(names: Names, text: str) -> None:
    with suppress(UsageError):
        assert names.belongs(names.find(text).node, "")


def test_a_thing_is_called_by_its_label_in_the_language_asked_for(names: Names) -> None:
    north = ox.NamedNode(ID + "north")
    assert names.label(north) == "North Centre"
    assert names.label(north, "cs") == "Severní centrum"
    assert names.label(north) == names.label(north, "fi") == "North Centre"


def test_what_has_no_label_is_called_by_its_curie(names: Names) -> None:
    assert names.label(ox.NamedNode(ID + "nobody")) == "id:nobody"


def test_a_document_is_called_by_its_title(names: Names) -> None:
    assert names.label(ox.NamedNode(SOURCE)) == "Example-1 is inaugurated"
