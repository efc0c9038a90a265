"""The SHACL engines: which is taken, and what is said where one is missing."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from eurohpc_kg.check.places import terms
from eurohpc_kg.check.shacl_engines import ENGINES, PROVEN, Result, fast_is_proven, validate
from eurohpc_kg.errors import InputError, MissingDependencyError
from eurohpc_kg.store.runs import triples_of

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<x:Thing> a sh:NodeShape ; sh:targetClass <x:C> ; sh:property <x:Thing-p> .
<x:Thing-p> a sh:PropertyShape ; sh:path <x:p> ; sh:datatype xsd:date ; sh:minCount 1 ;
    sh:severity sh:Warning ; sh:message "Write a date."@en .
"""
XSD = "http://www.w3.org/2001/XMLSchema#"


def run(data: str, engine: str = "", shapes: str = SHAPES) -> set[Result]:
    texts = (
        parse(text.encode(), format=RdfFormat.TURTLE, base_iri="x:base") for text in (data, shapes)
    )
    return validate(*map(triples_of, texts), engine)


def result(value: str, component: str) -> Result:
    return Result(
        shape="x:Thing-p",
        focus="<x:a>",
        path="x:p",
        value=value,
        component=f"{component}ConstraintComponent",
        severity="Warning",
        message="Write a date.",
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", result("", "MinCount")),
        ('<x:p> "2026"', result('"2026"', "Datatype")),
        ('<x:p> "2026"@en', result('"2026"@en', "Datatype")),
        ('<x:p> "a \\"b\\"\\nc \\\\ é"', result('"a \\"b\\"\\nc \\\\ é"', "Datatype")),
        (
            f'<x:p> "2026-13-40"^^<{XSD}date>',
            result(f'"2026-13-40"^^<{XSD}date>', "Datatype"),
        ),
        ("<x:p> 12.50", result(f'"12.50"^^<{XSD}decimal>', "Datatype")),
        ("<x:p> <x:b>", result("<x:b>", "Datatype")),
    ],
)
def test_a_result_keeps_the_value_as_it_was_written(engine: str, value: str, found: Result) -> None:
    data = f"<x:a> a <x:C> {';' if value else ''} {value} ."
    assert run(data, engine) == {found}


@pytest.mark.parametrize("engine", ENGINES)
def test_what_conforms_gives_no_result(engine: str) -> None:
    assert run(f'<x:a> a <x:C> ; <x:p> "2026-03-02"^^<{XSD}date> .', engine) == set()


@pytest.mark.parametrize("engine", ENGINES)
def test_shapes_that_are_none_are_refused(engine: str) -> None:
    with pytest.raises(InputError, match="can't be used"):
        run("<x:a> a <x:C> .", engine, SHAPES.replace("sh:minCount 1", 'sh:minCount "one"'))


def test_the_fast_engine_is_taken_where_a_proven_release_is_installed() -> None:
    assert fast_is_proven()


def test_another_release_of_it_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    unproven = ModuleType("shacl")
    unproven.__version__ = "99.0"  # type: ignore[attr-defined]
    assert "99.0" not in PROVEN
    monkeypatch.setitem(sys.modules, "shacl", unproven)
    assert not fast_is_proven()


def test_without_it_the_reference_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    assert not fast_is_proven()
    assert run("<x:a> a <x:C> .") == {result("", "MinCount")}
    with pytest.raises(MissingDependencyError, match="not installed"):
        run("<x:a> a <x:C> .", "fast")


def test_terms_are_read_back_in_order() -> None:
    assert [term.value for term in terms(["<x:a>", '"b"@en', '"c"']) if term] == ["x:a", "b", "c"]
    assert terms(["<x:a>"]) == [NamedNode("x:a")]
    assert terms([]) == []
