"""The page of a thing: what it is, what is said of it and by whom, where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pyoxigraph as ox

from eurohpc_kg import documents
from eurohpc_kg.names import EHPC
from eurohpc_kg.show import Line, Profile
from eurohpc_kg.web.addresses import iri_of
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.maps import spot_of
from eurohpc_kg.web.negotiate import RDF_FORMS
from eurohpc_kg.web.pages.conflicts import disagreements
from eurohpc_kg.web.pages.country import country_of
from eurohpc_kg.web.pages.edition import IN_EDITION, list_of
from eurohpc_kg.web.pages.history import history_of
from eurohpc_kg.web.pages.marks import Marks
from eurohpc_kg.web.pages.neighbours import picture_of
from eurohpc_kg.web.pages.page import Page
from eurohpc_kg.web.pages.spots import Mark, marks_of
from eurohpc_kg.web.records import records_of

# Groups of a profile that the page shows as lists; its records stand in tables of their own.
_LISTS = ("description", "place", "relations", "said of others", "identifiers and links")
_OTHERS = "said of others"
_HEADINGS = {_OTHERS: "Named by others", "identifiers and links": "Elsewhere"}
_LEADING = ("definition", "mission", "aim", "focus")
# Who takes part in a consortium, and who leads it.
_TAKES_PART = ox.NamedNode(EHPC + "hasParticipant")
_LEADS = (ox.NamedNode(EHPC + "ledBy"), ox.NamedNode(EHPC + "coLedBy"))
_FEWEST = 2
_SUMMARY = 320  # characters
_MANY_NAMES = 6


def thing_page(build: Build, path: str) -> Page | None:
    """Return the page of the thing at a path, or ``None`` where nothing is said of it."""
    node = ox.NamedNode(iri_of(path))
    if not build.says_of(node):
        return None
    found = build.profile(node)
    records = records_of(build, node)
    cited = _cited(build, found, records.sources())
    summary = _summary(found)
    names, foreign = _other_names(found)
    data = {
        "profile": found,
        "kinds": build.kinds(node),
        "summary": summary,
        "other_names": names,
        "foreign_names": foreign,
        "lists": _lists(found, build.names.label(IN_EDITION)),
        "records": records,
        "history": history_of(records.ranks),
        "conflicts": disagreements(build, node),
        "picture": picture_of(found.stated.get("relations", [])),
        "spot": spot_of(build, node),
        "consortium": _consortium(build, node),
        "country": country_of(build, node),
        "edition": list_of(build, node),
        "cited": cited,
        "marks": Marks(documents.numbers(cited)),
        "curie": build.prefixes.compact(node.value),
        "is_compared": path.startswith("id/"),
    }
    return Page(
        path, found.label, "thing", data, iri=node.value, forms=(*RDF_FORMS, "csv", "json"),
        description=summary or f"{found.label}: {', '.join(found.kinds)}.",
    )  # fmt: skip


def _consortium(build: Build, node: ox.NamedNode) -> list[Mark]:
    """Return the marks of who takes part in a thing, who leads it first; at least two or none."""
    found = _takers(build, node, _TAKES_PART)
    leading = _takers(build, node, *_LEADS)
    order = sorted(found, key=lambda one: (one not in leading, build.names.label(one), one.value))
    marks = marks_of(
        build,
        (
            (one.value, build.names.label(one), "giga" if one in leading else "factory")
            for one in order
        ),
    )
    return marks if len(marks) >= _FEWEST else []


def _takers(build: Build, node: ox.NamedNode, *ways: ox.NamedNode) -> set[ox.NamedNode]:
    return {
        quad.object
        for way in ways
        for quad in build.store.quads_for_pattern(node, way, None)
        if isinstance(quad.object, ox.NamedNode)
    }


def _cited(build: Build, found: Profile, more: Iterable[str]) -> list[documents.Document]:
    lines = (line for heading in ("names", *_LISTS) for line in found.stated.get(heading, ()))
    iris = dict.fromkeys(source for line in lines for source in line.sources)
    iris.update(dict.fromkeys(more))
    return build.documents(iris)


def _summary(found: Profile) -> str:
    lines = found.stated.get("description", [])
    for aspect in _LEADING:
        for line in lines:
            if line.aspect == aspect and not line.detail:
                text = line.value
                return text if len(text) <= _SUMMARY else text[: _SUMMARY - 1].rstrip() + "…"
    return ""


def _other_names(found: Profile) -> tuple[list[Line], list[Line]]:
    """Return the names besides the heading, each once; many foreign ones apart from the rest."""
    seen = {found.label}
    names = []
    for line in found.stated.get("names", []):
        if line.value not in seen and line.aspect != "hidden name":
            seen.add(line.value)
            names.append(line)
    foreign = [line for line in names if line.detail not in ("", "en")]
    if len(foreign) < _MANY_NAMES:
        return names, []
    return [line for line in names if line.detail in ("", "en")], foreign


def _lists(found: Profile, entries: str) -> list[tuple[str, list[tuple[str, list[Line]]]]]:
    """Return the groups with their lines by aspect, in the order in which a page shows them.

    The ``entries`` of an edition stand in a table of their own.
    """
    lists = []
    for heading in _LISTS:
        is_others = heading == _OTHERS
        lines = [
            line
            for line in found.stated.get(heading, ())
            if not (is_others and line.aspect == entries)
        ]
        aspects = [
            (f"whose “{aspect}” it is" if is_others else aspect, list(same))
            for aspect, same in groupby(lines, key=lambda line: line.aspect)
        ]
        if aspects:
            lists.append((_HEADINGS.get(heading, heading), aspects))
    return lists
