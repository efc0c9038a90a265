"""The lock on a store: who is loading, kept in the graph of the `ledger`.

It says who holds it, and when that one last gave a sign of life, by the store's own clock. It is
taken by one conditional update; every later step repeats the condition (`ledger.held_by`), so that
a load that lost the lock changes nothing.
"""

from __future__ import annotations

import os
import random
import secrets
import socket
import time
from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading.ledger import LEDGER, LOCK, OWNER, WORDS, held_by
from eurohpc_kg.records import dataclass
from eurohpc_kg.sparql import term_text

PATIENCE = 600
"""Seconds without a sign of life after which a load on another machine is taken for dead."""

SWAPPING = "swapping"

_BEAT, _STATE, _FRESH = (f"<{WORDS}{word}>" for word in ("beat", "state", "fresh"))
_TOGETHER = 50  # names of graphs in one text
_OWN: set[str] = set()
_PAUSES = (0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds, at most, before a load that met another in the lock looks or tries again."""


class LockedError(EndpointError):
    """Say that another load holds the store."""


@dataclass(frozen=True)
class Lock:
    """Hold who is loading: owner, seconds since the last sign of life, and what state it is in."""

    owner: str
    age: float
    state: str = ""
    fresh: tuple[str, ...] = ()

    @property
    def is_dead(self) -> bool:
        """Tell whether the owner is gone: its process here has ended, or it is silent for long."""
        host, _, rest = self.owner.partition(" ")
        number = rest.partition(" ")[0]
        if self.age > PATIENCE:
            return True
        if host != socket.gethostname() or not number.isdigit():
            return False
        if int(number) == os.getpid():
            return self.owner not in _OWN
        return not _is_running(int(number))

    def __str__(self) -> str:
        host, _, rest = self.owner.partition(" ")
        return f"process {rest.partition(' ')[0]} on {host}, last heard of {self.age:.0f} s ago"


def new_owner() -> str:
    """Return a name for this load that no other has."""
    owner = f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(8)}"
    _OWN.add(owner)
    return owner


def read_lock(endpoint: Endpoint) -> list[Lock]:
    """Return who holds the lock: nobody, one, or more where a store let two in at once."""
    rows = endpoint.select(
        f"SELECT ?owner ?beat (NOW() AS ?now) ?state ?fresh {{ GRAPH <{LEDGER}> {{ "
        f"{LOCK} {OWNER} ?owner . OPTIONAL {{ {LOCK} {_BEAT} ?beat }} "
        f"OPTIONAL {{ {LOCK} {_STATE} ?state }} OPTIONAL {{ {LOCK} {_FRESH} ?fresh }} }} }}"
    )
    found: dict[str, Lock] = {}
    for owner, beat, now, state, fresh in rows:
        assert isinstance(owner, ox.Literal)
        before = found.get(owner.value)
        known = before.fresh if before else ()
        names = fresh.value.split() if isinstance(fresh, ox.Literal) else ()
        added = (name for name in names if name not in known)
        age = _seconds(now) - _seconds(beat) if beat is not None else 0.0
        if before is not None:
            age = min(age, before.age)
        said = state.value if isinstance(state, ox.Literal) else ""
        found[owner.value] = Lock(owner.value, age, said, (*known, *added))
    return list(found.values())


def take_lock(endpoint: Endpoint, owner: str, *, by_force: bool = False) -> Lock | None:
    """Take the lock, and return whose it was, if a dead load left it.

    Raises `LockedError` where another load lives, unless ``by_force``.
    """
    holders = _come_forward(endpoint, owner)
    others = [lock for lock in holders if lock.owner != owner]
    if not others and holders:
        return None
    me = term_text(ox.Literal(owner))
    living = [lock for lock in others if not lock.is_dead]
    if (living and not by_force) or not others:
        raise LockedError(
            f"another load is going on: {living[0]}" if living else "the lock can't be taken",
            place=endpoint.at.update,
            remedy="Wait until it ends. Is it dead? --undo takes back what it left.",
        )
    old = ", ".join(term_text(ox.Literal(lock.owner)) for lock in others)
    theirs = f"GRAPH <{LEDGER}> {{ {LOCK} {OWNER} ?old }} FILTER(?old IN ({old}))"
    endpoint.update(
        # One after the other: Virtuoso forgets the INSERT of an update that deletes as well.
        f"DELETE {{ GRAPH <{LEDGER}> {{ {LOCK} {_BEAT} ?beat }} }} "
        f"WHERE {{ {theirs} GRAPH <{LEDGER}> {{ {LOCK} {_BEAT} ?beat }} }} ;\n"
        f"INSERT {{ GRAPH <{LEDGER}> {{ {LOCK} {OWNER} {me} ; {_BEAT} ?now }} }} "
        f"WHERE {{ {theirs} BIND(NOW() AS ?now) }} ;\n"
        f"DELETE {{ GRAPH <{LEDGER}> {{ {LOCK} {OWNER} ?old }} }} WHERE {{ {theirs} }}"
    )
    if not _has_it_alone(endpoint, owner):
        raise LockedError(
            "another load took the lock first",
            place=endpoint.at.update,
            remedy="Wait until it ends, then call this again.",
        )
    return others[0]


def beat(endpoint: Endpoint, owner: str) -> None:
    """Give a sign of life; raise `LockedError` where the lock is lost."""
    endpoint.update(
        f"DELETE {{ GRAPH <{LEDGER}> {{ {LOCK} {_BEAT} ?beat }} }} "
        f"WHERE {{ {held_by(owner)} GRAPH <{LEDGER}> {{ {LOCK} {_BEAT} ?beat }} }} ;\n"
        f"INSERT {{ GRAPH <{LEDGER}> {{ {LOCK} {_BEAT} ?now }} }} "
        f"WHERE {{ {held_by(owner)} BIND(NOW() AS ?now) }}",
        repeatable=True,
    )
    if not _has_it_alone(endpoint, owner):
        raise LockedError(
            "another load has taken the lock",
            place=endpoint.at.update,
            remedy="Nothing was changed by this one. Wait until the other ends.",
        )


def holds(endpoint: Endpoint, owner: str) -> bool:
    """Tell whether ``owner`` has the lock, and no swap of its own to put back."""
    return [(one.owner, one.state) for one in read_lock(endpoint)] == [(owner, "")]


def release(endpoint: Endpoint, owner: str) -> None:
    """Give the lock back; if the store does not hear it, the next load takes it for dead.

    Where a swap was broken off, it stays, with all that it says: the next load puts that back.
    """
    _OWN.discard(owner)
    endpoint.update(_release(owner), repeatable=True)


def set_state(owner: str, state: str, fresh: Iterable[str]) -> str:
    """Return the update that says what a load is about to do, and which graphs are new.

    The names go together: a statement by such an update costs Virtuoso a millisecond.
    """
    rows = " . ".join(str(quad.triple) for quad in state_quads(owner, state, fresh))
    return f"INSERT {{ GRAPH <{LEDGER}> {{ {rows} }} }} WHERE {{ {held_by(owner)} }}"


def state_quads(owner: str, state: str, fresh: Iterable[str]) -> list[ox.Quad]:
    """Return what says the same, and who does: for a load that sends it with its graphs.

    Should those come late, after the load gave up, they come with the lock of a dead one.
    """
    names = list(fresh)
    texts = [(OWNER, owner), (_STATE, state)]
    for start in range(0, len(names), _TOGETHER):
        texts.append((_FRESH, " ".join(names[start : start + _TOGETHER])))
    lock, *words = (ox.NamedNode(word[1:-1]) for word in (LOCK, *(word for word, _ in texts)))
    return [
        ox.Quad(lock, word, ox.Literal(text), ox.NamedNode(LEDGER))
        for word, (_, text) in zip(words, texts, strict=True)
    ]


def clear_state(owner: str) -> str:
    """Return the update that takes `set_state` back."""
    return (
        f"DELETE {{ GRAPH <{LEDGER}> {{ {LOCK} ?p ?o }} }} WHERE {{ {held_by(owner)} "
        f"VALUES ?p {{ {_STATE} {_FRESH} }} GRAPH <{LEDGER}> {{ {LOCK} ?p ?o }} }}"
    )


def _come_forward(endpoint: Endpoint, owner: str) -> list[Lock]:
    """Write ``owner`` into a lock that nobody has, and return who has it then.

    A store that runs two updates at once can let two in: each that sees another goes back, and
    comes forward again after a time of its own, so that one of them goes first.
    """
    me = term_text(ox.Literal(owner))
    holders = read_lock(endpoint)
    for pause in _PAUSES:
        if holders:
            break
        endpoint.update(  # the condition is repeated inside: another load may come between
            f"INSERT {{ GRAPH <{LEDGER}> {{ {LOCK} {OWNER} {me} ; {_BEAT} ?now }} }} "
            f"WHERE {{ {{ SELECT (NOW() AS ?now) {{ }} }} "
            f"FILTER NOT EXISTS {{ GRAPH <{LEDGER}> {{ {LOCK} {OWNER} ?other }} }} }}"
        )
        holders = read_lock(endpoint)
        if len(holders) < 2 or owner not in {lock.owner for lock in holders}:
            break
        endpoint.update(_release(owner))
        time.sleep(random.uniform(0, pause))
        holders = read_lock(endpoint)
    return holders


def _has_it_alone(endpoint: Endpoint, owner: str) -> bool:
    """Tell whether ``owner`` has the lock; another that came at the same time may go back first."""
    for pause in (*_PAUSES, 0):
        rows = endpoint.select(f"SELECT ?owner {{ GRAPH <{LEDGER}> {{ {LOCK} {OWNER} ?owner }} }}")
        owners = {row[0].value for row in rows if isinstance(row[0], ox.Literal)}
        if owner not in owners or len(owners) == 1:
            break
        time.sleep(random.uniform(0, pause))
    return owners == {owner}


def _release(owner: str) -> str:
    me = term_text(ox.Literal(owner))
    return (
        f"DELETE {{ GRAPH <{LEDGER}> {{ {LOCK} {OWNER} {me} }} }} WHERE {{ {held_by(owner)} "
        f"FILTER NOT EXISTS {{ GRAPH <{LEDGER}> {{ {LOCK} {_STATE} ?state }} }} }} ;\n"
        f"DELETE {{ GRAPH <{LEDGER}> {{ {LOCK} ?p ?o }} }} "
        f"WHERE {{ GRAPH <{LEDGER}> {{ {LOCK} ?p ?o }} "
        f"FILTER NOT EXISTS {{ GRAPH <{LEDGER}> {{ {LOCK} {OWNER} ?other }} }} }}"
    )


def _is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _seconds(term: object) -> float:
    """Return an xsd:dateTime as seconds since 1970; 0 for what is none."""
    import datetime

    text = term.value if isinstance(term, ox.Literal) else ""
    try:
        found = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return 0.0
    zone = found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
    return zone.timestamp()
