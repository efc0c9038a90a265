"""Several requests at once, for stores that take graphs one by one; small graphs go together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from eurohpc_kg.endpoint import PRODUCTS, Endpoint, Pieces
from eurohpc_kg.endpoint.together import together
from eurohpc_kg.loading.plan import graphs_of
from eurohpc_kg.loading.sending import send
from stores.far import REGISTER, REPORT, SMALL, built


def test_jobs_run_at_the_same_time_and_give_their_results_in_order() -> None:
    both = threading.Barrier(2, timeout=10)
    assert together([lambda: both.wait() >= 0, lambda: both.wait() < 2], 2) == [True, True]


def test_where_one_fails_those_that_wait_are_left_undone() -> None:
    done: list[int] = []

    def jobs() -> Iterator[object]:
        def fail() -> None:
            raise ValueError("no")

        yield fail
        for number in range(50):
            yield lambda number=number: (time.sleep(0.01), done.append(number))

    with pytest.raises(ValueError, match="no"):
        together(jobs(), 2)  # type: ignore[arg-type]
    assert len(done) < 50


@dataclass
class Recording:
    """Stand for an endpoint that takes graphs one by one, and small ones together."""

    small: int
    graphs: dict[str, bytes] = field(default_factory=dict)
    updates: list[str] = field(default_factory=list)
    quads: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sends = PRODUCTS["virtuoso"].sends
        self.product = SimpleNamespace(small=self.small, at_once=2, decimals=True, statements=500)

    def put_graph(self, name: str, pieces: Pieces) -> None:
        self.graphs[name] = b"".join(pieces)

    def posting(self, pieces: Pieces, *, repeatable: bool) -> Iterator[Callable[[], None]]:
        assert repeatable
        for part in pieces:
            yield partial(self.quads.append, part)

    def update(self, text: str, *, repeatable: bool = False) -> None:
        assert repeatable
        self.updates.append(text)


def test_small_graphs_go_together_in_one_update(tmp_path: Path) -> None:
    graphs = graphs_of(built(tmp_path / "small", SMALL))
    largest = max(graphs.files, key=lambda name: graphs.files[name].count)
    far = Recording(small=graphs.files[largest].count)
    send(cast("Endpoint", far), graphs, {name: name for name in graphs.files})
    whole = {name for name, file in graphs.files.items() if file.has_blank_nodes} | {largest}
    assert far.graphs.keys() == whole
    assert len(far.updates) == 1
    assert all(
        (f"GRAPH <{name}>" in far.updates[0]) is (name not in whole) for name in graphs.files
    )


def test_without_a_bound_each_graph_goes_by_itself(tmp_path: Path) -> None:
    graphs = graphs_of(built(tmp_path / "small", SMALL))
    far = Recording(small=0)
    send(cast("Endpoint", far), graphs, {REGISTER: REGISTER, REPORT: REPORT})
    assert far.graphs.keys() == {REGISTER, REPORT}
    assert far.updates == []
    assert far.graphs[REPORT] == b"".join(graphs.files[REPORT].chunks())


def test_graphs_with_blank_nodes_go_alone_beside_those_that_go_as_quads(tmp_path: Path) -> None:
    graphs = graphs_of(built(tmp_path / "small", SMALL))
    far = Recording(small=0)
    far.sends = "quads"
    send(cast("Endpoint", far), graphs, {name: name for name in graphs.files})
    linked = {name for name, file in graphs.files.items() if file.has_blank_nodes}
    assert far.graphs.keys() == linked
    sent = b"".join(far.quads)
    assert sent.count(b" .\n") == sum(
        file.count for name, file in graphs.files.items() if name not in linked
    )
