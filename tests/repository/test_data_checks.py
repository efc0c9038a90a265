"""The checks of the data: each finds its fault, names the thing, and is silent without it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from data_faults import FAULTS

from eurohpc_kg.check.queries import Check, all_checks
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import content_files, read_content

ROOT = Path(__file__).parents[2]
REPOSITORY = Repository(ROOT)
PREFIXES = read_prefixes(REPOSITORY)
CHECKS = {c.slug: c for c in all_checks(REPOSITORY) if "#+   - data\n" in c.text}


@cache
def definitions() -> ox.Store:
    """Return a store with the ontology, its vocabularies and the shapes, which some checks ask."""
    rooms = (ROOT / "ontology", ROOT / "shapes")
    store = ox.Store()
    for file in content_files(REPOSITORY):
        if any(file.path.is_relative_to(room) for room in rooms):
            store.extend(read_content(REPOSITORY, file))
    return store


def named(check: Check, trig: str) -> list[str]:
    """Return the first column of the rows that a check finds in a graph."""
    declarations = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES)
    quads = list(ox.parse(declarations + trig, format=ox.RdfFormat.TRIG))
    store = definitions()
    store.extend(quads)
    try:
        rows = store.query(check.text, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        return [PREFIXES.compact(row[0].value) for row in rows]
    finally:
        for quad in quads:
            store.remove(quad)


@pytest.mark.parametrize("slug", sorted(CHECKS))
def test_a_check_of_the_data_names_the_broken_thing(slug: str) -> None:
    broken, thing, _ = FAULTS[slug]
    assert thing in named(CHECKS[slug], broken)


@pytest.mark.parametrize("slug", sorted(CHECKS))
def test_a_check_of_the_data_says_nothing_of_the_nearest_sound_graph(slug: str) -> None:
    _, thing, sound = FAULTS[slug]
    found = named(CHECKS[slug], sound)
    assert thing not in found
    assert len(found) == 0 or slug == "unused-concept"


@pytest.mark.parametrize("slug", sorted(CHECKS))
def test_a_check_of_the_data_explains_itself(slug: str) -> None:
    check = CHECKS[slug]
    assert check.summary.endswith("?")
    assert not check.problem.endswith(".")
    assert check.why.endswith(".")
    assert check.solution.endswith(".")


def test_every_broken_graph_belongs_to_a_check() -> None:
    assert set(FAULTS) == set(CHECKS)


def test_a_plan_that_slipped_is_not_out_of_order() -> None:
    from data_faults import milestone, source

    slipped = milestone("selected", "2024-12-10") + milestone("operational", "2023", "planned")
    assert named(CHECKS["dates-out-of-order"], source(slipped)) == []
