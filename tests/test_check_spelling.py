"""Misspelt names: which pairs are near, which only look so, and what settles one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.check import check
from eurohpc_kg.check.spelling import KINDS, is_slip, near_pairs
from eurohpc_kg.names import EHPC
from eurohpc_kg.repository import Repository
from small_content import make_content

ROOT = Path(__file__).parents[1]
ID = "https://w3id.org/eurohpc-kg/id/"
CLASSES = """
ehpc:University rdfs:subClassOf ehpc:ResearchOrganisation .
ehpc:ResearchOrganisation rdfs:subClassOf ehpc:Institution .
"""
PREFIXES = f"""
@prefix ehpc: <{EHPC}> .
@prefix id: <{ID}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def pairs(turtle: str) -> list[tuple[str, str]]:
    quads = ox.parse(PREFIXES + CLASSES + turtle, format=ox.RdfFormat.TURTLE)
    found = sorted(near_pairs(quads))
    return [(one.removeprefix(ID), other.removeprefix(ID)) for one, other in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("karolinna", "karolina"),
        ("karoina", "karolina"),
        ("karolima", "karolina"),
        ("kraolina", "karolina"),
        ("marenosturm", "marenostrum"),
        ("marenostrums", "marenostrvm"),
        ("universty of ljubljana", "university of ljubljana"),
        ("university of lublana", "university of lublina"),
        ("narodni superpocitacove centrum", "narodni superpocitcova centrum"),
    ],
)
def test_a_slip_is_a_letter_or_two_of_one_word(one: str, other: str) -> None:
    assert is_slip(one, other)
    assert is_slip(other, one)
    said = f'id:a a ehpc:Institution ; rdfs:label "{one}" . id:b a ehpc:Institution ; '
    assert pairs(f'{said} rdfs:label "{other}" .') == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("karolina", "karolina"),
        ("eurocc 2", "eurocc 3"),
        ("hpc5", "hpc6"),
        ("adastra", "adastra 2"),
        ("vega cpu partition", "vega gpu partition"),
        ("lumi c", "lumi g"),
        ("lynx", "lynt"),
        ("piz daint", "piz paint daint"),
        ("karolina", "karlita"),
        ("university of bonn", "university of bern"),
    ],
)
def test_what_tells_things_apart_by_design_is_none(one: str, other: str) -> None:
    assert not is_slip(one, other)
    said = f'id:a a ehpc:Institution ; rdfs:label "{one}" . id:b a ehpc:Institution ; '
    assert pairs(f'{said} rdfs:label "{other}" .') == []


def test_names_are_compared_within_a_kind_its_subclasses_included() -> None:
    text = 'id:a a ehpc:{} ; rdfs:label "Karolina" . id:b a ehpc:{} ; rdfs:label "Karolinna" .'
    assert pairs(text.format("University", "Institution")) == [("a", "b")]
    assert pairs(text.format("City", "Institution")) == []
    assert pairs(text.format("Figure", "Figure")) == []


def test_what_the_data_call_different_is_settled() -> None:
    two = (
        'id:a a ehpc:City ; rdfs:label "Bettembourg" . id:b a ehpc:City ; rdfs:label "Betembourg" .'
    )
    assert pairs(two) == [("a", "b")]
    assert pairs(two + "id:b owl:differentFrom id:a .") == []


def test_an_official_name_counts_and_accents_do_not() -> None:
    two = 'id:a a ehpc:City ; rdfs:label "Köln" , "Kölnn" . id:b a ehpc:City ; '
    two += 'ehpc:officialName "Kolnm" .'
    assert pairs(two) == [("a", "b")]


def test_a_list_is_not_compared_with_itself_but_with_what_people_keep() -> None:
    listed = (
        'id:top500-1 a ehpc:Supercomputer ; rdfs:label "Levante" . '
        'id:top500-2 a ehpc:Supercomputer ; rdfs:label "Levantte" . '
    )
    assert pairs(listed) == []
    kept = listed + 'id:z a ehpc:Supercomputer ; rdfs:label "Levente" .'
    assert pairs(kept) == [("z", "top500-1")]


def test_the_kinds_are_those_of_the_check_of_equal_names() -> None:
    text = (ROOT / "queries" / "checks" / "near-duplicate-names.rq").read_text(encoding="utf-8")
    for kind in KINDS:
        assert text.count(f" ehpc:{kind} ") == 2


def test_the_finding_names_both_and_leads_to_one(tmp_path: Path) -> None:
    make_content(tmp_path)
    path = tmp_path / "data" / "register" / "misspelt.ttl"
    path.write_text(
        PREFIXES
        + 'id:one-city a ehpc:City ; rdfs:label "Bettembourg"@en .\n'
        + 'id:two-city a ehpc:City ; rdfs:label "Betembourg"@en .\n',
        encoding="utf-8",
    )
    found = [one for one in check(Repository(tmp_path)) if one.code == "near-duplicate-spelling"]
    assert [one.subject for one in found] == ["id:one-city"]
    assert found[0].path == "data/register/misspelt.ttl"
    assert found[0].line
    assert "id:two-city" in found[0].message
    assert "owl:differentFrom" in found[0].remedy
