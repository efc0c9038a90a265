"""The views: what each written rule chooses, case by case."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.errors import EncodingError, QuerySyntaxError, RuleError
from eurohpc_kg.names import EHPC, GRAPH, SOURCE, THING, read_prefixes
from eurohpc_kg.reason import close
from eurohpc_kg.reason.views import View, evaluate_views, read_view, read_views
from eurohpc_kg.repository import Repository, find_repository

REPOSITORY = find_repository(Path(__file__))
PREFIXES = "\n".join(f"@prefix {p}: <{n}> ." for p, n in read_prefixes(REPOSITORY))
VIEWS = {view.name: view for view in read_views(REPOSITORY)}

UNITS = """
ehpc:linpackPerformance ehpc:shortcutFor quantity:linpack-performance .
ehpc:powerDraw ehpc:shortcutFor quantity:power-draw .
quantity:linpack-performance ehpc:defaultUnit unit:petaflop-per-second .
quantity:power-draw ehpc:defaultUnit unit:megawatt .
unit:petaflop-per-second ehpc:baseUnit unit:petaflop-per-second ; ehpc:conversionFactor 1.0 .
unit:exaflop-per-second ehpc:baseUnit unit:petaflop-per-second ; ehpc:conversionFactor 1000.0 .
unit:teraflop-per-second ehpc:baseUnit unit:petaflop-per-second ; ehpc:conversionFactor 0.001 .
unit:kilowatt ehpc:baseUnit unit:kilowatt ; ehpc:conversionFactor 1.0 .
unit:megawatt ehpc:baseUnit unit:kilowatt ; ehpc:conversionFactor 1000.0 .
unit:euro ehpc:baseUnit unit:euro ; ehpc:conversionFactor 1.0 .
"""
LIVES = """
milestone-type:selected ehpc:leadsToStatus status:selected .
milestone-type:operational ehpc:leadsToStatus status:operational .
milestone-type:inaugurated ehpc:leadsToStatus status:inaugurated .
status:selected ehpc:lifeOrder 30 .
status:inaugurated ehpc:lifeOrder 70 .
status:operational ehpc:lifeOrder 90 .
"""


def graph(text: str, name: str = SOURCE + "example/2026-a") -> list[ox.Quad]:
    base = f"{PREFIXES}\n@base <{name}> .\n"
    found = ox.parse(base + text, format=ox.RdfFormat.TURTLE)
    return [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(name)) for q in found]


def primary(text: str, name: str = SOURCE + "owner/2026-b") -> list[ox.Quad]:
    return graph("<> ehpc:standing ehpc:PrimarySource .\n" + text, name)


def secondary(text: str) -> list[ox.Quad]:
    return graph("<> ehpc:standing ehpc:SecondarySource .\n" + text)


def figure(name: str, value: str, **parts: str) -> str:
    """Write a figure of id:x: stated, of January 2026, in PFlop/s, unless said otherwise."""
    usual = {
        "quantity": "quantity:linpack-performance",
        "unit": "unit:petaflop-per-second",
        "basis": "basis:stated",
        "asOf": '"2026-01"^^xsd:gYearMonth',
    }
    rest = " ; ".join(f"ehpc:{key} {term}" for key, term in {**usual, **parts}.items() if term)
    return f"figure:{name} ehpc:of id:x ; ehpc:value {value} ; {rest} .\n"


def answers(view: str, quads: list[ox.Quad]) -> dict[str, str]:
    """Return what the view gives id:x: the property and the value, without namespaces."""
    made = evaluate_views([VIEWS[view]], quads)[view]
    return {t.predicate.value.removeprefix(EHPC): t.object.value.rpartition("/")[2] for t in made}


def best(*sources: list[ox.Quad]) -> str | None:
    quads = [*graph(UNITS, GRAPH + "ontology"), *(quad for source in sources for quad in source)]
    return answers("best-figures", quads).get("linpackPerformance")


def status(text: str) -> str | None:
    return answers("current-status", graph(LIVES + text)).get("currentStatus")


def test_a_thing_is_in_the_country_among_its_places() -> None:
    text = "id:x ehpc:locatedIn id:kajaani , id:finland . id:finland a ehpc:Country ."
    assert answers("in-country", graph(text)) == {"inCountry": "finland"}


def test_primary_is_before_secondary() -> None:
    assert best(primary(figure("a", "1")), secondary(figure("b", "2"))) == "1"


def test_primary_is_before_secondary_even_if_older_or_planned() -> None:
    old = figure("a", "1", asOf='"2020"^^xsd:gYear', basis="basis:planned")
    assert best(primary(old), secondary(figure("b", "2", basis="basis:measured"))) == "1"


def test_a_source_without_standing_counts_as_secondary() -> None:
    assert best(primary(figure("a", "1")), graph(figure("b", "2"))) == "1"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("measured", "stated"),
        ("measured", "contracted"),
        ("stated", "estimated"),
        ("contracted", "planned"),
        ("estimated", "planned"),
    ],
)
def test_the_surer_basis_is_before_the_newer_one(better: str, worse: str) -> None:
    old = figure("a", "1", basis=f"basis:{better}", asOf='"2020"^^xsd:gYear')
    assert best(graph(old + figure("b", "2", basis=f"basis:{worse}"))) == "1"


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ('"2026-02"^^xsd:gYearMonth', '"2026-01-31"^^xsd:date'),
        ('"2026"^^xsd:gYear', '"2025-12-31"^^xsd:date'),
        ('"2026-01"^^xsd:gYearMonth', '"2026"^^xsd:gYear'),
        ('"2026-01-02"^^xsd:date', '"2026-01"^^xsd:gYearMonth'),
    ],
)
def test_the_newer_is_before_the_older_whatever_the_precision(newer: str, older: str) -> None:
    text = figure("a", "1", asOf=newer) + figure("b", "2", asOf=older)
    assert best(graph(text)) == "1"


def test_an_exact_value_is_before_one_that_is_about_right() -> None:
    assert best(graph(figure("a", "1") + figure("b", "2", bound="bound:about"))) == "1"
    assert best(graph(figure("b", "2", bound="bound:about"))) == "2"


def test_of_equals_the_last_name_counts_so_that_one_value_comes_out() -> None:
    assert best(graph(figure("a", "3") + figure("c", "1") + figure("b", "2"))) == "1"


@pytest.mark.parametrize("bound", ["bound:at-least", "bound:at-most"])
def test_a_bound_is_not_a_value(bound: str) -> None:
    assert best(graph(figure("a", "1", bound=bound))) is None


def test_a_figure_of_a_part_is_not_the_whole_things() -> None:
    assert best(graph(figure("a", "1", scope='"the booster"@en'))) is None


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("379.70", "petaflop-per-second", "379.7"),
        ("1.5", "exaflop-per-second", "1500"),
        ("379700", "teraflop-per-second", "379.7"),
        ("1e3", "petaflop-per-second", "1000"),
    ],
)
def test_units_are_converted_to_the_quantitys_own(value: str, unit: str, expected: str) -> None:
    assert best(graph(figure("a", value, unit=f"unit:{unit}"))) == expected


def test_a_unit_of_another_kind_gives_no_value() -> None:
    assert best(graph(figure("a", "1", unit="unit:euro"))) is None


def test_a_default_unit_that_is_not_the_base_unit_is_divided_out() -> None:
    power = figure("a", "7100", quantity="quantity:power-draw", unit="unit:kilowatt")
    found = answers("best-figures", [*graph(UNITS), *graph(power)])
    assert found == {"powerDraw": "7.1"}


def correction(of: str, value: str, state: str = "Accepted", created: str = "2026-02-01") -> str:
    return (
        f"correction:{of}-{created} ehpc:corrects figure:{of} ; ehpc:correctedValue {value} ;"
        f'ehpc:correctionStatus ehpc:{state}Correction ; dcterms:created "{created}"^^xsd:date .\n'
    )


def test_a_corrected_value_is_before_all_in_the_unit_of_its_figure() -> None:
    weak = figure("a", "1", basis="basis:planned", unit="unit:exaflop-per-second")
    verdicts = graph(correction("a", "2"), GRAPH + "corrections")
    assert best(secondary(weak), primary(figure("b", "3")), verdicts) == "2000"


def test_the_last_of_two_corrections_counts() -> None:
    text = correction("a", "2", created="2026-02-01") + correction("a", "3", created="2026-03-01")
    assert best(graph(figure("a", "1")), graph(text, GRAPH + "corrections")) == "3"


@pytest.mark.parametrize("state", ["Proposed", "Withdrawn"])
def test_a_correction_that_is_not_accepted_changes_nothing(state: str) -> None:
    verdicts = graph(correction("a", "2", state), GRAPH + "corrections")
    assert best(graph(figure("a", "1")), verdicts) == "1"


def test_a_line_of_a_ranking_is_a_measured_figure() -> None:
    entry = """
        edition:top500-2026-06 ehpc:asOf "2026-06"^^xsd:gYearMonth .
        entry:top500-2026-06-9 ehpc:of id:x ; ehpc:inEdition edition:top500-2026-06 ;
            ehpc:rmax 379700.0 ; ehpc:powerKilowatt 7107.0 .
    """
    found = answers("best-figures", [*graph(UNITS), *graph(entry + figure("a", "1"))])
    assert found == {"linpackPerformance": "379.7", "powerDraw": "7.107"}


def milestone(
    name: str, kind: str, date: str, basis: str = "stated", as_of: str = "2026-09"
) -> str:
    return (
        f"milestone:{name} ehpc:of id:x ; ehpc:milestoneType milestone-type:{kind} ;"
        f'ehpc:basis basis:{basis} ; ehpc:date "{date}" ; ehpc:asOf "{as_of}" .\n'
    )


def report(name: str, state: str, as_of: str) -> str:
    return (
        f"report:{name} ehpc:of id:x ; ehpc:status status:{state} ;"
        f'ehpc:asOf "{as_of}"^^xsd:gYearMonth .\n'
    )


def test_the_newest_milestone_gives_the_status() -> None:
    text = milestone("a", "selected", "2021-06-07") + milestone("b", "operational", "2023")
    assert status(text) == "operational"


def test_a_newer_report_is_before_an_older_milestone() -> None:
    assert status(milestone("a", "selected", "2021") + report("b", "operational", "2022-05")) == (
        "operational"
    )


def test_a_planned_milestone_has_not_come_true() -> None:
    text = report("a", "selected", "2025-10") + milestone("b", "operational", "2026", "planned")
    assert status(text) == "selected"


def test_a_date_after_its_sources_time_has_not_come_true() -> None:
    text = milestone("a", "selected", "2024-01") + milestone(
        "b", "operational", "2027-12-31", "contracted", as_of="2024-01"
    )
    assert status(text) == "selected"


def test_a_day_within_its_sources_year_has_come_true() -> None:
    assert status(milestone("a", "selected", "2025-10-10", as_of="2025")) == "selected"


def test_on_one_date_the_state_further_along_counts() -> None:
    text = milestone("a", "operational", "2022-06-13") + milestone("b", "inaugurated", "2022-06-13")
    assert status(text) == "operational"


def test_an_accepted_correction_replaces_a_status_and_a_date() -> None:
    state = report("a", "operational", "2026-01") + (
        "correction:a ehpc:corrects report:a ; ehpc:correctedObject status:selected ;"
        "ehpc:correctionStatus ehpc:AcceptedCorrection ."
    )
    assert status(state) == "selected"
    date = milestone("a", "operational", "2020") + report("b", "selected", "2021-01")
    assert status(date) == "selected"
    date += (
        'correction:a ehpc:corrects milestone:a ; ehpc:correctedValue "2022"^^xsd:gYear ;'
        "ehpc:correctionStatus ehpc:AcceptedCorrection ."
    )
    assert status(date) == "operational"


def test_a_milestone_that_leads_to_no_status_gives_none() -> None:
    assert status(milestone("a", "visited", "2024")) is None


def test_what_views_make_is_closed_as_well() -> None:
    text = """
        ehpc:inCountry owl:inverseOf ehpc:countryOf . ehpc:locatedIn a owl:TransitiveProperty .
        id:x ehpc:locatedIn id:kajaani . id:kajaani ehpc:locatedIn id:finland .
        id:finland a ehpc:Country .
    """
    found = close(graph(text, GRAPH + "register"), REPOSITORY)
    owners = {q.object.value.removeprefix(THING) for q in found if q.predicate.value.endswith("Of")}
    assert owners == {"x", "kajaani"}


def expected(text: str) -> str | None:
    return answers("expected-status", graph(LIVES + text)).get("expectedStatus")


def test_a_plan_that_nothing_newer_has_overtaken_is_expected() -> None:
    selected = milestone("a", "selected", "2024")
    planned = milestone("b", "operational", "2027", basis="planned")
    assert expected(selected + planned) == "operational"
    assert expected(selected) is None


def test_what_came_true_later_than_a_plan_is_no_plan_any_more() -> None:
    planned = milestone("a", "operational", "2025", basis="planned")
    assert expected(planned + milestone("b", "operational", "2026")) is None


def test_a_date_after_the_time_for_which_a_source_speaks_is_a_plan() -> None:
    said = milestone("a", "operational", "2027", as_of="2026-01")
    assert expected(said) == "operational"


def test_views_see_the_same_as_with_the_whole_graph_before_them() -> None:
    quads = [*graph(UNITS + LIVES), *primary(figure("a", "1") + milestone("b", "selected", "2024"))]
    quads += graph(milestone("c", "operational", "2027", basis="planned"))
    quads += graph("id:x ehpc:locatedIn id:finland . id:finland a ehpc:Country .")
    store = ox.Store()
    store.extend(quads)
    for name, made in evaluate_views(list(VIEWS.values()), quads).items():
        whole = store.query(VIEWS[name].text, use_default_graph_as_union=True)
        assert isinstance(whole, ox.QueryTriples)
        assert made == set(whole)
        assert made


def test_a_view_that_takes_back_what_it_said_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "queries" / "views"
    folder.mkdir(parents=True)
    (folder / "restless.rq").write_text(
        f"PREFIX ehpc: <{EHPC}>\n"
        "CONSTRUCT { ?x ehpc:said ?x }\n"
        "WHERE { ?x ehpc:of ?y FILTER NOT EXISTS { ?z ehpc:said ?z } }"
    )
    with pytest.raises(RuleError, match="takes back") as caught:
        close(graph("id:x ehpc:of id:y ."), Repository(tmp_path))
    assert caught.value.place == "queries/views"


@pytest.mark.parametrize(
    ("text", "problem"),
    [("CONSTRUCT { ?x ?y } WHERE", "error"), ("ASK { ?x ?y ?z }", "does not make triples")],
)
def test_a_view_that_is_no_construct_query_is_refused(text: str, problem: str) -> None:
    known = VIEWS["in-country"]
    view = View(known.name, "queries/views/odd.rq", text, known.reads)
    with pytest.raises(QuerySyntaxError, match=problem) as caught:
        evaluate_views([view], [])
    assert caught.value.place == "queries/views/odd.rq"


def test_a_view_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_bytes(b"# caf\xe9")
    with pytest.raises(EncodingError, match="not UTF-8"):
        read_view(path, "queries/views/x.rq")


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.name)
def test_a_view_says_what_its_rule_is(view: View) -> None:
    header = [line for line in view.text.splitlines() if line.startswith("#+")]
    assert header[0].startswith("#+ summary: ")
    assert "#+ description: |" in header
