"""What several pages need of the whole graph: read once from a build, and kept with it.

Members of classes, all milestones, the documents with their dates, and the names to search in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from functools import cached_property

import pyoxigraph as ox

from eurohpc_kg.documents import Document
from eurohpc_kg.names import EHPC, NAMESPACE, SOURCE, fold
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.records import dataclass
from eurohpc_kg.show import Record
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.maps import Spot, spot_of
from eurohpc_kg.web.records import Moment, milestone_of, value_of

_A = ox.NamedNode(RDF + "type")
_STATUS = ox.NamedNode(EHPC + "currentStatus")
_OF = "of"
_DAY = len("2025-10-12")


@dataclass(frozen=True)
class Event:
    """Hold a milestone with the thing that it is of."""

    thing: ox.NamedNode
    name: str
    moment: Moment


class Gathering:
    """Hold what was gathered from one build; `of` returns the one of a build."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._nodes: dict[str, frozenset[ox.NamedNode]] = {}
        self._related: dict[str, dict[ox.NamedNode, set[ox.NamedNode]]] = {}
        self._members: dict[str, list[tuple[str, str]]] = {}
        self._spots: dict[str, Spot | None] = {}

    @classmethod
    def of(cls, build: Build) -> Gathering:
        return build.kept(cls)

    def nodes(self, kind: str) -> frozenset[ox.NamedNode]:
        """Return the things of a class (its local name)."""
        if kind not in self._nodes:
            quads = self._build.store.quads_for_pattern(None, _A, ox.NamedNode(EHPC + kind))
            self._nodes[kind] = _subjects(quads)
        return self._nodes[kind]

    def related(self, relation: str, node: ox.NamedNode) -> Set[ox.NamedNode]:
        """Return the things that have a node as the value of a relation (its local name)."""
        if relation not in self._related:
            found: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
            predicate = ox.NamedNode(EHPC + relation)
            for quad in self._build.store.quads_for_pattern(None, predicate, None):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                    found[quad.object].add(quad.subject)
            self._related[relation] = dict(found)
        return self._related[relation].get(node, frozenset())

    @cached_property
    def places(self) -> _Places:
        """Return the place of each thing in a list of many."""
        return _Places(self._build, self.in_a_state)

    @cached_property
    def in_a_state(self) -> frozenset[ox.NamedNode]:
        """Return the things whose current status is known."""
        return _subjects(self._build.store.quads_for_pattern(None, _STATUS, None))

    def members(self, kind: str) -> list[tuple[str, str]]:
        """Return label and IRI of the things of a class (its local name), by label."""
        if kind not in self._members:
            named = ((self._build.names.label(node), node.value) for node in self.nodes(kind))
            self._members[kind] = sorted(named, key=lambda one: (fold(one[0]), one[1]))
        return self._members[kind]

    def spot(self, iri: str) -> Spot | None:
        """Return where a thing stands on the map."""
        if iri not in self._spots:
            self._spots[iri] = spot_of(self._build, ox.NamedNode(iri))
        return self._spots[iri]

    @cached_property
    def events(self) -> list[Event]:
        """Return every milestone, by date; what several documents say alike is one."""
        predicate = ox.NamedNode(EHPC + "milestoneType")
        nodes = {
            quad.subject
            for quad in self._build.store.quads_for_pattern(None, predicate, None)
            if quad.graph_name != INFERRED_GRAPH and isinstance(quad.subject, ox.NamedNode)
        }
        found: dict[tuple[str, str, str, bool], Event] = {}
        for node in sorted(nodes, key=str):
            record = Record(self._build.names, node)
            moment = milestone_of(record)
            thing = record.values.get(_OF)
            if not isinstance(thing, ox.NamedNode) or not moment.date:
                continue
            key = (thing.value, moment.date, moment.name, moment.is_planned)
            known = found.get(key)
            if known is not None:
                moment = known.moment.also_in(moment.sources)
            found[key] = Event(thing, self._build.names.label(thing), moment)
        return sorted(found.values(), key=lambda one: (one.moment.date, one.name))

    @cached_property
    def figures(self) -> dict[tuple[str, str], list[tuple[tuple[str, ...], str]]]:
        """Return what each document gives for a quantity of a thing: (documents, value)."""
        found: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
        predicate = ox.NamedNode(EHPC + "quantity")
        quads = self._build.store.quads_for_pattern(None, predicate, None)
        nodes = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        for node in sorted(nodes, key=str):
            record = Record(self._build.names, node)
            key = (record.iri("of"), record.iri("quantity"))
            found.setdefault(key, []).append((record.sources, value_of(record)))
        return found

    @cached_property
    def documents(self) -> list[Document]:
        """Return every source document, by publisher, the newest first."""
        iris = sorted(
            graph.value
            for graph in self._build.store.named_graphs()
            if isinstance(graph, ox.NamedNode) and graph.value.startswith(SOURCE)
        )
        found = self._build.documents(iris)
        newest = sorted(found, key=lambda one: one.issued, reverse=True)
        return sorted(newest, key=lambda one: fold(one.publisher or "~"))

    @cached_property
    def date(self) -> str:
        """Return the day of the newest document, which is as new as the graph is."""
        days = (one.issued for one in self.documents if len(one.issued) == _DAY)
        return max(days, default="")

    @cached_property
    def searchable(self) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """Return path, label, kind and folded names of all that can be searched for, by label."""
        names: dict[ox.NamedNode, list[str]] = {}
        for key, matches in self._build.names.index().items():
            for match in matches:
                if match.node.value.startswith(NAMESPACE + "id/"):
                    names.setdefault(match.node, []).append(key)
        found = []
        for node, keys in names.items():
            slug = node.value.rpartition("/")[2].replace("-", " ")
            kinds = self._build.kinds(node)
            kind = kinds[0][1] if kinds else ""
            known = tuple(dict.fromkeys([*sorted(set(keys)), slug]))
            found.append((node.value.removeprefix(NAMESPACE), self._build.names.label(node), kind,
                          known))  # fmt: skip
        return sorted(found, key=lambda one: (fold(one[1]), one[0]))


class _Places(dict[ox.NamedNode, tuple[bool, str, str]]):
    """Put things whose state is known before those that only stood on a ranking, by name."""

    def __init__(self, build: Build, in_a_state: frozenset[ox.NamedNode]) -> None:
        super().__init__()
        self._names = build.names
        self._in_a_state = in_a_state

    def __missing__(self, node: ox.NamedNode) -> tuple[bool, str, str]:
        name = self._names.label(node).casefold()
        found = self[node] = (node not in self._in_a_state, name, node.value)
        return found


def _subjects(quads: Iterable[ox.Quad]) -> frozenset[ox.NamedNode]:
    return frozenset(quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode))
