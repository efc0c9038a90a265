"""The checks of the data: each finds its fault, names the thing, and is silent without it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from data_faults import FAULTS

from eurohpc_kg.check.again import surroundings
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


def found_in(check: Check, quads: Iterable[ox.Quad], touched: set[str] | None = None) -> set[str]:
    """Return the rows of a check in what surrounds the ``touched`` terms, by default all terms."""
    listed = list(quads)
    everything = {str(term) for one in listed for term in (one.subject, one.object)}
    whole = definitions()
    new = [quad for quad in listed if quad not in whole]
    whole.extend(new)
    store = surroundings(whole, touched or everything)
    for quad in new:
        whole.remove(quad)
    rows = store.query(check.text, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return set(map(str, rows))


@pytest.mark.parametrize("slug", sorted(c.slug for c in CHECKS.values() if c.is_near))
def test_a_near_check_finds_its_fault_near_the_statement_that_brings_it(slug: str) -> None:
    check, (broken, _, sound) = CHECKS[slug], FAULTS[slug]
    declarations = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES)
    brought = 0
    for trig in (broken, sound):
        quads = list(ox.parse(declarations + trig, format=ox.RdfFormat.TRIG))
        for quad in quads:
            rest = [one for one in quads if one != quad]
            touched = {str(quad.subject), str(quad.object)}
            with_it, without = found_in(check, quads), found_in(check, rest)
            assert with_it - without <= found_in(check, quads, touched)
            assert without - with_it <= found_in(check, rest, touched)
            brought += with_it != without
    assert brought


def test_every_broken_graph_belongs_to_a_check() -> None:
    assert set(FAULTS) == set(CHECKS)


def test_a_plan_that_slipped_is_not_out_of_order() -> None:
    from data_faults import milestone, source

    slipped = milestone("selected", "2024-12-10") + milestone("operational", "2023", "planned")
    assert named(CHECKS["dates-out-of-order"], source(slipped)) == []
