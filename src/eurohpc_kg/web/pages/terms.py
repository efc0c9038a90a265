"""The ontology and the vocabularies: overviews, and one page a term."""

from __future__ import annotations

from typing import Any

from eurohpc_kg.names import EHPC, ONTOLOGY, VOCABULARY, fold, readable_slug
from eurohpc_kg.terms import Term
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering
from eurohpc_kg.web.negotiate import RDF_FORMS
from eurohpc_kg.web.pages.class_diagrams import class_diagram, hierarchy, themes
from eurohpc_kg.web.pages.page import Page

_PROPERTIES = ("object property", "datatype property", "annotation property")
_MOST = 600
Branch = tuple[Term, list[Any]]


def ontology_page(build: Build) -> Page:
    """Return the overview of classes and properties, as trees."""
    terms = [term for term in build.terms.values() if term.iri.startswith(EHPC)]
    trees = [
        (heading, anchor, _tree([term for term in terms if term.kind in kinds]))
        for heading, anchor, kinds in (
            ("Classes", "classes", ("class",)),
            ("Relations between things", "relations", _PROPERTIES[:1]),
            ("Properties with values", "values", _PROPERTIES[1:]),
            ("Individuals", "individuals", ("individual",)),
        )
    ]
    classes = trees[0][2]
    data = {
        "trees": trees,
        "hierarchy": hierarchy(classes),
        "themes": themes(build.terms, classes),
    }
    return Page("ontology", "Ontology", "ontology", data, iri=ONTOLOGY,
                forms=(*RDF_FORMS, "csv", "json"))  # fmt: skip


def term_page(build: Build, path: str) -> Page | None:
    """Return the page of one term: its definition, its neighbours, and what it is used for."""
    term = build.terms.get(EHPC + path.partition("/")[2])
    if term is None:
        return None
    gathered = Gathering.of(build)
    members = gathered.members(readable_slug(term.iri)) if term.kind == "class" else []
    around = build.kept(_Around)
    is_class = term.kind == "class"
    data = {
        "term": term,
        "drawing": class_diagram(build.terms, {term.iri}, f"Around {term.label}")
        if is_class
        else None,
        "narrower": around.narrower.get(term.iri, []),
        "used_on": around.used_on.get(term.iri, []),
        "pointing": around.pointing.get(term.iri, []),
        "members": members[:_MOST],
        "more": max(0, len(members) - _MOST),
        "total": len(members),
    }
    return Page(path, term.label, "term", data, iri=term.iri, description=term.definition)


def vocabularies_page(build: Build) -> Page:
    """Return the list of vocabularies."""
    schemes = sorted(
        (term for term in build.terms.values() if term.kind == "scheme"), key=_by_label
    )
    listed = [(scheme, len(build.concepts(scheme.iri))) for scheme in schemes]
    return Page("vocabulary", "Vocabularies", "vocabularies", {"schemes": listed})


def vocabulary_page(build: Build, path: str) -> Page | None:
    """Return one vocabulary as a tree."""
    scheme = build.terms.get(VOCABULARY + path.partition("/")[2])
    if scheme is None or scheme.kind != "scheme":
        return None
    members = [term for term in build.terms.values() if term.scheme == scheme.iri]
    data = {"scheme": scheme, "tree_of": _tree(members), "total": len(members)}
    return Page(path, scheme.label, "vocabulary", data, iri=scheme.iri,
                forms=(*RDF_FORMS, "csv", "json"), description=scheme.definition)  # fmt: skip


def _tree(terms: list[Term]) -> list[Branch]:
    """Return terms below their parents; one with several parents stands below each."""
    known = {term.iri for term in terms}
    below: dict[str, list[Term]] = {}
    roots = []
    for term in terms:
        parents = [parent for parent in term.parents if parent in known and parent != term.iri]
        for parent in parents:
            below.setdefault(parent, []).append(term)
        if not parents:
            roots.append(term)

    def branch(term: Term, above: frozenset[str]) -> Branch:
        inner = above | {term.iri}
        members = [one for one in below.get(term.iri, []) if one.iri not in inner]
        return term, [branch(one, inner) for one in sorted(members, key=_by_label)]

    return [branch(term, frozenset()) for term in sorted(roots, key=_by_label)]


class _Around:
    """Hold what points to each term, as label and IRI, by label."""

    def __init__(self, build: Build) -> None:
        self.narrower: dict[str, list[tuple[str, str]]] = {}
        self.used_on: dict[str, list[tuple[str, str]]] = {}
        self.pointing: dict[str, list[tuple[str, str]]] = {}
        for term in sorted(build.terms.values(), key=_by_label):
            for found, iris in (
                (self.narrower, term.parents),
                (self.used_on, term.domains),
                (self.pointing, term.ranges),
            ):
                for iri in iris:
                    found.setdefault(iri, []).append((term.label, term.iri))


def _by_label(term: Term) -> str:
    return fold(term.label)
