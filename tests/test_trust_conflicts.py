"""Conflicts: when two sources disagree, when they do not, and which value the rule takes."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pyoxigraph as ox
import pytest

from eurohpc_kg import load
from eurohpc_kg.errors import UsageError
from eurohpc_kg.names import EHPC
from eurohpc_kg.trust import FORMS, Conflict, conflicts, write_conflicts
from eurohpc_kg.trust.judge import Judge
from eurohpc_kg.trust.reading import Reader
from eurohpc_kg.trust.rule import CRITERIA, NONE, ONLY
from trusting import World

ONE, TWO, THREE = "alpha/2026-01-02-one", "beta/2026-02-03-two", "gamma/2026-03-04-three"
MACHINE = ox.NamedNode("https://w3id.org/eurohpc-kg/id/machine")


@pytest.fixture
def world() -> World:
    return World()


def values(world: World) -> list[list[str]]:
    """Return the values of each conflict, the taken one first."""
    return [[claim.value.value for claim in one.claims] for one in conflicts(world.names)]


def only(world: World) -> Conflict:
    (found,) = conflicts(world.names)
    return found


def test_two_numbers_that_differ_are_a_conflict(world: World) -> None:
    one = only(world.figure(ONE, "15.7").figure(TWO, "12.91"))
    assert (one.kind, one.thing, one.apart) == ("figure", MACHINE, ())
    assert str(one.aspect).endswith("/quantity/peak-performance>")
    assert one.shortcut == ox.NamedNode(EHPC + "peakPerformance")
    assert {claim.document.rpartition("/source/")[2] for claim in one.claims} == {ONE, TWO}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"value": "15.7"}, {"value": "15.7"}),
        ({"value": "15.7"}, {"value": "15700", "unit": "unit:teraflop-per-second"}),
        ({"value": "16"}, {"value": "15.7"}),  # 16 is 15.7, rounded
        ({"value": "15", "bound": "bound:at-least"}, {"value": "15.7"}),
        ({"value": "15", "bound": "bound:about"}, {"value": "15.7"}),
        ({"value": "20", "bound": "bound:at-most"}, {"value": "15", "bound": "bound:at-least"}),
        ({"value": "40000000", "unit": "unit:euro"}, {"value": "39996884", "unit": "unit:euro"}),
        ({"value": "15", "unit": "unit:euro"}, {"value": "12"}),  # nothing to compare
        ({"value": "15", "scope": '"part A"@en'}, {"value": "12", "scope": '"part B"@en'}),
        ({"value": "15", "period": '"2024"'}, {"value": "12", "period": '"2025"'}),
    ],
)
def test_numbers_that_one_true_value_fits_are_none(
    world: World, first: dict[str, str], second: dict[str, str]
) -> None:
    assert values(world.figure(ONE, **first).figure(TWO, **second)) == []


def test_a_document_does_not_disagree_with_itself(world: World) -> None:
    world.figure(ONE, "15.7")
    world.says(ONE, "")
    world.put("register", "")
    assert values(world) == []


@pytest.mark.parametrize(
    ("more", "apart"),
    [
        ({"scope": '"theoretical"@en'}, ("scope",)),
        ({"basis": "basis:planned"}, ("basis",)),
        ({"asOf": '"2025-05"^^xsd:gYearMonth'}, ("time",)),
        ({"basis": "basis:planned", "asOf": '"2025"^^xsd:gYear'}, ("basis", "time")),
        ({"asOf": '"2026-01"^^xsd:gYearMonth'}, ()),
    ],
)
def test_what_may_set_two_values_apart_is_said(
    world: World, more: dict[str, str], apart: tuple[str, ...]
) -> None:
    assert only(world.figure(ONE, "15.7").figure(TWO, "12.91", **more)).apart == apart


def test_what_varies_over_time_is_compared_at_one_time_only(world: World) -> None:
    count = {"quantity": "quantity:participating-state-count", "unit": "unit:one"}
    world.figure(ONE, "35", **count)
    world.figure(TWO, "37", **count, asOf='"2026-02"^^xsd:gYearMonth')
    assert values(world) == []
    world.figure(THREE, "36", **count, asOf='"2026-01"^^xsd:gYearMonth')
    assert values(world) == [["35", "36"]]


@pytest.mark.parametrize(
    ("better", "worse", "by"),
    [
        ({"standing": "Primary", "asOf": '"2025"^^xsd:gYear'}, {"basis": "basis:measured"}, 2),
        ({"basis": "basis:measured", "asOf": '"2025"^^xsd:gYear'}, {}, 3),
        ({"basis": "basis:stated"}, {"basis": "basis:estimated"}, 3),
        ({"basis": "basis:estimated"}, {"basis": "basis:planned"}, 3),
        ({"asOf": '"2026-05"^^xsd:gYearMonth'}, {}, 4),
        ({}, {"bound": "bound:about"}, 5),
        ({"document": TWO}, {"document": ONE}, 6),
    ],
)
def test_the_rule_takes_the_better_one_and_says_by_which_criterion(
    world: World, better: dict[str, str], worse: dict[str, str], by: int
) -> None:
    first, second = {"document": ONE} | better, {"document": TWO} | worse
    world.figure(value="15.7", **first).figure(value="12.91", **second)
    one = only(world)
    assert one.taken is not None
    assert (one.taken.value.value, one.rule) == ("15.7", CRITERIA[by])


def test_an_accepted_correction_comes_before_all(world: World) -> None:
    world.figure(ONE, "15.7").figure(TWO, "12.91", standing="Primary")
    correction = """correction:c a ehpc:Correction ;
      ehpc:corrects figure:machine-alpha-2026-01-02-one ;
      ehpc:correctedValue 13.5 ; ehpc:correctionStatus ehpc:{}Correction ;
      dcterms:created "2026-11-25"^^xsd:date ."""
    world.put("corrections", correction.format("Proposed"))
    assert only(world).rule == CRITERIA[2]
    world.put("corrections", correction.format("Accepted"))
    one = only(world)
    assert one.taken is not None
    assert (one.taken.final.value, one.rule) == ("13.5", CRITERIA[0])
    assert "15.7, corrected to 13.5 PFlop/s" in write_conflicts([one], world.names)


def test_a_limit_and_a_part_are_never_taken(world: World) -> None:
    world.figure(ONE, "20", bound="bound:at-least", standing="Primary").figure(TWO, "12.91")
    assert only(world).rule == ONLY
    again = (
        World().figure(ONE, "20", bound="bound:at-least").figure(TWO, "12", bound="bound:at-most")
    )
    assert (only(again).taken, only(again).rule) == (None, NONE)


def test_a_line_of_a_ranking_counts_for_each_quantity_that_it_measures(world: World) -> None:
    world.says(
        "top500/2026-06-list",
        """entry:one a ehpc:RankingEntry ; ehpc:of id:machine ; ehpc:inEdition edition:one ;
          ehpc:rpeak 15000 ; ehpc:rmax 11000 ; ehpc:rank 40 .
          edition:one ehpc:rankingList ranking:top500 ; ehpc:asOf "2026-06"^^xsd:gYearMonth .""",
        "Primary",
    )
    world.figure(ONE, "15.7")
    world.figure(TWO, "9", quantity="quantity:linpack-performance")
    world.figure(THREE, "39", quantity="quantity:top500-rank", unit="unit:rank", asOf='"2026-06"')
    assert sorted(map(sorted, values(world))) == [["11000", "9"], ["15.7", "15000"], ["39", "40"]]


def test_dates_of_one_milestone_agree_as_far_as_they_are_precise(world: World) -> None:
    world.milestone(ONE, "2025-10-12").milestone(TWO, "2025-10")
    assert values(world) == []
    world.milestone(THREE, "2025-11-01")
    one = only(world)
    assert one.kind == "milestone"
    assert {claim.value.value for claim in one.claims} == {"2025-10-12", "2025-10", "2025-11-01"}


def test_milestones_of_two_occasions_are_not_compared(world: World) -> None:
    world.milestone(ONE, "2025-10-12", regarding="id:finland")
    world.milestone(TWO, "2024-10-12", regarding="id:espoo")
    assert values(world) == []


def test_two_states_within_one_month_are_a_conflict(world: World) -> None:
    said = """status:said-{0} a ehpc:StatusReport ; ehpc:of id:machine ; ehpc:status status:{0} ;
      ehpc:asOf "{1}" ."""
    world.says(ONE, said.format("planned", "2026")).says(TWO, said.format("operational", "2026-01"))
    assert values(world) == [], "a year is long"
    world.says(THREE, said.format("retired", "2026-01"))
    assert only(world).kind == "status"


def test_a_relation_of_which_one_is_expected_disagrees_either_way_round(world: World) -> None:
    world.says(ONE, "id:machine ehpc:coordinatedBy id:csc .")
    world.says(TWO, "id:cineca ehpc:coordinates id:machine .")
    one = only(world)
    assert (one.kind, one.aspect) == ("relation", ox.NamedNode(EHPC + "coordinatedBy"))
    assert {claim.value.value.rpartition("/")[2] for claim in one.claims} == {"csc", "cineca"}


def test_a_relation_that_may_have_several_values_does_not(world: World) -> None:
    world.says(ONE, "id:machine ehpc:hasPartner id:csc .")
    world.says(TWO, "id:machine ehpc:hasPartner id:cineca .")
    assert values(world) == []


def test_a_place_inside_the_other_agrees_with_it(world: World) -> None:
    world.says(ONE, "id:machine ehpc:locatedIn id:kajaani .")
    world.says(TWO, "id:machine ehpc:locatedIn id:finland .")
    assert values(world) == []
    world.says(THREE, "id:machine ehpc:locatedIn id:espoo .")
    assert {claim.value.value.rpartition("/")[2] for claim in only(world).claims} >= {
        "kajaani",
        "espoo",
    }


def test_values_that_a_document_names_together_do_not_disagree(world: World) -> None:
    world.says(ONE, "id:machine ehpc:coordinatedBy id:csc .")
    world.says(TWO, "id:machine ehpc:coordinatedBy id:cineca .")
    world.says(THREE, "id:machine ehpc:coordinatedBy id:csc , id:cineca .")
    assert values(world) == []


def test_one_thing_can_be_asked_for(world: World) -> None:
    world.figure(ONE, "15.7").figure(TWO, "12.91")
    assert len(conflicts(world.names, MACHINE)) == 1
    assert conflicts(world.names, ox.NamedNode(MACHINE.value + "-2")) == []


def test_conflicts_that_nothing_excuses_come_first(world: World) -> None:
    world.figure(ONE, "15.7").figure(TWO, "12.91", basis="basis:planned")
    world.milestone("delta/2026-04-05-four", "2024-01-01")
    world.milestone("epsilon/2026-04-06-five", "2025-01-01")
    assert [one.kind for one in conflicts(world.names)] == ["milestone", "figure"]


def test_a_table_has_a_line_a_value_with_its_source_and_the_rule(world: World) -> None:
    world.figure(ONE, "15.7", standing="Primary").figure(TWO, "12.91")
    assert write_conflicts(conflicts(world.names), world.names) == (
        "Machine · peak performance\n"
        "  *  15.7 PFlop/s   2026-01-02  stated    primary    alpha 2026-01-02\n"
        "     12.91 PFlop/s  2026-01-02  stated    secondary  beta 2026-02-03\n"
        "  taken by the rule: a primary source before a secondary one (ehpc:peakPerformance)\n"
        "  apart: nothing sets them apart\n"
    )


def test_json_has_the_values_their_sources_and_what_is_taken(world: World) -> None:
    world.figure(ONE, "15.7", standing="Primary").figure(TWO, "12.91", bound="bound:about")
    (one,) = json.loads(write_conflicts(conflicts(world.names), world.names, "json"))
    assert one["thing"]["curie"] == "id:machine"
    assert one["shortcut"] == "ehpc:peakPerformance"
    assert one["rule"] == CRITERIA[2]
    first, second = one["values"]
    assert (first["value"], first["taken"], first["source"]["standing"]) == (15.7, True, "primary")
    assert (second["bound"], second["text"]) == ("about", "about 12.91 PFlop/s")
    assert second["source"]["address"] == "https://beta.example/page"


def test_csv_and_markdown_have_a_row_a_claim(world: World) -> None:
    world.figure(ONE, "15.7", standing="Primary").figure(TWO, "12.91", bound="bound:about")
    first, second = csv.DictReader(
        io.StringIO(write_conflicts(conflicts(world.names), world.names, "csv"))
    )
    assert first["conflict"] == second["conflict"]
    assert (first["thing"], first["rule"]) == (
        "https://w3id.org/eurohpc-kg/id/machine",
        CRITERIA[2],
    )
    assert (first["taken"], first["value"], first["standing"]) == ("true", "15.7", "primary")
    assert (second["taken"], second["value"], second["bound"]) == ("false", "12.91", "about")
    assert second["source"].endswith("/source/" + TWO)
    markdown = write_conflicts(conflicts(world.names), world.names, "md")
    assert markdown.count("\n") == 4
    assert "| Machine | peak performance | true | 15.7 |" in markdown


def test_the_triples_are_those_of_the_ontology(world: World) -> None:
    world.figure(ONE, "15.7", standing="Primary").figure(TWO, "12.91")
    text = write_conflicts(conflicts(world.names), world.names, "ttl")
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.TURTLE)
    prefix = f"PREFIX ehpc: <{EHPC}> PREFIX id: <https://w3id.org/eurohpc-kg/id/> "
    assert store.query(
        prefix
        + """ASK { ?conflict a ehpc:Conflict ; ehpc:conflictAbout id:machine ;
          ehpc:takenSide [ a ehpc:ConflictSide ; ehpc:sideValue 15.7 ; ehpc:statedIn ?one ] ;
          ehpc:hasSide [ ehpc:sideValue 12.91 ; ehpc:sideRecord ?record ] }"""
    )
    used = {quad.predicate.value for quad in store} | {
        quad.object.value for quad in store if quad.predicate.value.endswith("#type")
    }
    ontology = load().store
    for term in used:
        if term.startswith(EHPC):
            assert next(ontology.quads_for_pattern(ox.NamedNode(term), None, None), None), term


def test_a_form_that_there_is_not_is_refused(world: World) -> None:
    assert set(FORMS) == {"table", "json", "ttl", "csv", "tsv", "srj", "md", "html"}
    with pytest.raises(UsageError, match="'pdf' is no form"):
        write_conflicts([], world.names, "pdf")


def test_the_shortcut_of_the_graph_is_what_the_rule_takes() -> None:
    """The view that derives the shortcuts and the rule here are one, on the whole graph."""
    names = load().names
    units = Judge(Reader(names.store, names.prefixes)).units
    found = [one for one in conflicts(names) if one.shortcut is not None and one.taken is not None]
    assert found
    for one in found:
        assert one.shortcut is not None
        assert one.taken is not None
        derived = [q.object for q in names.store.quads_for_pattern(one.thing, one.shortcut, None)]
        quantity = next(
            row[0]
            for row in names.store.query(  # type: ignore[union-attr]
                f"SELECT ?unit {{ <{one.aspect.value}> <{EHPC}defaultUnit> ?unit }}",
                use_default_graph_as_union=True,
            )
        )
        factor = units[one.taken.unit][1] / units[quantity.value][1]
        expected = Decimal(one.taken.final.value) * factor
        assert [Decimal(value.value) for value in derived] == [expected], one.thing


def test_the_state_that_the_rule_takes_is_the_one_in_which_the_graph_has_the_thing() -> None:
    """Where the newest statement of a thing's state is among those that disagree."""
    names = load().names
    claims = Reader(names.store, names.prefixes).claims("status")
    newest = {claim.thing: claim.date for claim in sorted(claims, key=lambda claim: claim.date)}
    current = ox.NamedNode(EHPC + "currentStatus")
    held = 0
    for one in conflicts(names):
        if one.kind != "status" or one.taken is None or one.taken.date != newest[one.thing]:
            continue
        derived = [q.object for q in names.store.quads_for_pattern(one.thing, current, None)]
        held += derived == [one.taken.final]
        assert derived == [one.taken.final], one.thing
    assert held
