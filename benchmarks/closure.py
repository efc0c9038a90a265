"""The OWL 2 RL closure: our two engines side by side, and owlrl on what it can finish.

CPU seconds of closing the asserted triples (parsed already), the median of runs in turn. The real
graph is cut or repeated under other names to each size; the ontology is always whole.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import owlrl
import pyoxigraph as ox
import rdflib

import eurohpc_kg.reason.closure as closure_module
from benchmarks.measure import table
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.reason.axioms import is_axiom
from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.encoding import EncodedRule
from eurohpc_kg.reason.engines import Engine
from eurohpc_kg.reason.memory import MemoryEngine
from eurohpc_kg.reason.sql import SqlEngine
from eurohpc_kg.repository import find_repository
from eurohpc_kg.sources import ONTOLOGY_GRAPH, SHAPES_GRAPH, content_files, read_content

SIZES = (10_000, 50_000, 100_000, 300_000)
OWLRL_SIZES = (1_000, 2_000)
RUNS = 3
RECORDS = tuple(NAMESPACE + part for part in ("id/", "entry/", "figure/", "milestone/", "report/"))


def main() -> str:
    """Return a table: a row a size, engines beside each other."""
    quads = [q for f in content_files(find_repository(Path(__file__))) for q in _read(f)]
    axioms = [q for q in quads if is_axiom(ox.Triple(q.subject, q.predicate, q.object))]
    schema = [q for q in quads if q.graph_name == ONTOLOGY_GRAPH]
    data = [q for q in quads if q.graph_name not in (ONTOLOGY_GRAPH, SHAPES_GRAPH)]
    rows = []
    for size in OWLRL_SIZES:
        graph = [*axioms, *_sized(data, size)]
        times = _in_turn({"memory": lambda g=graph: _close(g, MemoryEngine),
                          "owlrl": lambda g=graph: _owlrl(g)}, 1)  # fmt: skip
        rows.append(_row(len(graph), times))
    for size in SIZES:
        graph = [*schema, *_sized(data, size - len(schema))]
        times = _in_turn({"memory": lambda g=graph: _close(g, MemoryEngine),
                          "duckdb": lambda g=graph: _close(g, SqlEngine)}, RUNS)  # fmt: skip
        rows.append(_row(len(graph), times))
    return table(
        ["triples", "memory s", "duckdb s", "duckdb/memory", "owlrl s", "owlrl/memory"], rows
    )


def _read(file: object) -> list[ox.Quad]:
    return read_content(find_repository(Path(__file__)), file)  # type: ignore[arg-type]


def _row(size: int, times: dict[str, float]) -> list[str]:
    memory = times["memory"]
    cells = [f"{size:,}", f"{memory:.2f}"]
    for name in ("duckdb", "owlrl"):
        cells += (
            [f"{times[name]:.2f}", f"{times[name] / memory:.1f}"] if name in times else ["", ""]
        )
    return cells


def _sized(data: Sequence[ox.Quad], size: int) -> list[ox.Quad]:
    """Return ``size`` quads of the real data, repeated with other things if there are fewer."""
    found: list[ox.Quad] = []
    copy = 0
    while len(found) < size:
        found.extend(_renamed(data, copy))
        copy += 1
    return found[: max(size, 0)]


def _renamed(data: Sequence[ox.Quad], copy: int) -> Iterator[ox.Quad]:
    def name(term: object) -> object:
        if copy and isinstance(term, ox.NamedNode) and term.value.startswith(RECORDS):
            return ox.NamedNode(f"{term.value}-{copy}")
        return term

    return (ox.Quad(name(q.subject), q.predicate, name(q.object), q.graph_name) for q in data)  # type: ignore[arg-type]


def _in_turn(jobs: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    done: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            start = time.process_time()
            job()
            done[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in done.items()}


def _close(graph: Sequence[ox.Quad], engine: type[MemoryEngine] | type[SqlEngine]) -> int:
    def chosen(rules: Sequence[EncodedRule], _size: int) -> Engine:
        return engine(rules)

    usual = closure_module.engine_for
    closure_module.engine_for = chosen
    try:
        return len(Closure(graph).inferred())
    finally:
        closure_module.engine_for = usual


def _owlrl(graph: Sequence[ox.Quad]) -> int:
    lines = "\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in graph)
    parsed = rdflib.Graph().parse(data=lines, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(parsed)
    return len(parsed)
