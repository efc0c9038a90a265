"""Staging: sending graphs into a store under names and in a disguise that no reader meets.

A staged graph is named after its hash, so one that an interrupted load left is recognised and not
sent again. What was staged is read back before anything is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.load import ledger
from eurohpc_kg.load.canonical import n_quads
from eurohpc_kg.load.disguise import cover, staged_name
from eurohpc_kg.load.plan import Graphs, Plan, Say, is_staged
from eurohpc_kg.load.reading import batches, read_digests
from eurohpc_kg.sparql import term_text


def stage(endpoint: Endpoint, graphs: Graphs, plan: Plan, owner: str, say: Say) -> dict[str, str]:
    """Send what the plan sends, read it back, and return graph -> staged graph.

    Raises `EndpointError` where the store does not hold what was sent.
    """
    wanted = {name: graphs.digests[name] for name in plan.send}
    staged = {name: staged_name(name, found.hash) for name, found in wanted.items()}
    there = {
        name: found.count
        for name, found in wanted.items()
        if plan.counts.get(staged[name]) == found.count
    }
    if there:
        say(f"{len(there)} graphs were staged before")
        intact = _compare(endpoint, graphs, there, staged)
        there = {name: count for name, count in there.items() if name in intact}
    unsent = {name: found.count for name, found in wanted.items() if name not in there}
    leftover = [
        name
        for name in plan.counts
        if is_staged(name) and name not in {staged[one] for one in there}
    ]
    drop(endpoint, leftover)
    done = len(there)
    for group in batches(unsent):
        _send(endpoint, graphs, {name: staged[name] for name in group})
        done += len(group)
        ledger.beat(endpoint, owner)
        say(f"staged {done} of {len(wanted)} graphs")
    say("reading back what was staged")
    intact = _compare(endpoint, graphs, unsent, staged)
    wrong = sorted(unsent.keys() - intact)
    if wrong:
        raise EndpointError(
            f"the store does not give back what was sent: {wrong[0]}"
            + (f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""),
            place=endpoint.at.query,
            remedy="Look at the log of the store; nothing was changed for its readers.",
        )
    return staged


def drop(endpoint: Endpoint, names: Sequence[str]) -> None:
    """Remove graphs, some hundred in one request; one that is not there is fine."""
    for start in range(0, len(names), 200):
        text = " ;\n".join(f"DROP SILENT GRAPH <{name}>" for name in names[start : start + 200])
        endpoint.update(text, repeatable=True)


def _compare(
    endpoint: Endpoint, graphs: Graphs, counts: Mapping[str, int], staged: Mapping[str, str]
) -> set[str]:
    """Return the graphs whose staged form holds the same."""
    found = read_digests(endpoint, {staged[name]: count for name, count in counts.items()})
    return {name for name in counts if found[staged[name]] == graphs.digests[name]}


def _send(endpoint: Endpoint, graphs: Graphs, staged: Mapping[str, str]) -> None:
    """Send graphs in the way that the product takes best."""
    quads: list[ox.Quad] = []
    for name, target in staged.items():
        triples = list(cover(graphs.triples(name), target))
        if endpoint.product.sends == "updates":
            insert(endpoint, triples)
        elif endpoint.product.sends == "graphs" or any(map(_has_blank, triples)):
            endpoint.put_graph(target, [quad.triple for quad in triples])
        else:
            quads += triples
    if quads:
        endpoint.post_quads([n_quads(quads)], repeatable=True)


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
