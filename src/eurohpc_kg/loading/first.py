"""The first load: graphs that a store has nothing of yet go in by one request, ledger and all.

Where one request happens at once for every reader, nothing has to be staged: they see none of the
graphs, then all. The graphs are read back after that; what is not as it was sent is taken out
again.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint, UnansweredError
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import ledger
from eurohpc_kg.loading.canonical import Digest, deletable, n_quads
from eurohpc_kg.loading.plan import Graphs, Plan, Say
from eurohpc_kg.loading.reading import count_graphs, read_digests
from eurohpc_kg.loading.swapping import Swap, clear, is_done, wait_for


def is_first(endpoint: Endpoint, plan: Plan) -> bool:
    """Tell whether all that is to be sent is new to a store that takes it at once."""
    product = endpoint.product
    able = product.atomic and product.sends == "quads" and bool(endpoint.at.quads)
    return able and bool(plan.send) and not any(name in plan.counts for name in plan.send)


def load_first(endpoint: Endpoint, graphs: Graphs, plan: Plan, owner: str, say: Say) -> None:
    """Send the graphs with their lines of the ledger, read them back, and keep them or none."""
    local = graphs.digests
    rows = {name: local[name] for name in (*plan.send, *plan.adopt)}
    values: dict[str, Digest] = {}
    total = sum(local[name].count for name in plan.send)

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            sent = 0
            for name in plan.send:
                values[name] = graphs.value(name)
                rows[name] = Digest(values[name].count, local[name].hash)
                yield _text(endpoint, graphs, name)
                sent += local[name].count
                say(f"sent {sent:,} of {total:,} statements")
            yield n_quads(ledger.row_quads(rows))

    change = Swap({}, plan.remove, rows, values)
    try:
        endpoint.post_quads(Pieces(), repeatable=False)
    except UnansweredError as error:
        wait_for(endpoint, change, owner, error)
    say("reading back what was sent")
    wanted = {name: value.count for name, value in values.items()}
    found = read_digests(endpoint, wanted, count_graphs(endpoint))
    wrong = [name for name in plan.send if found[name] != values[name]]
    if wrong or not is_done(endpoint, change):
        say("taking out what was sent")
        updates = [clear(plan.send, owner), *ledger.write_rows(owner, {}, plan.send)]
        endpoint.update(" ;\n".join(updates))
        raise EndpointError(
            f"the store does not give back what was sent: {wrong[0] if wrong else 'its ledger'}",
            place=endpoint.at.query,
            remedy="What was sent was taken out again. Look at the log of the store.",
        )
    if plan.remove:
        ends = [clear(plan.remove, owner), *ledger.write_rows(owner, {}, plan.remove)]
        endpoint.update(" ;\n".join(ends))


def _text(endpoint: Endpoint, graphs: Graphs, name: str) -> bytes:
    """Return a graph as N-Quads, its decimals as the product needs them."""
    if endpoint.product.decimals:
        return graphs.quads_text(name)
    node = ox.NamedNode(name)
    triples = deletable(graphs.triples(name))
    return n_quads(ox.Quad(t.subject, t.predicate, t.object, node) for t in triples)
