"""What follows, computed where the data is: the closure and the views inside a remote store.

Only the axioms travel, some thousand triples: they are closed and compiled here. The store then
runs the rules over a disguised copy of the facts (`rounds`) and the views over the same, in turns,
until nothing new follows. The result takes the place of ``graph/inferred`` as a load would do it:
read back, swapped at once, and never seen half done. The triples are those of `reason.close`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading import ledger, lock
from eurohpc_kg.loading.canonical import Digest, digest, written_hash
from eurohpc_kg.loading.disguise import COVERED, UNCOVERED, WORD
from eurohpc_kg.loading.plan import is_staged
from eurohpc_kg.loading.reading import count_graphs, read_graphs
from eurohpc_kg.loading.rounds import FACTS, FRESH, Rounds, add_facts
from eurohpc_kg.loading.staging import drop
from eurohpc_kg.loading.swapping import Swap, put_back, swap
from eurohpc_kg.loading.views import insert_of_view, named_graphs
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.namespaces import OWL
from eurohpc_kg.reason import NOT_REASONED
from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.noise import REFLEXIVE, VOCABULARIES
from eurohpc_kg.reason.rules import Rule
from eurohpc_kg.reason.views import View, read_by, read_views
from eurohpc_kg.reason.vocabulary import AXIOM_PROPERTIES, NOTHING, SAME_AS, THING, TYPE
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.store.saying import Say

_RESULT = f"{WORD}new:{INFERRED_GRAPH.value}"
_OTHERS = ", ".join(f"<{name}>" for name in (ledger.LEDGER, *(n.value for n in NOT_REASONED)))
_REASONED = f'FILTER(STRSTARTS(STR(?g), "{NAMESPACE}") && ?g NOT IN ({_OTHERS}))'


def materialise(endpoint: Endpoint, repository: Repository, say: Say = lambda _: None) -> Digest:
    """Compute ``graph/inferred`` inside a store, from what it holds; return what it now holds.

    The views are those of ``repository``. Raises `RuleError` for an axiom that no rule covers, and
    `EndpointError` where the store can't do it; ``graph/inferred`` is then as it was.
    """
    owner = lock.new_owner()
    if endpoint.product.warning:
        say(endpoint.product.warning)
    try:
        before = lock.take_lock(endpoint, owner)
        if before is not None and before.state == lock.SWAPPING:
            put_back(endpoint, before.fresh, owner)
        drop(endpoint, [name for name in count_graphs(endpoint) if is_staged(name)])
        found = _compute(endpoint, repository, owner, say)
    finally:
        with contextlib.suppress(EndpointError):
            if lock.holds(endpoint, owner):  # else it is what another load has staged
                drop(endpoint, [name for name in count_graphs(endpoint) if is_staged(name)])
        with contextlib.suppress(EndpointError):
            lock.release(endpoint, owner)
    return found


def _compute(endpoint: Endpoint, repository: Repository, owner: str, say: Say) -> Digest:
    views = read_views(repository)
    say("compiling the axioms")
    axioms = Closure(_axioms(endpoint))
    say("copying what the rules read")
    _copy_facts(endpoint, _read_by(axioms.rules, views))
    rounds = Rounds(endpoint, axioms.rules, say)
    add_facts(endpoint, _named(axioms.derived()))
    rounds.take()
    rounds.run(FACTS)
    if views:
        named = named_graphs(endpoint, views, _REASONED)
        for name in named:
            _copy_named(endpoint, name, read_by(views))
        trigger = "first"
        while trigger:
            lock.beat(endpoint, owner)
            _look(endpoint, views, named, rounds, say)
            trigger = rounds.take()
            rounds.run(trigger)
    _refuse_new_axioms(endpoint, axioms, rounds)
    return _publish(endpoint, rounds, owner, say)


def _read_by(rules: Iterable[Rule], views: tuple[View, ...]) -> frozenset[ox.NamedNode]:
    """Return the predicates that rules or views read; none where a rule takes any."""
    patterns = [pattern for rule in rules for pattern in (*rule.body, rule.head) if pattern]
    if any(isinstance(pattern[1], int) for pattern in patterns):
        return frozenset()
    named = (pattern[1] for pattern in patterns)
    return read_by(views) | {one for one in named if isinstance(one, ox.NamedNode)}


def _axioms(endpoint: Endpoint) -> list[ox.Triple]:
    """Read the axioms, and all else in words of OWL: the compiler refuses what it does not know."""
    properties = " ".join(map(str, AXIOM_PROPERTIES))
    rows = endpoint.select(
        f"SELECT DISTINCT ?s ?p ?o WHERE {{ {{ VALUES ?p {{ {properties} }} "
        f"GRAPH ?g {{ ?s ?p ?o }} }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} "
        f'FILTER(STRSTARTS(STR(?p), "{OWL}")) }} UNION {{ GRAPH ?g {{ ?s {TYPE} ?o }} '
        f'FILTER(STRSTARTS(STR(?o), "{OWL}")) BIND({TYPE} AS ?p) }} {_REASONED} }}'
    )
    return [ox.Triple(s, p, o) for s, p, o in rows]


def _named(triples: list[ox.Triple]) -> list[ox.Triple]:
    """Leave out what is about blank nodes: they have no name in the store."""
    return [t for t in triples if not any(isinstance(term, ox.BlankNode) for term in t)]


def _copy_facts(endpoint: Endpoint, predicates: frozenset[ox.NamedNode]) -> None:
    listed = " ".join(map(str, sorted(predicates, key=str)))
    chosen = f"VALUES ?p {{ {listed} }} " if predicates else ""
    endpoint.update(
        f"INSERT {{ GRAPH <{FACTS}> {{ ?ds ?dp ?do }} }} "
        f"WHERE {{ {chosen}GRAPH ?g {{ ?s ?p ?o }} {_REASONED} {COVERED} }}"
    )


def _look(
    endpoint: Endpoint, views: tuple[View, ...], named: list[str], rounds: Rounds, say: Say
) -> None:
    """Let the views read all that holds by now, and put what they make where it is taken from."""
    for view in views:
        say(f"view {view.name}")
        graphs = [*(WORD + name for name in named), *rounds.graphs]
        endpoint.update(insert_of_view(view, FACTS, graphs, FRESH))


def _copy_named(endpoint: Endpoint, name: str, reads: frozenset[ox.NamedNode]) -> None:
    listed = " ".join(map(str, sorted(reads, key=str)))
    endpoint.update(
        f"INSERT {{ GRAPH <{WORD}{name}> {{ ?ds ?dp ?do }} }} "
        f"WHERE {{ VALUES ?p {{ {listed} }} GRAPH <{name}> {{ ?s ?p ?o }} {COVERED} }}",
        repeatable=True,
    )


def _refuse_new_axioms(endpoint: Endpoint, axioms: Closure, rounds: Rounds) -> None:
    """Raise `EndpointError` where the data itself implies an axiom that was not compiled."""
    watched = {*AXIOM_PROPERTIES, SAME_AS} if SAME_AS not in axioms.predicates else AXIOM_PROPERTIES
    properties = " ".join(f"<{WORD}{one.value}>" for one in sorted(watched, key=str))
    known = {str(triple) for triple in axioms.axioms.triples}
    rows = endpoint.select(
        f"SELECT ?s ?p ?o WHERE {{ VALUES ?dp {{ {properties} }} VALUES ?g {{ {_list(rounds)} }} "
        f"GRAPH ?g {{ ?ds ?dp ?do }} {UNCOVERED} }}"
    )
    for s, p, o in rows:
        if str(ox.Triple(s, p, o)) not in known:
            raise EndpointError(
                f"the data imply an axiom: {s} {p} {o}",
                place=endpoint.at.query,
                remedy="State it in the ontology, then load and materialise again.",
            )


def _publish(endpoint: Endpoint, rounds: Rounds, owner: str, say: Say) -> Digest:
    """Leave noise out, read the result back, and swap it in."""
    say("reading the result back")
    endpoint.update(
        f"INSERT {{ GRAPH <{_RESULT}> {{ ?ds ?dp ?do }} }} "
        f"WHERE {{ VALUES ?g {{ {_list(rounds)} }} GRAPH ?g {{ ?ds ?dp ?do }} {_without_noise()} "
        f"{UNCOVERED} {_stated_nowhere()} }}"
    )
    expected = count_graphs(endpoint).get(_RESULT, 0)
    triples = read_graphs(endpoint, [_RESULT], expected)[_RESULT]
    value = digest(triples)
    name = INFERRED_GRAPH.value
    row = Digest(value.count, written_hash(triples))
    say("swapping")
    swap(endpoint, Swap({name: _RESULT}, (), {name: row}, {name: value}), owner, say)
    return row


def _list(rounds: Rounds) -> str:
    return " ".join(f"<{graph}>" for graph in rounds.graphs)


def _stated_nowhere() -> str:
    """Return the filters for what the graphs that are not reasoned over don't state either."""
    return " ".join(
        f"FILTER NOT EXISTS {{ GRAPH <{name.value}> {{ ?s ?p ?o }} }}"
        for name in sorted(NOT_REASONED, key=str)
        if name != INFERRED_GRAPH
    )


def _without_noise() -> str:
    """Return the filters that say what `reason.noise` says."""
    ends = ", ".join(f"<{WORD}{node.value}>" for node in (THING, NOTHING))
    reflexive = ", ".join(f"<{WORD}{node.value}>" for node in sorted(REFLEXIVE, key=str))
    words = " || ".join(f'STRSTARTS(STR(?ds), "{WORD}{word}")' for word in VOCABULARIES)
    return (
        f"FILTER(!ISBLANK(?ds) && !ISBLANK(?do) && !({words})) "
        f"FILTER(?ds NOT IN ({ends}) && ?do NOT IN ({ends})) "
        f"FILTER(?ds != ?do || ?dp NOT IN ({reflexive}))"
    )
