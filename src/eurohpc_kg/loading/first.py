"""The first load: graphs that a store has nothing of yet go in without being staged.

Where one request happens at once for every reader, all go by one request, ledger and all: readers
see none of the graphs, then all. Where nothing happens at once, the graphs go in one by one, and
the ledger says so until they are read back. What is not as it was sent is taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from eurohpc_kg.endpoint import Endpoint, Pieces, UnansweredError
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import ledger
from eurohpc_kg.loading.canonical import Digest, n_quads
from eurohpc_kg.loading.parting import BATCH, batches
from eurohpc_kg.loading.plan import Graphs, Plan
from eurohpc_kg.loading.reading import read_digests
from eurohpc_kg.loading.sending import send
from eurohpc_kg.loading.swapping import Swap, clear, is_done, put_back, wait_for
from eurohpc_kg.store.saying import Say

_ROWS = 50  # lines of the ledger in one update


def is_first(endpoint: Endpoint, plan: Plan) -> bool:
    """Tell whether all that is to be sent is new, and there is nothing to be had by staging it."""
    product = endpoint.product
    by_one_request = product.sends == "quads" and bool(endpoint.at.quads)
    able = by_one_request if product.atomic else not plan.remove
    return able and bool(plan.send) and not any(name in plan.counts for name in plan.send)


def load_first(endpoint: Endpoint, graphs: Graphs, plan: Plan, owner: str, say: Say) -> None:
    """Send the graphs with their lines of the ledger, read them back, and keep them or none."""
    from concurrent.futures import ThreadPoolExecutor

    def count() -> Swap:
        local = graphs.digests
        values = {name: graphs.value(name) for name in plan.send}
        rows = {name: local[name] for name in plan.adopt}
        rows.update({name: Digest(values[name].count, local[name].hash) for name in plan.send})
        return Swap({}, plan.remove, rows, values)

    with ThreadPoolExecutor(1) as beside:  # while the store is at work
        counting = beside.submit(count)
        carry_out = _at_once if endpoint.product.atomic else _one_by_one
        carry_out(endpoint, graphs, counting.result, plan, owner, say)


def _at_once(
    endpoint: Endpoint,
    graphs: Graphs,
    counted: Callable[[], Swap],
    plan: Plan,
    owner: str,
    say: Say,
) -> None:
    total = sum(graphs.files[name].count for name in plan.send)

    def pieces() -> Iterator[bytes]:
        sent = told = 0
        for name in plan.send:
            yield from graphs.text(name, name, decimals=endpoint.product.decimals)
            sent += graphs.files[name].count
            if sent - told >= BATCH or sent == total:
                told = sent
                say(f"sent {sent:,} of {total:,} statements")
        yield n_quads(ledger.row_quads(counted().rows))

    try:
        endpoint.post_quads(Pieces(pieces), repeatable=False, bulk=True)
    except UnansweredError as error:
        wait_for(endpoint, counted(), owner, error)
    wrong = _wrong(endpoint, counted().values, plan, say)
    if wrong or not is_done(endpoint, counted()):
        say("taking out what was sent")
        updates = [clear(plan.send, owner), *ledger.write_rows(owner, {}, plan.send)]
        endpoint.update(" ;\n".join(updates))
        raise _not_given_back(endpoint, wrong)
    if plan.remove:
        ends = [clear(plan.remove, owner), *ledger.write_rows(owner, {}, plan.remove)]
        endpoint.update(" ;\n".join(ends))


def _one_by_one(
    endpoint: Endpoint,
    graphs: Graphs,
    counted: Callable[[], Swap],
    plan: Plan,
    owner: str,
    say: Say,
) -> None:
    counts = {name: graphs.files[name].count for name in plan.send}
    endpoint.update(ledger.set_state(owner, ledger.SWAPPING, counts))
    try:
        done = 0
        for group in batches(counts):
            send(endpoint, graphs, {name: name for name in group})
            done += len(group)
            ledger.beat(endpoint, owner)
            say(f"sent {done} of {len(counts)} graphs")
        wrong = _wrong(endpoint, counted().values, plan, say)
        if wrong:
            raise _not_given_back(endpoint, wrong)
        rows = counted().rows
        names = list(rows)
        for start in range(0, len(names), _ROWS):
            some = {name: rows[name] for name in names[start : start + _ROWS]}
            for text in ledger.write_rows(owner, some, ()):
                endpoint.update(text)
    except EndpointError:
        say("taking out what was sent")
        put_back(endpoint, counts, owner)
        raise
    endpoint.update(ledger.clear_state(owner), repeatable=True)


def _wrong(endpoint: Endpoint, values: Mapping[str, Digest], plan: Plan, say: Say) -> list[str]:
    """Return the graphs that the store does not give back as they were sent."""
    say("reading back what was sent")
    there = {**plan.counts, **{name: value.count for name, value in values.items()}}
    found = read_digests(endpoint, values, there)
    return [name for name, value in values.items() if found[name] != value]


def _not_given_back(endpoint: Endpoint, wrong: Sequence[str]) -> EndpointError:
    return EndpointError(
        f"the store does not give back what was sent: {wrong[0] if wrong else 'its ledger'}",
        place=endpoint.at.query,
        remedy="What was sent was taken out again. Look at the log of the store.",
    )
