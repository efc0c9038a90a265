"""The source documents: all of them by publisher, and one with what it claims."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, NAMESPACE, SOURCE
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.results import plain
from eurohpc_kg.show import Record, aspect_of
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering
from eurohpc_kg.web.negotiate import RDF_FORMS
from eurohpc_kg.web.pages.page import Page
from eurohpc_kg.web.pages.pieces import Statement
from eurohpc_kg.web.records import value_of

_A = ox.NamedNode(RDF + "type")
_OF = ox.NamedNode(EHPC + "of")
_MARKS = {"quantity": "figure", "milestoneType": "milestone", "status": "state", "rank": "rank"}


def sources_page(build: Build) -> Page:
    """Return the list of documents by publisher."""
    documents = Gathering.of(build).documents
    groups = [
        (publisher or "Without a publisher", list(group))
        for publisher, group in groupby(documents, key=lambda one: one.publisher)
    ]
    primary = sum(one.standing == "primary" for one in documents)
    data = {"groups": groups, "total": len(documents), "primary": primary}
    return Page("source", "Source documents", "sources", data)


def source_page(build: Build, path: str) -> Page | None:
    """Return one document: about it, and what it states, by thing."""
    iri = NAMESPACE + path
    graph = ox.NamedNode(iri)
    if not iri.startswith(SOURCE) or not build.has_graph(graph):
        return None
    document = build.documents([iri])[0]
    about, things = _statements(build, graph)
    data = {
        "document": document,
        "about": about,
        "things": things,
        "count": sum(len(lines) for _, _, lines in things),
    }
    return Page(
        path, document.title, "source", data, iri=iri, forms=(*RDF_FORMS, "csv", "json"),
        description=f"What “{document.title}” ({document.publisher}) states.",
    )  # fmt: skip


def _statements(
    build: Build, graph: ox.NamedNode
) -> tuple[list[Statement], list[tuple[str, str, list[Statement]]]]:
    """Return what is said of the document itself, and of each thing: name, IRI, statements."""
    about: list[Statement] = []
    things: dict[str, list[Statement]] = {}
    quads = [
        (quad.subject, quad)
        for quad in build.store.quads_for_pattern(None, None, None, graph)
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple)
    ]
    records = {subject for subject, quad in quads if quad.predicate == _OF}
    for subject, quad in quads:
        if subject in records:
            continue
        if subject == graph:
            about.append(_plain(build, quad, 0))
        elif quad.predicate != _A:
            things.setdefault(subject.value, []).append(_plain(build, quad, _also(build, quad)))
    for record in sorted(records, key=str):
        thing, statement = _of_record(build, record, graph)
        things.setdefault(thing, []).append(statement)
    listed = [
        (build.label(iri), iri, sorted(lines, key=lambda line: (line.aspect, line.value)))
        for iri, lines in things.items()
    ]
    return sorted(about, key=lambda line: line.aspect), sorted(listed)


def _plain(build: Build, quad: ox.Quad, also: int) -> Statement:
    value = quad.object
    note = (value.language or "") if isinstance(value, ox.Literal) else ""
    if isinstance(value, ox.NamedNode):
        label = build.names.label(value)
        text = value.value if label.startswith("<") else label
    else:
        text = plain(value)  # type: ignore[arg-type]
    iri = value.value if isinstance(value, ox.NamedNode) else ""
    return Statement(
        aspect_of(build.names, quad.predicate), text, iri, note if note != "en" else "", also
    )


def _also(build: Build, quad: ox.Quad) -> int:
    """Return how many other documents state the same."""
    same = build.store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    graphs = {one.graph_name for one in same} - {quad.graph_name, INFERRED_GRAPH}
    return len(graphs)


def _of_record(build: Build, node: ox.NamedNode, graph: ox.NamedNode) -> tuple[str, Statement]:
    record = Record(build.names, node)
    kind = next((kind for mark, kind in _MARKS.items() if mark in record.values), "record")
    thing = record.iri("of")
    if kind == "figure":
        note = ", ".join(filter(None, (record.text("basis"), record.text("scope"))))
        others = _others(build, thing, record, graph)
        line = Statement(
            record.text("quantity"), value_of(record), "", _dated(note, record), 0, others
        )
    elif kind == "milestone":
        note = ", ".join(filter(None, (record.text("basis"), record.text("dateText"))))
        line = Statement(record.text("milestoneType"), record.text("date"), "", note, 0)
    elif kind == "state":
        line = Statement(
            "status", record.text("status"), record.iri("status"), _dated("", record), 0
        )
    else:
        line = Statement(record.text("inEdition"), f"rank {record.text('rank')}",
                         record.iri("inEdition"), "", 0)  # fmt: skip
    return thing, line


def _dated(note: str, record: Record) -> str:
    date = record.text("asOf")
    return ", ".join(filter(None, (note, f"as of {date}" if date else "")))


def _others(build: Build, thing: str, record: Record, graph: ox.NamedNode) -> tuple[str, ...]:
    """Return the values that other documents give for the same quantity of the same thing."""
    known = Gathering.of(build).figures.get((thing, record.iri("quantity")), [])
    values = Counter(value for documents, value in known if graph.value not in documents)
    return tuple(f"{text} ({n})" if n > 1 else text for text, n in sorted(values.items()))
