"""The long reference checks: two ways each over the whole graph, and no difference.

They run where ``EUROHPC_KG_LONG=1`` is set, as ``.ci/run`` does; on a slice that owlrl can finish,
the closure is held against owlrl's in ``tests/reason/test_article.py``. The reference for SHACL,
pyshacl, takes about two minutes for the whole graph; over the fixtures alone, ``test_shapes.py``
holds the fast engine against it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from test_shapes import name_of, rules

from eurohpc_kg.check.content import read_all
from eurohpc_kg.check.shacl_engines import Result, validate
from eurohpc_kg.graph import assemble
from eurohpc_kg.names import EHPC
from eurohpc_kg.reason import close, closure
from eurohpc_kg.reason.encoding import EncodedRule
from eurohpc_kg.reason.engines import Engine
from eurohpc_kg.reason.memory import MemoryEngine
from eurohpc_kg.reason.sql import SqlEngine
from eurohpc_kg.repository import ROOMS, Repository, find_repository
from eurohpc_kg.sources import REGISTER_GRAPH as REGISTER
from eurohpc_kg.store import build, open_folder
from eurohpc_kg.store.runs import triples_of
from eurohpc_kg.turtle import read

LONG = os.environ.get("EUROHPC_KG_LONG", "")
pytestmark = pytest.mark.skipif(not LONG, reason="long; EUROHPC_KG_LONG=1 runs it")
ENGINES = {"memory": MemoryEngine, "sql": SqlEngine}
FIXTURES = Path(__file__).parents[1] / "shapes"
# One statement in so many is taken out, and one in so many gets the value of another.
TAKEN_OUT, CHANGED = 40, 60
RANGES = {
    f"{end}{kind}ConstraintComponent"
    for end in ("Min", "Max")
    for kind in ("Inclusive", "Exclusive")
}


@pytest.fixture(scope="module")
def asserted() -> list[ox.Quad]:
    return assemble(find_repository())


def test_both_engines_close_the_whole_graph_alike(
    asserted: list[ox.Quad], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: dict[str, set[ox.Quad]] = {}
    for name, engine in ENGINES.items():

        def chosen(rules: Sequence[EncodedRule], _size: int, engine: type = engine) -> Engine:
            made: Engine = engine(rules)
            return made

        monkeypatch.setattr(closure, "engine_for", chosen)
        closed[name] = set(close(asserted, find_repository()))
    memory, sql = closed["memory"], closed["sql"]
    assert (sorted(map(str, memory - sql)), sorted(map(str, sql - memory))) == ([], [])
    assert len(memory) > 40_000


def all_of(folder: Path) -> dict[str, object]:
    """Return what a store holds; blank nodes have other names in each."""
    texts = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".nt"}
    names = ("graphs.json", "names.tsv", "trail.json")
    texts |= {name: (folder / name).read_bytes() for name in names}
    quads = {str(quad) for quad in open_folder(folder)}
    return {**texts, "quads": {quad for quad in quads if "_:" not in quad}, "count": len(quads)}


def test_a_store_made_from_the_last_one_is_that_of_a_build_from_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ROOMS:
        shutil.copytree(find_repository().root / room, tmp_path / "content" / room)
    content = Repository(tmp_path / "content")
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    build(content)
    (edition,) = (content.sources / "top500").glob("2010-06-*.ttl")
    text = edition.read_text(encoding="utf-8")
    text = re.sub(r"(ehpc:rmax \d+\.\d+) ;", r"\g<1>1 ;", text)
    edition.write_text(text, encoding="utf-8")
    for document in sorted(content.sources.glob("*/2024-03-18-*.ttl"))[:1]:
        document.unlink()
    said: list[str] = []
    followed = all_of(build(content, say=said.append))
    assert "statements came or went" in said[-1]
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "another"))
    assert followed == all_of(build(content))


def spoiled(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    """Return the graph with faults all over: statements missing, and values in wrong places."""
    found = []
    for number, quad in enumerate(quads):
        if number % TAKEN_OUT == 0:
            continue
        value = quad.object
        if number % CHANGED == 0:
            other = quads[(number * 7 + 13) % len(quads)].object
            # A blank node has another name in each engine.
            value = value if isinstance(other, ox.BlankNode) else other
        found.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    return found


def fixtures() -> list[ox.Quad]:
    """Return what the shapes' fixtures say, sound and broken: every rule trips on one of them."""
    return [quad for path in sorted(FIXTURES.glob("**/*.ttl")) for quad in read(path, REGISTER)]


# What is added to the whole graph or done to it, and how many results there are at least.
SPOILING = {
    "with every fixture": (lambda quads: [*quads, *fixtures()], 500),
    "with faults all over": (spoiled, 4_000),
}


@pytest.mark.parametrize("name", SPOILING)
def test_both_shacl_engines_say_the_same_of_the_whole_graph(name: str) -> None:
    content = read_all(find_repository())
    spoil, least = SPOILING[name]
    data, shapes = spoil(list(content.data())), list(content.shapes())
    found: dict[str, set[Result]] = {
        engine: validate(triples_of(data), triples_of(shapes), engine)
        for engine in ("fast", "reference")
    }
    fast, reference = found["fast"], found["reference"]
    more = {result for result in fast - reference if not compares_what_has_no_order(result, data)}
    assert (sorted(more)[:20], sorted(reference - fast)[:20]) == ([], [])
    assert len(fast) >= least
    if name == "with every fixture":
        assert {name_of(result) for result in reference} == set(rules())


def compares_what_has_no_order(result: Result, data: Sequence[ox.Quad]) -> bool:
    """Tell whether the result is one of the kind that pyshacl passes over: a number and a value
    that is none have no order, so SHACL (4.4 and 4.5.4) asks for a result; rdflib, and so pyshacl,
    orders them by the IRIs of their datatypes.
    """
    if result.component in RANGES:  # all of ours are ranges of numbers
        return not any(f"#{name}>" in result.value for name in ("decimal", "integer", "double"))
    if (result.path, result.component) != (EHPC + "rmax", "LessThanOrEqualsConstraintComponent"):
        return False
    others = [
        str(quad.object)
        for quad in data
        if quad.predicate.value == EHPC + "rpeak" and str(quad.subject) == result.focus
    ]
    return any(("#decimal>" in other) != ("#decimal>" in result.value) for other in others)
