"""The swap: staged graphs take the place of the old ones, at once where the store can.

A store that carries out one update request at once (`Product.atomic`) gets one request with all of
it, the ledger's new lines included: a reader sees the old graphs or the new, and a crash leaves one
or the other. For the others the old graphs are first kept beside, in disguise, and the ledger says
"swapping" until the new ones are read back and right; `put_back` undoes it at any point.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from eurohpc_kg.amounts import amount
from eurohpc_kg.endpoint import Endpoint, UnansweredError
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import ledger, lock
from eurohpc_kg.loading.canonical import Digest
from eurohpc_kg.loading.disguise import COVERED, OLD, UNCOVERED, old_name
from eurohpc_kg.loading.reading import count_graphs, read_digests
from eurohpc_kg.loading.staging import drop
from eurohpc_kg.records import dataclass
from eurohpc_kg.store.saying import Say

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Swap:
    """Hold what is to happen: staged graphs by target, graphs to remove, lines for the ledger.

    ``values`` are the digests that targets have after it. With ``merge`` the old triples of a
    target stay.
    """

    staged: Mapping[str, str]
    remove: tuple[str, ...]
    rows: Mapping[str, Digest]
    values: Mapping[str, Digest]
    merge: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """Return every graph that changes."""
        return (*self.staged, *self.remove)


def swap(endpoint: Endpoint, change: Swap, owner: str, say: Say) -> None:
    """Carry the swap out, or leave the store as it was; raise `EndpointError` why."""
    if not (change.targets or change.rows):  # one that was killed after it has left no more to do
        return
    if endpoint.product.atomic:
        _at_once(endpoint, change, owner)
    else:
        _step_by_step(endpoint, change, owner, say)


def put_back(endpoint: Endpoint, fresh: Iterable[str], owner: str) -> None:
    """Undo a swap that was broken off: what is kept beside goes back, what was new goes."""
    kept = [name.removeprefix(OLD) for name in count_graphs(endpoint) if name.startswith(OLD)]
    for name in kept:
        endpoint.update(_replace(((old_name(name), name),), owner), repeatable=True)
    gone = [name for name in fresh if name not in kept]
    rows = ledger.read_rows(endpoint)
    for some in _groups(gone, endpoint):
        old = [name for name in some if name in rows]
        updates = [clear(some, owner), *ledger.write_rows(owner, {}, old)]
        endpoint.update(" ;\n".join(updates), repeatable=True)
    endpoint.update(lock.clear_state(owner), repeatable=True)
    drop(endpoint, [old_name(name) for name in kept])


def _at_once(endpoint: Endpoint, change: Swap, owner: str) -> None:
    updates: list[str] = []
    cleared = change.remove if change.merge else change.targets
    if cleared:
        updates.append(clear(cleared, owner))
    pairs = [(source, target) for target, source in change.staged.items()]
    if pairs:
        updates.append(_copy(pairs, owner))
    updates += ledger.write_rows(owner, change.rows, (*change.rows, *change.remove))
    try:
        endpoint.update(" ;\n".join(updates))
    except UnansweredError as error:
        wait_for(endpoint, change, owner, error)
    if not is_done(endpoint, change):
        raise EndpointError(
            "the store did not carry the swap out",
            place=endpoint.at.update,
            remedy="Nothing changed for its readers. Look at the log of the store.",
        )
    counts = count_graphs(endpoint)
    short = [n for n, value in change.values.items() if counts.get(n, 0) < value.count]
    if short:
        raise EndpointError(
            f"the store lost statements of {short[0]} while it swapped",
            place=endpoint.at.update,
            remedy="Call this again with --verify, which sends what is missing.",
        )


def wait_for(endpoint: Endpoint, change: Swap, owner: str, error: UnansweredError) -> None:
    """After a swap that was not answered, find out whether it happened."""
    deadline = time.monotonic() + endpoint.transport.timeout
    while not is_done(endpoint, change):
        if time.monotonic() > deadline:
            raise error
        time.sleep(1)
    lock.beat(endpoint, owner)


def is_done(endpoint: Endpoint, change: Swap) -> bool:
    """Tell whether the ledger has the new lines, which the swap itself writes."""
    rows = ledger.read_rows(endpoint)
    return all(rows.get(name) == row for name, row in change.rows.items()) and not any(
        name in rows for name in change.remove
    )


def _step_by_step(endpoint: Endpoint, change: Swap, owner: str, say: Say) -> None:
    counts = count_graphs(endpoint)
    present = [name for name in change.targets if name in counts]
    fresh = [name for name in change.targets if name not in counts]
    drop(endpoint, [name for name in counts if name.startswith(OLD)])
    say(f"keeping {amount(len(present), 'graph')} beside")
    for group in _groups([(name, old_name(name)) for name in present], endpoint):
        endpoint.update(_keep(group, owner))
    kept = count_graphs(endpoint)
    short = [name for name in present if kept.get(old_name(name)) != counts[name]]
    if short:
        drop(endpoint, [old_name(name) for name in present])
        raise EndpointError(
            f"the store did not keep {short[0]} beside",
            place=endpoint.at.update,
            remedy="Nothing changed for its readers. Look at the log of the store.",
        )
    endpoint.update(lock.set_state(owner, lock.SWAPPING, fresh))
    try:
        for pairs in _groups(
            [(source, target) for target, source in change.staged.items()], endpoint
        ):
            endpoint.update(_copy(pairs, owner) if change.merge else _replace(pairs, owner))
            lock.beat(endpoint, owner)
        for some in _groups(change.remove, endpoint):
            endpoint.update(clear(some, owner))
        _verify(endpoint, change)
        for some in _groups([*change.rows, *change.remove], endpoint):
            rows = {name: change.rows[name] for name in some if name in change.rows}
            for text in ledger.write_rows(owner, rows, some):
                endpoint.update(text)
    except BaseException:  # a Ctrl-C as well
        say("putting back what was there")
        put_back(endpoint, fresh, owner)
        raise
    endpoint.update(lock.clear_state(owner), repeatable=True)
    drop(endpoint, [*map(old_name, present), *change.staged.values()])


def _verify(endpoint: Endpoint, change: Swap) -> None:
    found = read_digests(endpoint, change.values)
    wrong = [name for name, value in change.values.items() if found[name] != value]
    if wrong:
        raise EndpointError(
            f"{wrong[0]} is not what was sent",
            place=endpoint.at.update,
            remedy="The old graphs were put back. Look at the log of the store.",
        )


def _groups(items: Sequence[_Item], endpoint: Endpoint) -> Iterator[Sequence[_Item]]:
    """Yield what one update names: all, where that happens at once."""
    step = max(1, len(items)) if endpoint.product.atomic else endpoint.product.step
    for start in range(0, len(items), step):
        yield items[start : start + step]


def clear(names: Iterable[str], owner: str) -> str:
    """Return the update that empties graphs, if the lock is still held.

    One operation a graph, here and below: RDF4J loses a graph's name that comes from ``VALUES``.
    """
    return " ;\n".join(
        f"DELETE {{ GRAPH <{name}> {{ ?s ?p ?o }} }} "
        f"WHERE {{ {ledger.held_by(owner)} GRAPH <{name}> {{ ?s ?p ?o }} }}"
        for name in names
    )


def _copy(pairs: Iterable[tuple[str, str]], owner: str) -> str:
    return " ;\n".join(
        f"INSERT {{ GRAPH <{target}> {{ ?s ?p ?o }} }} "
        f"WHERE {{ {ledger.held_by(owner)} GRAPH <{source}> {{ ?ds ?dp ?do }} {UNCOVERED} }}"
        for source, target in pairs
    )


def _keep(pairs: Iterable[tuple[str, str]], owner: str) -> str:
    return " ;\n".join(
        f"INSERT {{ GRAPH <{target}> {{ ?ds ?dp ?do }} }} "
        f"WHERE {{ {ledger.held_by(owner)} GRAPH <{source}> {{ ?s ?p ?o }} {COVERED} }}"
        for source, target in pairs
    )


def _replace(pairs: Sequence[tuple[str, str]], owner: str) -> str:
    return f"{clear([target for _, target in pairs], owner)} ;\n{_copy(pairs, owner)}"
