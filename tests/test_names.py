"""Names: CURIE and IRI are each other's inverse; folding and slugs lose what spelling may vary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.errors import InputError, UnknownNameError, UsageError
from eurohpc_kg.names import NAMESPACE, SLUG, fold, is_slug, read_prefixes, readable_slug, slug
from eurohpc_kg.repository import Repository, find_repository

PREFIXES = read_prefixes(find_repository(Path(__file__)))

local_names = st.from_regex(r"[A-Za-z0-9_]([A-Za-z0-9_.\-]{0,20}[A-Za-z0-9_\-])?", fullmatch=True)


@given(st.sampled_from(sorted(PREFIXES.namespaces)), local_names)
def test_a_curie_expanded_and_compacted_names_the_same_thing(prefix: str, local: str) -> None:
    iri = PREFIXES.expand(f"{prefix}:{local}")
    assert PREFIXES.expand(PREFIXES.compact(iri)) == iri


def test_the_longest_namespace_gives_the_curie() -> None:
    assert PREFIXES.compact(NAMESPACE + "vocabulary/sector/healthcare") == "sector:healthcare"


def test_an_iri_that_fits_no_prefix_stands_in_angle_brackets() -> None:
    assert PREFIXES.compact("urn:x") == "<urn:x>"
    assert PREFIXES.compact(NAMESPACE + "id/a/b") == f"<{NAMESPACE}id/a/b>"


@pytest.mark.parametrize("iri", ["<http://example.org/a>", "http://example.org/a", "urn:a:b"])
def test_an_absolute_iri_stays_as_it_is(iri: str) -> None:
    assert PREFIXES.expand(iri) == iri.strip("<>")


@pytest.mark.parametrize("text", ["id:a b", "id:a>b", 'id:"', "<http://a b>", "id:}"])
def test_a_character_that_no_iri_has_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="can't have"):
        PREFIXES.expand(text)


def test_an_undeclared_prefix_and_a_bare_word_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="'nope' is not declared"):
        PREFIXES.expand("nope:x")
    with pytest.raises(UnknownNameError, match="neither a CURIE nor an IRI"):
        PREFIXES.expand("lumi")


def test_a_prefix_file_without_declarations_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "prefixes.ttl").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"no sh:declare found"):
        read_prefixes(Repository(tmp_path))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zdravotnictví", "zdravotnictvi"),
        (" A  B ", "a b"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
    ],
)
def test_folding_drops_case_accents_and_doubled_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_slug_is_a_slug(text: str) -> None:
    made = slug(text)
    assert made == slug(made)
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in made)


@given(st.text() | st.text("ab0-") | st.from_regex(SLUG))
def test_what_a_slug_is_stands_in_one_pattern(text: str) -> None:
    assert is_slug(text) == (re.fullmatch(SLUG, text) is not None)


def test_the_readable_part_of_an_iri_is_its_last() -> None:
    assert readable_slug(NAMESPACE + "id/lumi") == "lumi"
    assert readable_slug(NAMESPACE + "ontology#AIFactory") == "AIFactory"
