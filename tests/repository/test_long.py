"""The long reference checks: two engines each over the graph, and no difference.

They run where ``EUROHPC_KG_LONG=1`` is set, as ``.ci/run`` does; on a slice that owlrl can finish,
the closure is held against owlrl's in ``tests/reason/test_article.py``. The reference for SHACL,
pyshacl, is held against the fast engine over every fixture in ``test_shapes.py``; the whole graph
takes it many minutes, so that ``EUROHPC_KG_LONG=whole`` must be set for that.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pyoxigraph as ox
import pytest

from eurohpc_kg.check.content import read_all
from eurohpc_kg.check.shapes import Result, validate
from eurohpc_kg.graph import assemble
from eurohpc_kg.reason import close, closure
from eurohpc_kg.reason.encoding import EncodedRule
from eurohpc_kg.reason.engines import Engine
from eurohpc_kg.reason.memory import MemoryEngine
from eurohpc_kg.reason.sql import SqlEngine
from eurohpc_kg.repository import find_repository

LONG = os.environ.get("EUROHPC_KG_LONG", "")
pytestmark = pytest.mark.skipif(not LONG, reason="long; EUROHPC_KG_LONG=1 runs it")
ENGINES = {"memory": MemoryEngine, "sql": SqlEngine}
# One statement in so many is taken out, and one in so many gets the value of another.
TAKEN_OUT, CHANGED = 40, 60


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
    assert len(memory) > 50_000


def spoiled(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    """Return the graph with faults all over: statements missing, and values in wrong places."""
    found = []
    for number, quad in enumerate(quads):
        if number % TAKEN_OUT == 0:
            continue
        value = quad.object
        if number % CHANGED == 0:
            value = quads[(number * 7 + 13) % len(quads)].object
        found.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    return found


@pytest.mark.skipif(LONG != "whole", reason="many minutes; EUROHPC_KG_LONG=whole runs it")
def test_both_shacl_engines_find_the_same_in_a_graph_with_faults_all_over() -> None:
    content = read_all(find_repository())
    data = spoiled(list(content.data()))
    found: dict[str, set[Result]] = {
        engine: validate(data, content.shapes(), engine) for engine in ("fast", "reference")
    }
    fast, reference = found["fast"], found["reference"]
    assert (sorted(fast - reference)[:20], sorted(reference - fast)[:20]) == ([], [])
    assert len(fast) > 500
