"""The shapes: each rule explains itself, has fixtures, and trips on exactly what it is for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from eurohpc_kg.check.content import read_all
from eurohpc_kg.check.shacl_engines import Result, validate
from eurohpc_kg.check.shapes import SHAPE
from eurohpc_kg.names import EHPC
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import content_files, read_content
from eurohpc_kg.store.runs import triples_of
from eurohpc_kg.turtle import read

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "shapes"
SH = "http://www.w3.org/ns/shacl#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
GRAPH = NamedNode("https://w3id.org/eurohpc-kg/graph/register")
IMPERATIVES = ("Add", "Compare", "Correct", "Give", "Keep", "Look", "Name", "Put", "Say", "Write")
# Shapes that others refer to; they report nothing themselves.
HELPERS = {"English", "NamedThing", "NamedThing-label"}

ALL = sorted(FIXTURES.glob("*/*.ttl"))
VALID = [path for path in ALL if path.name.startswith("valid-")]
INVALID = [path for path in ALL if path.name.startswith("invalid-")]


def case(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def trips(path: Path) -> str:
    """Return the shape that the header of an invalid fixture names."""
    match = re.match(r"# trips: shape:(\S+)\n", path.read_text(encoding="utf-8"))
    assert match, f"{path} starts with a line like '# trips: shape:Figure-asOf'"
    return match[1]


@cache
def fixture(path: Path) -> tuple[Quad, ...]:
    return tuple(read(path, GRAPH))


@cache
def hierarchy_and_context() -> tuple[Quad, ...]:
    """Return which class is below which, from the ontology, and what the fixtures refer to."""
    quads = [quad for path in (ROOT / "ontology").glob("*.ttl") for quad in read(path, GRAPH)]
    return (
        *(quad for quad in quads if quad.predicate == SUBCLASS),
        *fixture(FIXTURES / "context.ttl"),
    )


@cache
def shapes() -> tuple[Quad, ...]:
    return tuple(read_all(Repository(ROOT)).shapes())


@cache
def shape_values(name: str, predicate: str) -> tuple[str, ...]:
    subject = NamedNode(SHAPE + name)
    return tuple(
        q.object.value  # type: ignore[union-attr]
        for q in shapes()
        if q.subject == subject and q.predicate.value == SH + predicate
    )


@cache
def rules() -> tuple[str, ...]:
    """Return the names of all shapes that can report: with a path or a constraint of their own."""
    kinds = (SH + "PropertyShape", SH + "NodeShape")
    names = {
        q.subject.value.removeprefix(SHAPE)  # type: ignore[union-attr]
        for q in shapes()
        if getattr(q.object, "value", "") in kinds and isinstance(q.subject, NamedNode)
    }
    own = ("path", "pattern", "or")
    return tuple(sorted(n for n in names - HELPERS if any(shape_values(n, p) for p in own)))


def name_of(result: Result) -> str:
    return result.shape.removeprefix(SHAPE)


@pytest.mark.parametrize("path", sorted((ROOT / "shapes").glob("*.ttl")), ids=lambda p: p.stem)
def test_a_file_holds_the_shape_of_its_name_and_what_belongs_to_it(path: Path) -> None:
    names = {
        q.subject.value.removeprefix(SHAPE)
        for q in read(path, GRAPH)
        if isinstance(q.subject, NamedNode)
    }
    assert path.stem in names
    belonging = {name for name in names if name.split("-")[0] == path.stem}
    assert names - belonging <= HELPERS


def test_every_class_that_has_instances_has_a_shape() -> None:
    content = content_files(Repository(ROOT))
    kinds = {
        quad.object.value.removeprefix(EHPC)  # type: ignore[union-attr]
        for file in content
        if not file.path.name.startswith("top500-")
        for quad in read_content(Repository(ROOT), file)
        if quad.predicate == TYPE and str(quad.object).startswith(f"<{EHPC}")
    }
    assert len(kinds) > 50
    assert {kind for kind in kinds if not (ROOT / "shapes" / f"{kind}.ttl").is_file()} == set()


@pytest.mark.parametrize("name", rules())
def test_a_rule_says_why_and_what_to_write_and_how_grave_it_is(name: str) -> None:
    (why,) = shape_values(name, "description")
    (message,) = shape_values(name, "message")
    (severity,) = shape_values(name, "severity")
    assert why.endswith(".")
    assert message.endswith((".", ")."))
    assert re.split(r"\W", message)[0] in IMPERATIVES, f"{message!r} starts with an imperative"
    assert severity.removeprefix(SH) in ("Violation", "Warning", "Info")


@pytest.mark.parametrize("name", rules())
def test_a_rule_has_an_invalid_fixture(name: str) -> None:
    assert any(trips(path) == name for path in INVALID)


@pytest.mark.parametrize("name", [n for n in rules() if shape_values(n, "path")])
def test_a_rule_has_a_valid_fixture_with_a_value_to_judge(name: str) -> None:
    (path,) = shape_values(name, "path")
    folder = FIXTURES / name.split("-")[0]
    values = [q for f in folder.glob("valid-*.ttl") for q in fixture(f)]
    assert any(quad.predicate.value == path for quad in values)


@cache
def results(engine: str) -> frozenset[Result]:
    """Validate all fixtures at once: each has its own things, so none changes another's result."""
    data = (*hierarchy_and_context(), *(quad for path in ALL for quad in fixture(path)))
    return frozenset(validate(triples_of(data), triples_of(shapes()), engine))


def tripped(path: Path) -> set[str]:
    here = {str(quad.subject) for quad in fixture(path)}
    return {name_of(result) for result in results("fast") if result.focus in here}


@pytest.mark.parametrize("path", VALID, ids=case)
def test_a_valid_fixture_conforms(path: Path) -> None:
    assert tripped(path) == set()


@pytest.mark.parametrize("path", INVALID, ids=case)
def test_an_invalid_fixture_trips_the_shape_it_names_and_no_other(path: Path) -> None:
    assert tripped(path) == {trips(path)}


def test_fixtures_share_no_thing() -> None:
    owners = [(str(s), path) for path in ALL for s in {quad.subject for quad in fixture(path)}]
    assert len({subject for subject, _ in owners}) == len(owners)


def test_both_engines_say_the_same_of_every_fixture() -> None:
    assert results("fast") == results("reference")
    assert {name_of(result) for result in results("reference")} == set(rules())


def test_a_subclass_is_held_to_the_shape_of_its_class() -> None:
    university = NamedNode("https://w3id.org/eurohpc-kg/id/nameless")
    data = (*hierarchy_and_context(), Quad(university, TYPE, NamedNode(EHPC + "University"), GRAPH))
    found = validate(triples_of(data), triples_of(shapes()), "fast")
    names = {name_of(result) for result in found}
    assert {"Thing-englishLabel", "University-rorIdentifier"} <= names
