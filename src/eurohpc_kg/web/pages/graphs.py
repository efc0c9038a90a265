"""Graphs of our own, and the shapes in words: what a file of the content has to fulfil."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.namespaces import SH
from eurohpc_kg.results import plain
from eurohpc_kg.sources import SHAPES_GRAPH
from eurohpc_kg.web.addresses import SHAPE
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.negotiate import RDF_FORMS
from eurohpc_kg.web.pages.page import Page


@dataclass
class Rule:
    """Hold one rule on a property: why, and what to write; ``severity`` is a word."""

    name: str
    why: str
    message: str
    severity: str


@dataclass
class Shape:
    """Hold the rules of one class."""

    name: str
    title: str
    classes: list[str]
    why: str
    rules: list[Rule] = field(default_factory=list)


def graph_page(build: Build, path: str) -> Page | None:
    """Return the page of a graph that is no source document."""
    graph = ox.NamedNode(NAMESPACE + path)
    if not build.has_graph(graph):
        return None
    document = build.documents([graph.value])[0]
    size = sum(1 for _ in build.store.quads_for_pattern(None, None, None, graph))
    title = document.title if document.title != graph.value else path
    return Page(path, title, "graph", {"size": size}, iri=graph.value,
                forms=(*RDF_FORMS, "csv", "json"))  # fmt: skip


def shapes_page(build: Build) -> Page:
    """Return every shape with its rules, in words."""
    target = ox.NamedNode(SH + "NodeShape")
    nodes = {
        quad.subject
        for quad in build.store.quads_for_pattern(None, None, target, SHAPES_GRAPH)
        if isinstance(quad.subject, ox.NamedNode)
    }
    shapes = [_shape(build, node) for node in sorted(nodes, key=str)]
    return Page("shape", "Shapes: what is demanded of the data", "shapes", {"shapes": shapes},
                iri=SHAPE, forms=(*RDF_FORMS, "csv", "json"))  # fmt: skip


def _shape(build: Build, node: ox.NamedNode) -> Shape:
    rules = [
        Rule(
            _last(one.value), _text(build, one, "description"), _text(build, one, "message"),
            _last(_text(build, one, "severity")).lower(),
        )
        for one in _values(build, node, "property")
        if isinstance(one, ox.NamedNode)
    ]  # fmt: skip
    classes = [one.value for one in _values(build, node, "targetClass") if one]
    rules.sort(key=lambda rule: rule.name)
    title = build.label(classes[0]) if len(classes) == 1 else _last(node.value)
    return Shape(
        _last(node.value), title, sorted(classes), _text(build, node, "description"), rules
    )


def _values(build: Build, node: ox.NamedNode, name: str) -> list[ox.NamedNode | ox.Literal]:
    quads = build.store.quads_for_pattern(node, ox.NamedNode(SH + name), None, SHAPES_GRAPH)
    return [q.object for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)]


def _text(build: Build, node: ox.NamedNode, name: str) -> str:
    return next((plain(value) for value in _values(build, node, name)), "")


def _last(iri: str) -> str:
    return iri.rpartition("#")[2]
