"""Staging: sending graphs into a store under names and in a disguise that no reader meets.

A staged graph is named after its hash, so one that an interrupted load left is recognised and not
sent again. What was staged is read back before anything is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import ledger
from eurohpc_kg.loading.canonical import Digest, deletable, digest, n_quads
from eurohpc_kg.loading.disguise import cover, staged_name
from eurohpc_kg.loading.plan import Graphs, Plan, Say, is_staged
from eurohpc_kg.loading.reading import batches, read_digests
from eurohpc_kg.records import dataclass
from eurohpc_kg.sparql import term_text


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
        say(f"{len(there)} graphs were staged before")
        digests.update((name, graphs.value(name)) for name in there)
        intact = _intact(endpoint, digests, names)
        there = [name for name in there if name in intact]
    kept = {names[name] for name in there}
    drop(endpoint, [name for name in plan.counts if is_staged(name) and name not in kept])
    unsent = {name: local[name].count for name in plan.send if name not in set(there)}
    done = len(there)
    for group in batches(unsent):
        digests.update(_send(endpoint, graphs, {name: names[name] for name in group}))
        done += len(group)
        ledger.beat(endpoint, owner)
        say(f"staged {done} of {len(names)} graphs")
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
    found = read_digests(endpoint, {names[name]: one.count for name, one in wanted.items()})
    return {name for name, one in wanted.items() if found[names[name]] == one}


def _send(endpoint: Endpoint, graphs: Graphs, names: Mapping[str, str]) -> dict[str, Digest]:
    """Send graphs in the way that the product takes best; return what they say."""
    quads: list[ox.Quad] = []
    digests: dict[str, Digest] = {}
    for name, target in names.items():
        triples = graphs.triples(name)
        digests[name] = digest(triples)
        sent = triples if endpoint.product.decimals else deletable(triples)
        disguised = list(cover(sent, target))
        if endpoint.product.sends == "updates":
            insert(endpoint, disguised)
        elif endpoint.product.sends == "graphs" or graphs.files[name].has_blank_nodes:
            endpoint.put_graph(target, [quad.triple for quad in disguised])
        else:
            quads += disguised
    if quads:
        endpoint.post_quads([n_quads(quads)], repeatable=True)
    return digests


def insert(endpoint: Endpoint, quads: Iterable[ox.Quad]) -> None:
    """Add quads by ``INSERT DATA``; those with blank nodes go together, the rest in pieces."""
    linked: list[ox.Quad] = []
    plain: list[ox.Quad] = []
    for quad in quads:
        (linked if _has_blank(quad) else plain).append(quad)
    most = endpoint.product.statements
    pieces = [plain[start : start + most] for start in range(0, len(plain), most)]
    if linked:  # a second time they would be other nodes: never sent again by itself
        endpoint.update(_insert_data(linked))
    for piece in pieces:
        endpoint.update(_insert_data(piece), repeatable=True)


def _insert_data(quads: Sequence[ox.Quad]) -> str:
    groups: dict[str, list[str]] = {}
    for quad in quads:
        line = f"{_text(quad.subject)} {quad.predicate} {_text(quad.object)} ."
        groups.setdefault(str(quad.graph_name), []).append(line)
    inner = "\n".join(f"GRAPH {name} {{\n" + "\n".join(g) + "\n}" for name, g in groups.items())
    return f"INSERT DATA {{\n{inner}\n}}"


def _text(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:b{term.value}"
    return term_text(term)  # type: ignore[arg-type]


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
