"""The file of all names: the plain form, look-ups by halving, likeness, and what a build writes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg import load
from eurohpc_kg.labels import Names
from eurohpc_kg.names import EHPC, NAMESPACE, Prefixes, fold
from eurohpc_kg.store.spellings import (
    FILE,
    REASONS,
    Spelling,
    names_in,
    plain,
    read_spellings,
    spellings_of,
    write_spellings,
)

ID = "https://w3id.org/eurohpc-kg/id/"
GREECE, SOFIA, SYSTEM = f"{ID}greece", f"{ID}sofia", f"{ID}top500-system-1"
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
SAID = [
    Spelling(GREECE, "Greece", "label"),
    Spelling(GREECE, "Ελλάδα", "label"),
    Spelling(GREECE, "greece", "slug"),
    Spelling(GREECE, "GR", "identifier"),
    Spelling(SOFIA, "Sofia", "label"),
    Spelling(SYSTEM, "sofia", "former name"),
    Spelling(SYSTEM, "Sofia", "former name"),
]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("  MeluXina_AI ", "meluxina ai"),
        ("Zdravotnictví", "zdravotnictvi"),
        ("Jülich, JUPITER", "julich jupiter"),
        ("ΕΛΛΆΔΑ", "ellada"),
        ("Ευρωπαϊκή Ένωση", "evropaiki enosi"),
        ("Κύπρος", "kypros"),
        ("София", "sofia"),
        ("Гърция", "gartsia"),
        ("Србија", "srbija"),
        ("Κύπρος / Сърбия", "kypros sarbia"),
        ("日本", "日本"),
        ("…", ""),
    ],
)
def test_the_plain_form_has_no_case_no_accents_and_latin_letters(text: str, form: str) -> None:
    assert plain(text) == form


@given(st.text())
def test_the_plain_form_of_a_plain_form_is_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_spellings_that_fold_to_the_same_are_plain_the_same(text: str) -> None:
    assert plain(fold(text)) == plain(text)


def said(names: list[Spelling]) -> list[tuple[str, str, str]]:
    return [(one.iri, one.name, one.reason) for one in names]


def test_a_name_is_found_in_any_script_with_the_strongest_reason_first() -> None:
    names = spellings_of(said(SAID))
    assert [one.name for one in names.like("ellada")] == ["Ελλάδα"]
    assert [(one.iri, one.reason) for one in names.like("СОФИЯ")] == [
        (SOFIA, "label"),
        (SYSTEM, "former name"),
        (SYSTEM, "former name"),
    ]
    assert names.like("Sof") == names.like("") == []


def test_of_two_reasons_for_one_name_the_stronger_counts() -> None:
    twice = [Spelling(SOFIA, "Sofia", reason) for reason in reversed(REASONS)]
    assert spellings_of(said(twice)).like("sofia") == [Spelling(SOFIA, "Sofia", "label")]


@given(
    st.lists(
        st.builds(Spelling, st.just(SOFIA), st.text(max_size=4), st.sampled_from(REASONS)),
        max_size=30,
    ),
    st.text(max_size=4),
)
def test_every_name_is_found_and_nothing_else(names: list[Spelling], other: str) -> None:
    found = spellings_of(said(names))
    for text in [*(one.name for one in names), other]:
        expected = {" ".join(one.name.split()) for one in names if plain(one.name) == plain(text)}
        assert {one.name for one in found.like(text)} == (expected if plain(text) else set())


def test_likeness_finds_a_slip_and_never_an_identifier() -> None:
    names = spellings_of(said(SAID))
    assert next(names.near("Grece"))[1].iri == GREECE
    assert {one.iri for _, one in names.near("sofja")} == {SOFIA, SYSTEM}
    assert not [one for _, one in names.near("GR") if one.reason == "identifier"]
    assert list(names.near("xyz")) == list(names.near("")) == []
    scores = [score for score, _ in names.near("Grece")]
    assert scores == sorted(scores, reverse=True)


def test_an_axiom_is_found_by_its_name_and_not_by_what_is_like_it() -> None:
    axiom = Spelling(f"{NAMESPACE}axiom/disjoint", "Nothing is both", "label")
    names = spellings_of(said([axiom]))
    assert names.like("nothing is both") == [axiom]
    assert not list(names.near("nothing is"))


def test_the_names_in_quads_are_labels_identifiers_and_slugs() -> None:
    kind = ox.NamedNode(EHPC + "rorIdentifier")
    graph = ox.NamedNode("urn:graph")
    part = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
    quads = [
        ox.Quad(ox.NamedNode(SOFIA), kind, ox.Literal("01abc"), graph),
        ox.Quad(ox.NamedNode(SOFIA), LABEL, ox.Literal("Sofia", language="en"), graph),
        ox.Quad(ox.BlankNode(), LABEL, ox.Literal("nothing"), graph),
        ox.Quad(kind, part, ox.NamedNode(EHPC + "identifier"), graph),
    ]
    assert set(names_in(quads)) == {
        (SOFIA, "01abc", "identifier"),
        (SOFIA, "sofia", "slug"),
        (SOFIA, "Sofia", "label"),
    }


def test_a_file_is_read_as_it_was_written_and_may_be_missing(tmp_path: Path) -> None:
    assert read_spellings(tmp_path) is None
    quad = ox.Quad(ox.NamedNode(SOFIA), LABEL, ox.Literal("So\tfia\n"), ox.NamedNode("urn:g"))
    write_spellings(tmp_path, [quad])
    names = read_spellings(tmp_path)
    assert names is not None
    assert [one.name for _, one in names] == ["So fia", "sofia"]
    assert (tmp_path / FILE).read_bytes().endswith(b"\n")


@pytest.fixture(scope="module")
def names() -> Names:
    return load().names


@pytest.mark.parametrize(
    ("text", "slug", "reason"),
    [
        ("LUMI", "lumi", "label"),
        ("ΕΛΛΑΔΑ", "greece", "label"),
        ("ellada", "greece", "label"),
        ("София", "sofia", "label"),
        ("suomi", "finland", "label"),
        ("jupiter ai-factory", "jaif", "label"),
        ("https://ror.org/05sd8tv96", "bsc", "outside identifier"),
        ("05SD8TV96", "bsc", "identifier"),
        ("fra", "france", "identifier"),
    ],
)
def test_a_thing_of_the_graph_is_found_and_it_is_said_why(
    names: Names, text: str, slug: str, reason: str
) -> None:
    match = names.find(text)
    assert (match.node.value, match.reason) == (ID + slug, reason)


def test_the_file_beside_the_store_says_what_the_store_says(names: Names) -> None:
    without = Names(names.store, names.prefixes)
    assert set(without._names("")) == set(names._names(""))


def test_names_of_no_folder_are_read_from_the_graph() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(SOFIA), LABEL, ox.Literal("София", language="bg")))
    store.add(
        ox.Quad(
            ox.NamedNode(SOFIA), LABEL, ox.Literal("Sofia", language="en"), ox.NamedNode("urn:g")
        )
    )
    found = Names(store, Prefixes({})).find("SOFIA")
    assert (found.node.value, found.reason) == (SOFIA, "label")


def test_the_index_of_later_searches_finds_what_the_first_ones_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = ["Grece", "sofja", "GR", "Σοφια", "top 500 system"]
    first = [list(spellings_of(said(SAID)).near(text)) for text in texts]
    monkeypatch.setattr("eurohpc_kg.store.spellings._MOST_SCANS", 0)
    assert [list(spellings_of(said(SAID)).near(text)) for text in texts] == first
