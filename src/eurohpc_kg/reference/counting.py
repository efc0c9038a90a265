"""What the files say of each thing, counted: how often, of which kind, and in which documents.

Claims and register alone; nothing inferred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from eurohpc_kg.names import EHPC, SOURCE, THING, readable_slug
from eurohpc_kg.namespaces import RDF, RDFS
from eurohpc_kg.sources import REGISTER_GRAPH

_TYPE = RDF + "type"
_LABEL = RDFS + "label"
_INVERSES = {"owns": "ownedBy", "hosts": "hostedBy", "houses": "locatedAt", "hasPart": "partOf"}
_RECORDS = {"Figure", "Milestone", "StatusReport", "RankingEntry"}


@dataclass
class Coverage:
    """Hold the counts that the page shows; keys are slugs and local names."""

    classes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, str] = field(default_factory=dict)
    facts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    properties: Counter[str] = field(default_factory=Counter)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)  # thing, property -> times
    records: Counter[str] = field(default_factory=Counter)
    lists: Counter[tuple[str, str]] = field(default_factory=Counter)  # ranking, edition -> entries
    primary: set[str] = field(default_factory=set)
    all_documents: set[str] = field(default_factory=set)


def measure(quads: Iterable[Quad]) -> Coverage:
    """Count what is said of each thing, and in which documents."""
    found = Coverage()
    about: dict[tuple[str, str], str] = {}
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in quads:
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.graph_name, NamedNode):
            continue
        graph, subject = quad.graph_name.value, quad.subject.value
        name = quad.predicate.value
        if subject.startswith(THING):
            _count_thing(found, quad, graph, readable_slug(subject), name)
        elif graph.startswith(SOURCE):
            _count_record(found, quad, graph, subject, about, kinds)
    for (graph, subject), thing in about.items():
        found.facts[thing] |= kinds[graph, subject]
        found.said.update((thing, kind) for kind in kinds[graph, subject])
        found.documents[thing].add(graph)
    return found


def _count_thing(found: Coverage, quad: Quad, graph: str, slug: str, name: str) -> None:
    value = quad.object
    if graph == REGISTER_GRAPH.value and name == _TYPE and isinstance(value, NamedNode):
        found.classes[readable_slug(value.value)].add(slug)
    elif name == _LABEL and isinstance(value, Literal) and value.language == "en":
        found.labels[slug] = value.value
    if name.startswith(EHPC):
        found.facts[slug].add(readable_slug(name))
    if graph.startswith(SOURCE):
        found.documents[slug].add(graph)
        if name != _TYPE:
            found.properties[readable_slug(name)] += 1
            found.said[slug, readable_slug(name)] += 1
            if isinstance(value, NamedNode) and value.value.startswith(THING):
                other = readable_slug(value.value)
                found.documents[other].add(graph)
                found.facts[other] |= {_INVERSES[n] for n in _INVERSES if name == EHPC + n}


def _count_record(
    found: Coverage,
    quad: Quad,
    graph: str,
    subject: str,
    about: dict[tuple[str, str], str],
    kinds: dict[tuple[str, str], set[str]],
) -> None:
    local = readable_slug(quad.predicate.value)
    value = quad.object.value if isinstance(quad.object, NamedNode) else ""
    if quad.predicate.value == _TYPE:
        kind = readable_slug(value)
        if kind in _RECORDS:
            found.records[kind] += 1
        if kind == "SourceDocument":
            found.all_documents.add(graph)
        if kind == "RankingEntry":
            kinds[graph, subject].add("ranking")
            edition, _, ranking = graph.rsplit("/", 1)[-1].rpartition("-")
            found.lists[ranking, edition] += 1
    elif local == "of" and value.startswith(THING):
        about[graph, subject] = readable_slug(value)
    elif local in ("quantity", "milestoneType"):
        kinds[graph, subject].add("/".join(value.rsplit("/", 2)[-2:]))
    elif local == "status":
        kinds[graph, subject].add("status")
    elif local == "standing" and value.endswith("PrimarySource"):
        found.primary.add(graph)
