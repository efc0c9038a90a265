"""A load from beginning to end: plan, lock, stage, verify, swap, clean up, and every way out.

Whatever goes wrong before the swap leaves readers with what they had. What a load that was killed
left behind is found by the next one, which goes on from there, or by `undo`, which removes it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import ledger, lock
from eurohpc_kg.loading.canonical import Digest
from eurohpc_kg.loading.first import is_first, load_first
from eurohpc_kg.loading.plan import Graphs, Plan, Wishes, graphs_of, is_staged, make_plan
from eurohpc_kg.loading.reading import count_graphs
from eurohpc_kg.loading.staging import drop, stage
from eurohpc_kg.loading.swapping import Swap, put_back, swap
from eurohpc_kg.store.saying import Say

_LEFT = "readers have the old graphs or the new; call this again to go on, or with --undo"
_PERHAPS_HALF = (
    "call this again to go on, or with --undo; both first put back what a reader may see half done"
)


def load_store(
    folder: Path,
    endpoint: Endpoint,
    *,
    patterns: Sequence[str] = (),
    full: bool = False,
    merge: bool = False,
    verify: bool = False,
    dry_run: bool = False,
    say: Say = lambda _: None,
) -> Plan:
    """Put the graphs of the built store in ``folder`` into an endpoint, all or none.

    The wishes are those of `plan.Wishes`; ``dry_run`` only plans. Returns what was done. Raises
    `EndpointError` where it can't, with the readers' graphs as they were.
    """
    say("comparing with what the store holds")
    graphs = graphs_of(folder, patterns)
    wishes = Wishes(tuple(patterns), full, merge, verify)
    made = make_plan(graphs, endpoint, wishes, say)
    abandoned = any(one.is_dead for one in lock.read_lock(endpoint))
    if dry_run or (made.is_empty and not abandoned and not any(map(is_staged, made.counts))):
        return made
    if endpoint.product.warning:
        say(endpoint.product.warning)
    owner = lock.new_owner()
    is_begun = False
    try:
        before = lock.take_lock(endpoint, owner)
        is_begun = True
        if before is not None:
            say(f"going on where another load was broken off: {before}")
        if before is not None and before.state == lock.SWAPPING:
            say("putting back what its swap had changed")
            put_back(endpoint, before.fresh, owner)
        if before is not None or not _still(made, endpoint):
            # Now nobody else changes anything.
            made = make_plan(graphs, endpoint, wishes, say)
        _carry_out(graphs, made, endpoint, owner, merge, say)
    except BaseException as error:
        if is_begun and not isinstance(error, lock.LockedError):
            say(_LEFT if endpoint.product.atomic else _PERHAPS_HALF)
        with contextlib.suppress(EndpointError):
            lock.release(endpoint, owner)
        raise
    lock.release(endpoint, owner)
    return made


def undo(endpoint: Endpoint, say: Say = lambda _: None) -> list[str]:
    """Take back what a broken-off load left; return the names of the graphs that were removed.

    It takes the lock even from a load that seems to live, which then changes nothing any more.
    """
    owner = lock.new_owner()
    try:
        before = lock.take_lock(endpoint, owner, by_force=True)
        if before is not None and before.state == lock.SWAPPING:
            say("putting back what the swap had changed")
            put_back(endpoint, before.fresh, owner)
        left = sorted(name for name in count_graphs(endpoint) if is_staged(name))
        drop(endpoint, left)
    finally:
        with contextlib.suppress(EndpointError):
            lock.release(endpoint, owner)
    return left


def _still(plan: Plan, endpoint: Endpoint) -> bool:
    """Tell whether the store is as it was when the plan was made, but for the lock."""
    counts = count_graphs(endpoint)
    now = {name: count for name, count in counts.items() if name != ledger.LEDGER}
    then = {name: count for name, count in plan.counts.items() if name != ledger.LEDGER}
    return now == then and ledger.read_rows(endpoint) == plan.rows


def _carry_out(
    graphs: Graphs, plan: Plan, endpoint: Endpoint, owner: str, merge: bool, say: Say
) -> None:
    if is_first(endpoint, plan):
        load_first(endpoint, graphs, plan, owner, say)
        left = [name for name in plan.counts if is_staged(name)]
    else:
        _exchange(graphs, plan, endpoint, owner, merge, say)
        left = [name for name in count_graphs(endpoint) if is_staged(name)]
    if left:
        say("cleaning up")
        drop(endpoint, left)


def _exchange(
    graphs: Graphs, plan: Plan, endpoint: Endpoint, owner: str, merge: bool, say: Say
) -> None:
    staged = stage(endpoint, graphs, plan, owner, say)
    local = graphs.digests
    rows = {
        name: Digest(staged.counts.get(name, local[name].count), local[name].hash)
        for name in (*plan.send, *plan.adopt)
    }
    values = {name: graphs.value(name) for name in plan.send} if not merge else {}
    say("swapping")
    swap(endpoint, Swap(staged.names, plan.remove, rows, values, merge), owner, say)
    if merge:
        _count_again(endpoint, {name: rows[name] for name in plan.send}, owner)


def _count_again(endpoint: Endpoint, rows: dict[str, Digest], owner: str) -> None:
    """After a merge, let the ledger say which graphs hold more than was sent, and how much."""
    counts = count_graphs(endpoint)
    merged = {
        name: Digest(counts[name], row.hash + ledger.AND_MORE)
        for name, row in rows.items()
        if counts.get(name, 0) > row.count
    }
    for text in ledger.write_rows(owner, merged, merged):
        endpoint.update(text)
