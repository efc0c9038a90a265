"""The first load: graphs that a store has nothing of yet go in without being staged.

Where one request happens at once for every reader, all go by one request, ledger and all: readers
see none of the graphs, then all. Where nothing happens at once, the graphs go in one by one. The
lock says which they are until they are read back, so that the next load takes out what one that was
killed has left unread. What is not as it was sent is taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from eurohpc_kg.amounts import amount
from eurohpc_kg.endpoint import Endpoint, Pieces, UnansweredError
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import ledger, lock
from eurohpc_kg.loading.canonical import Digest, n_quads
from eurohpc_kg.loading.disguise import OLD
from eurohpc_kg.loading.parting import BATCH, batches
from eurohpc_kg.loading.plan import Graphs, Plan
from eurohpc_kg.loading.reading import read_digests
from eurohpc_kg.loading.sending import send
from eurohpc_kg.loading.staging import drop
from eurohpc_kg.loading.swapping import Swap, clear, is_done, put_back, wait_for
from eurohpc_kg.store.saying import Say

if TYPE_CHECKING:
    from concurrent.futures import Future

_ROWS = 50  # lines of the ledger in one update
_BEAT = 4 * BATCH
_LONG_BEAT = 10 * _BEAT
"""Triples from one sign of life to the next, and where a loader takes them, which is quick."""


def is_first(endpoint: Endpoint, plan: Plan) -> bool:
    """Tell whether all that is to be sent is new, and there is nothing to be had by staging it."""
    product = endpoint.product
    by_one_request = product.sends == "quads" and bool(endpoint.at.quads)
    able = by_one_request if product.atomic else not plan.remove
    return able and bool(plan.send) and not any(name in plan.counts for name in plan.send)


def load_first(endpoint: Endpoint, graphs: Graphs, plan: Plan, owner: str, say: Say) -> None:
    """Send the graphs with their lines of the ledger, read them back, and keep them or none."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as beside:  # while the store is at work
        count = cache(lambda: beside.submit(_counted, graphs, plan))
        first = _First(endpoint, graphs, plan, owner, say, count)
        carry_out = first.at_once if endpoint.product.atomic else first.one_by_one
        carry_out()


def _counted(graphs: Graphs, plan: Plan) -> Swap:
    """Return what is to be there after the load: it takes a while, as every graph is read."""
    local = graphs.digests
    values = {name: graphs.value(name) for name in plan.send}
    rows = {name: local[name] for name in plan.adopt}
    rows.update({name: Digest(values[name].count, local[name].hash) for name in plan.send})
    return Swap({}, plan.remove, rows, values)


@dataclass(frozen=True)
class _First:
    """Hold a first load; ``count`` begins to find out, beside, what is to be there after it."""

    endpoint: Endpoint
    graphs: Graphs
    plan: Plan
    owner: str
    say: Say
    count: Callable[[], Future[Swap]]

    def counted(self) -> Swap:
        """Wait for what is to be there after the load."""
        return self.count().result()

    def at_once(self) -> None:
        """Send all by one request, which readers see nothing of until it is done."""
        try:
            self.endpoint.post_quads(Pieces(self._pieces), repeatable=False, bulk=True)
        except UnansweredError as error:
            wait_for(self.endpoint, self.counted(), self.owner, error)
        try:
            wrong = self._wrong()
            if wrong or not is_done(self.endpoint, self.counted()):
                raise _not_given_back(self.endpoint, wrong)
        except BaseException:  # a Ctrl-C as well
            self.say("taking out what was sent")
            put_back(self.endpoint, self.plan.send, self.owner)
            raise
        self.endpoint.update(lock.clear_state(self.owner), repeatable=True)
        if self.plan.remove:
            self._take_out(self.plan.remove)

    def one_by_one(self) -> None:
        """Send graph by graph, with a note in the ledger that this is going on."""
        self.count()
        counts = {name: self.graphs.files[name].count for name in self.plan.send}
        drop(self.endpoint, [name for name in self.plan.counts if name.startswith(OLD)])
        self.endpoint.update(lock.set_state(self.owner, lock.SWAPPING, counts))
        try:
            done = 0
            most = _LONG_BEAT if self.endpoint.sends == "quads" else _BEAT
            for group in batches(counts, most):
                if done:
                    lock.beat(self.endpoint, self.owner)
                send(self.endpoint, self.graphs, {name: name for name in group})
                done += len(group)
                self.say(f"sent {done} of {amount(len(counts), 'graph')}")
            wrong = self._wrong()
            if wrong:
                raise _not_given_back(self.endpoint, wrong)
            self._write_ledger()
        except BaseException:
            self.say("taking out what was sent")
            put_back(self.endpoint, counts, self.owner)
            raise
        self.endpoint.update(lock.clear_state(self.owner), repeatable=True)

    def _pieces(self) -> Iterator[bytes]:
        """Yield the graphs and the ledger; what the store does not wait for is left for later."""
        graphs, names = self.graphs, self.plan.send
        local = graphs.digests
        rows = {name: local[name] for name in self.plan.adopt}
        total = sum(graphs.files[name].count for name in names)
        sent = told = 0
        for name in names:
            yield from graphs.text(name, name, decimals=self.endpoint.product.decimals)
            rows[name] = Digest(graphs.count(name), local[name].hash)
            sent += graphs.files[name].count
            if sent - told >= BATCH or sent == total:
                told = sent
                self.say(f"sent {sent:,} of {amount(total, 'statement')}")
        state = lock.state_quads(self.owner, lock.SWAPPING, names)
        yield n_quads([*ledger.row_quads(rows), *state])
        self.count()

    def _write_ledger(self) -> None:
        rows = self.counted().rows
        if self.endpoint.sends == "quads" and not self.plan.rows:
            lock.beat(self.endpoint, self.owner)
            lines = n_quads(ledger.row_quads(rows))
            self.endpoint.post_quads(Pieces(lambda: [lines]), repeatable=True)
            return
        names = list(rows)
        for start in range(0, len(names), _ROWS):
            some = {name: rows[name] for name in names[start : start + _ROWS]}
            old = [name for name in some if name in self.plan.rows]
            for text in ledger.write_rows(self.owner, some, old):
                self.endpoint.update(text)

    def _take_out(self, names: Sequence[str]) -> None:
        updates = [clear(names, self.owner), *ledger.write_rows(self.owner, {}, names)]
        self.endpoint.update(" ;\n".join(updates))

    def _wrong(self) -> list[str]:
        """Return the graphs that the store does not give back as they were sent."""
        self.say("reading back what was sent")
        values = self.counted().values
        there = {**self.plan.counts, **{name: value.count for name, value in values.items()}}
        found = read_digests(self.endpoint, values, there)
        return [name for name, value in values.items() if found[name] != value]


def _not_given_back(endpoint: Endpoint, wrong: Sequence[str]) -> EndpointError:
    return EndpointError(
        f"the store does not give back what was sent: {wrong[0] if wrong else 'its ledger'}",
        place=endpoint.at.query,
        remedy="What was sent was taken out again. Look at the log of the store.",
    )
