"""Staging: sending graphs into a store under names and in a disguise that no reader meets.

A staged graph is named after its hash, so one that an interrupted load left is recognised and not
sent again. What was staged is read back before anything is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eurohpc_kg.amounts import amount
from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import lock
from eurohpc_kg.loading.canonical import Digest
from eurohpc_kg.loading.disguise import staged_name
from eurohpc_kg.loading.parting import batches
from eurohpc_kg.loading.plan import Graphs, Plan, is_staged
from eurohpc_kg.loading.reading import read_digests
from eurohpc_kg.loading.sending import send
from eurohpc_kg.records import dataclass
from eurohpc_kg.store.saying import Say


@dataclass(frozen=True)
class Staged:
    """Hold the staged graph of each graph, and how many triples a store has of it."""

    names: Mapping[str, str]
    counts: Mapping[str, int]


def stage(endpoint: Endpoint, graphs: Graphs, plan: Plan, owner: str, say: Say) -> Staged:
    """Send what the plan sends, and read it back.

    Raises `EndpointError` where the store does not hold what was sent.
    """
    local = graphs.digests
    names = {name: staged_name(name, local[name].hash) for name in plan.send}
    digests: dict[str, Digest] = {}
    there = [name for name in plan.send if names[name] in plan.counts]
    if there:
        say(f"{amount(len(there), 'graph was', 'graphs were')} staged before")
        digests.update((name, graphs.value(name)) for name in there)
        intact = _intact(endpoint, digests, names)
        there = [name for name in there if name in intact]
    kept = {names[name] for name in there}
    drop(endpoint, [name for name in plan.counts if is_staged(name) and name not in kept])
    unsent = {name: local[name].count for name in plan.send if name not in set(there)}
    done = len(there)
    for group in batches(unsent):
        send(endpoint, graphs, {name: names[name] for name in group})
        digests.update((name, graphs.value(name)) for name in group)
        done += len(group)
        lock.beat(endpoint, owner)
        say(f"staged {done} of {amount(len(names), 'graph')}")
    say("reading back what was staged")
    intact = _intact(endpoint, {name: digests[name] for name in unsent}, names)
    wrong = sorted(unsent.keys() - intact)
    if wrong:
        raise EndpointError(
            f"the store does not give back what was sent: {wrong[0]}"
            + (f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""),
            place=endpoint.at.query,
            remedy="Look at the log of the store; nothing was changed for its readers.",
        )
    return Staged(names, {name: digests[name].count for name in names})


def drop(endpoint: Endpoint, names: Sequence[str]) -> None:
    """Remove graphs, some hundred in one request; one that is not there is fine."""
    for start in range(0, len(names), 200):
        text = " ;\n".join(f"DROP SILENT GRAPH <{name}>" for name in names[start : start + 200])
        endpoint.update(text, repeatable=True)


def _intact(endpoint: Endpoint, wanted: Mapping[str, Digest], names: Mapping[str, str]) -> set[str]:
    """Return the graphs whose staged form holds the same."""
    found = read_digests(endpoint, {names[name]: one for name, one in wanted.items()})
    return {name for name, one in wanted.items() if found[names[name]] == one}
