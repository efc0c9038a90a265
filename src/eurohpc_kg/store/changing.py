"""A store made from the one before it: what a few changed data files change, and nothing else.

The outcome is that of a build from the start, statement for statement, or there is none: where
anything is in doubt (an axiom, a contradiction, a blank node, an error to be told with its place),
`change` says so by returning nothing, and the caller builds from the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.reason import NOT_REASONED, Trail, UnsureError, follow
from eurohpc_kg.reason.trail import statement
from eurohpc_kg.reason.views import read_views
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import INFERRED_GRAPH, content_file, content_paths, read_content
from eurohpc_kg.store.canonical import (
    CanonicalGraph,
    as_quads,
    lines_of,
    read_graphs,
    rewrite_graphs,
    text_of,
)
from eurohpc_kg.store.previous import Previous, copy_database
from eurohpc_kg.store.spellings import FILE as NAMES
from eurohpc_kg.store.spellings import SUB_PROPERTY, respelled

TRAIL = "trail.json"
MOST_STATEMENTS = 20_000
"""A change of more is not followed: a build from the start is then as quick."""

Approves = Callable[[Repository, Mapping[str, bytes], ox.Store, Set[str]], bool]
_TYPED = '"^^<'
_SUB_PROPERTY = f" {SUB_PROPERTY} "
_INFERRED = INFERRED_GRAPH.value
_OTHERS = frozenset(graph.value for graph in NOT_REASONED)


@dataclass(frozen=True)
class Change:
    """Hold the statements (N-Triples, without the dot) that one graph lost and got."""

    lost: set[str]
    got: set[str]

    def __len__(self) -> int:
        return len(self.lost) + len(self.got)


def change(
    repository: Repository, previous: Previous, folder: Path, approves: Approves
) -> int | None:
    """Make a store in ``folder`` and return how many statements were lost or got, or ``None``.

    Raises `OSError` or `RuntimeError` where the folder can't be written.
    """
    try:
        trail = Trail.from_json((previous.folder / TRAIL).read_text(encoding="utf-8"))
        known = {graph.name: graph for graph in read_graphs(previous.folder)}
        before = {name: b"".join(graph.chunks()) for name, graph in known.items()}
        read = _read_again(repository, previous)
        after = {name: text for name, text in {**before, **read}.items() if text}
        was = {name: lines_of(text) for name, text in before.items()}
        now = {n: was[n] if t is before.get(n) else lines_of(t) for n, t in after.items()}
        changes = {name: _change(was, now, name) for name in read}
        if sum(map(len, changes.values())) > MOST_STATEMENTS or _names_may_meet(known):
            return None
        reasoned = ox.Store()
        texts = {name: text for name, text in after.items() if name not in _OTHERS}
        reasoned.load(b"".join(as_quads(texts)), format=ox.RdfFormat.N_QUADS)
        found = follow(trail, read_views(repository), was, now, _OTHERS, reasoned)
        if not approves(repository, after, reasoned, _touched(changes.values())):
            return None
    except (EurohpcKgError, UnsureError, OSError, ValueError, KeyError, TypeError):
        return None
    now[_INFERRED] = sorted(found.inferred)
    after[_INFERRED] = text_of(now[_INFERRED])
    changes[_INFERRED] = _change(was, now, _INFERRED)
    copy_database(previous.folder, folder)
    _apply(folder, changes, now)
    rewrite_graphs(folder, {name: text for name, text in after.items() if text}, known)
    _respell(previous.folder, folder, changes, now)
    (folder / TRAIL).write_text(found.trail.to_json(), encoding="utf-8")
    return sum(map(len, changes.values()))


def _touched(changes: Iterable[Change]) -> set[str]:
    """Return the subjects and objects of what was lost or got."""
    parts = (line.split(" ", 2) for one in changes for line in chain(one.lost, one.got))
    return {term for subject, _, value in parts for term in (subject, value)}


def _read_again(repository: Repository, previous: Previous) -> dict[str, bytes]:
    """Read all files of the graphs that a changed file fills; return the graphs, some empty.

    Raises what `sources.read_content` raises, and `UnsureError` for a blank node.
    """
    changed = {content_file(repository, repository.root / name).graph for name in previous.changed}
    graphs: dict[str, set[str]] = {graph.value: set() for graph in changed}
    for path in content_paths(repository):
        file = content_file(repository, path)
        if file.graph in changed:
            for quad in read_content(repository, file):
                if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                    raise UnsureError("a blank node")
                graphs[file.graph.value].add(statement(quad))
    return {name: text_of(sorted(found)) for name, found in graphs.items()}


def _names_may_meet(graphs: Mapping[str, CanonicalGraph]) -> bool:
    """Tell whether two graphs that are reasoned over have blank nodes: their names could meet."""
    blank = [one for name, one in graphs.items() if one.has_blank_nodes and name not in _OTHERS]
    return len(blank) > 1


def _apply(folder: Path, changes: Mapping[str, Change], now: Mapping[str, list[str]]) -> None:
    """Take out of the store what graphs lost, and put in what they got.

    The store keeps values, not how they are written: ``1.0`` goes with ``1.00``. So what is left
    of the same property of the same thing is put in once more.
    """
    lost = [f"GRAPH <{name}> {{ {line} }}" for name, one in changes.items() for line in one.lost]
    got = {}
    for name, one in changes.items():
        properties = {_property(line) for line in one.lost if _TYPED in line}
        left = (line for line in now.get(name, ()) if _property(line) in properties)
        got[name] = text_of([*one.got, *(left if properties else ())])
    store = ox.Store(str(folder))
    if lost:
        store.update(f"DELETE DATA {{ {' '.join(lost)} }}")
    store.extend(ox.parse(b"".join(as_quads(got)), format=ox.RdfFormat.N_QUADS))
    for name in changes:
        if not now.get(name):
            store.remove_graph(ox.NamedNode(name))
    store.flush()


def _respell(
    source: Path, target: Path, changes: Mapping[str, Change], now: Mapping[str, list[str]]
) -> None:
    """Write the file of names anew where a thing has changed."""
    things = {
        line[: line.index(" ")] for one in changes.values() for line in chain(one.lost, one.got)
    }
    about = [line for lines in now.values() for line in lines if line[: line.index(" ")] in things]
    about += [line for lines in now.values() for line in lines if _SUB_PROPERTY in line]
    quads = ox.parse(text_of(about), format=ox.RdfFormat.N_TRIPLES)
    names = respelled((source / NAMES).read_bytes(), {thing[1:-1] for thing in things}, quads)
    (target / NAMES).write_bytes(names)


def _change(was: Mapping[str, list[str]], now: Mapping[str, list[str]], name: str) -> Change:
    old, new = set(was.get(name, ())), set(now.get(name, ()))
    return Change(old - new, new - old)


def _property(line: str) -> tuple[str, str]:
    subject, predicate, _ = line.split(" ", 2)
    return subject, predicate
