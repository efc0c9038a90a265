"""Two to five things side by side: one row an aspect.

A name that several things have is that of the one which is of a kind with the others; where none
is, the reader chooses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

import pyoxigraph as ox

from eurohpc_kg.errors import AmbiguousNameError, EurohpcKgError
from eurohpc_kg.show import Line, Profile, profile
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering
from eurohpc_kg.web.pages.page import Page

_MOST = 5
_GROUPS = ("place", "description", "relations", "figures", "milestones", "rankings")
_CURIE = re.compile(r"\(([^()]+)\)$")
Problem = tuple[str, list[tuple[str, str, str]]]


def compare_page(build: Build, values: Mapping[str, list[str]]) -> Page:
    """Return the things that were named, side by side, and what to do about names that are none."""
    written = [one.strip()[:300] for one in values.get("thing", []) if one.strip()][:_MOST]
    meant: list[list[ox.NamedNode]] = []
    reasons: list[str] = []
    for text in written:
        nodes, reason = _meant(build, text)
        meant.append(nodes)
        reasons.append(reason)
    kinds = {kind for nodes in meant if len(nodes) == 1 for kind in build.kinds(nodes[0])}
    chosen: list[Profile] = []
    fields: list[str] = []
    problems: list[Problem] = []
    for number, (nodes, reason) in enumerate(zip(meant, reasons, strict=True)):
        alike = [node for node in nodes if kinds & set(build.kinds(node))]
        if len(nodes) == 1 or len(alike) == 1:
            found = profile(build.names, nodes[0] if len(nodes) == 1 else alike[0])
            chosen.append(found)
            fields.append(_name(build, found))
        else:
            problems.append((reason, _choices(build, written, number, nodes)))
            fields.append(written[number])
    groups = [(heading, _rows(chosen, heading)) for heading in _GROUPS]
    names = sorted(
        {name for kind in ("AIFactory", "QuantumSystem") for name, _ in
         Gathering.of(build).members(kind)}
    )  # fmt: skip
    room = max(2 - len(fields), int(len(fields) < _MOST))
    data = {
        "things": [(one.label, one.node.value, one.kinds) for one in chosen],
        "groups": [group for group in groups if group[1]],
        "written": fields + [""] * room,
        "problems": problems,
        "names": names,
        "most": _MOST,
    }
    title = "Compare " + ", ".join(one.label for one in chosen) if chosen else "Compare"
    return Page("-/compare", title, "compare", data, status=404 if problems else 200)


def _meant(build: Build, text: str) -> tuple[list[ox.NamedNode], str]:
    """Return the things that may be meant, and what to say where that is not one."""
    try:
        return [build.names.find(text).node], ""
    except AmbiguousNameError as error:
        curies = (match[1] for one in error.candidates if (match := _CURIE.search(one)))
        return [ox.NamedNode(build.prefixes.expand(curie)) for curie in curies], error.problem
    except EurohpcKgError as error:
        return [], str(error)


def _name(build: Build, found: Profile) -> str:
    """Return what to write for a thing so that it is found again."""
    nodes, _ = _meant(build, found.label)
    return found.label if nodes == [found.node] else build.prefixes.compact(found.node.value)


def _choices(
    build: Build, written: list[str], place: int, nodes: list[ox.NamedNode]
) -> list[tuple[str, str, str]]:
    """Return name, kind and query of each thing that may be meant at a place."""
    found = []
    for node in nodes:
        curie = build.prefixes.compact(node.value)
        texts = [curie if i == place else text for i, text in enumerate(written)]
        kind = ", ".join(name for _, name in build.kinds(node))
        found.append((build.names.label(node), kind, urlencode([("thing", one) for one in texts])))
    return found


def _rows(chosen: list[Profile], heading: str) -> list[tuple[str, list[list[Line]]]]:
    """Return each aspect with the lines of each thing."""
    aspects: dict[str, list[list[Line]]] = {}
    for number, one in enumerate(chosen):
        for line in one.groups.get(heading, []):
            cells = aspects.setdefault(line.aspect, [[] for _ in chosen])
            cells[number].append(line)
    return sorted(aspects.items(), key=lambda row: (-sum(map(bool, row[1])), row[0]))
