"""The closed lists: every concept is named, explained, in its scheme and under a top concept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from eurohpc_kg.names import EHPC, VOCABULARY
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store import build

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "ontology" / "vocabularies"
SKOS = "http://www.w3.org/2004/02/skos/core#"
CLASSES = {
    "basis": "Basis",
    "bound": "Bound",
    "computing-model": "ComputingModel",
    "milestone-type": "MilestoneType",
    "quantity": "Quantity",
    "qubit-technology": "QubitTechnology",
    "ranking": "RankingList",
    "sector": "Sector",
    "service": "Service",
    "status": "Status",
    "system-class": "SystemClass",
    "target-group": "TargetGroup",
    "unit": "Unit",
}
# The languages of the countries that host AI Factories, and two neighbours'.
LANGUAGES = {
    *("bg", "cs", "de", "el", "en", "es", "fi", "fr", "it"),
    *("lt", "lv", "nl", "pl", "pt", "ro", "sl", "sv"),
}

_USES = """
PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?concept ?name WHERE {
  {
    SELECT DISTINCT ?below ?thing WHERE {
      ?below skos:inScheme ?scheme .
      ?user ?property ?below .
      ?user ehpc:of? ?thing .
    }
  }
  ?thing rdfs:label ?name .
  ?below skos:broader* ?concept .
  FILTER(LANG(?name) = "en")
}
"""
# Rankings state these of each entry, by properties of their own.
_OF_PROPERTIES = {"energy efficiency of an entry of the Green500"}

Properties = dict[str, list[str | Literal]]


@cache
def concepts(scheme: str) -> dict[str, Properties]:
    """Return the concepts of a scheme by slug, with their properties by short name."""
    found: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
    start = f"{VOCABULARY}{scheme}/"
    for triple in parse(path=str(FOLDER / f"{scheme}.ttl"), format=RdfFormat.TURTLE):
        assert isinstance(triple.subject, NamedNode)
        if triple.subject.value.startswith(start):
            name = triple.predicate.value.replace(SKOS, "").replace(EHPC, "").split("#")[-1]
            value = triple.object.value if isinstance(triple.object, NamedNode) else triple.object
            assert isinstance(value, str | Literal)
            found[triple.subject.value.removeprefix(start)][name].append(value)
    return found


def all_concepts() -> Iterator[tuple[str, str, Properties]]:
    for scheme in sorted(CLASSES):
        for slug, properties in concepts(scheme).items():
            yield scheme, slug, properties


def labels(properties: Properties, *names: str) -> list[tuple[str, str]]:
    return [
        (label.value, label.language or "")
        for name in names
        for label in properties[name]
        if isinstance(label, Literal)
    ]


def broader(scheme: str, slug: str) -> set[str]:
    start = f"{VOCABULARY}{scheme}/"
    return {str(above).removeprefix(start) for above in concepts(scheme)[slug]["broader"]}


def above(scheme: str, slug: str, below: tuple[str, ...] = ()) -> set[str]:
    """Return the concept and all that stand above it; fail on a circle."""
    assert slug not in below, f"{scheme}: {' under '.join((*below, slug))} is a circle"
    found = {slug}
    for parent in broader(scheme, slug):
        found |= above(scheme, parent, (*below, slug))
    return found


def test_there_is_one_file_a_scheme_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.ttl")} == set(CLASSES)


@pytest.mark.parametrize("scheme", sorted(CLASSES))
def test_every_concept_has_its_class_and_its_scheme(scheme: str) -> None:
    for slug, properties in concepts(scheme).items():
        assert properties["type"] == [EHPC + CLASSES[scheme]], slug
        assert properties["inScheme"] == [VOCABULARY + scheme], slug


@pytest.mark.parametrize("scheme", sorted(CLASSES))
def test_every_concept_has_an_english_label_and_definition(scheme: str) -> None:
    for slug, properties in concepts(scheme).items():
        languages = [language for _, language in labels(properties, "prefLabel")]
        assert "en" in languages, slug
        assert len(languages) == len(set(languages)), slug
        assert [language for _, language in labels(properties, "definition")] == ["en"], slug


@pytest.mark.parametrize("scheme", sorted(CLASSES))
def test_every_concept_has_an_example_or_says_that_nothing_uses_it_yet(scheme: str) -> None:
    for slug, properties in concepts(scheme).items():
        notes = [text for text, _ in labels(properties, "editorialNote")]
        assert properties["example"] or any("Unused so far" in note for note in notes), slug


@pytest.mark.parametrize("scheme", sorted(CLASSES))
def test_the_example_of_a_concept_is_a_thing_that_uses_it_or_a_narrower_one(scheme: str) -> None:
    for slug, properties in concepts(scheme).items():
        for text, _ in labels(properties, "example"):
            used = f"{VOCABULARY}{scheme}/{slug}", name_in(text)
            assert used in uses() or text in _OF_PROPERTIES, f"{scheme}:{slug}: {text}"


@cache
def uses() -> set[tuple[str, str]]:
    """Return the names of all things that have a concept, itself or in a record about them."""
    folder = build(find_repository(ROOT))
    found = Store.read_only(str(folder)).query(_USES, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return {(row[0].value, row[1].value) for row in found}


def name_in(example: str) -> str:
    """Return the name of the thing, which may stand behind what is told of it."""
    thing = example.split(": ", 1)
    return thing[-1] if len(thing) == 2 and is_figure(thing[0]) else example


def is_figure(text: str) -> bool:
    """Whether an example begins with the label of a quantity or a kind of milestone."""
    known = (*concepts("quantity").values(), *concepts("milestone-type").values())
    return any((text, "en") in labels(properties, "prefLabel") for properties in known)


@pytest.mark.parametrize("scheme", sorted(CLASSES))
def test_no_two_concepts_of_a_scheme_share_a_label(scheme: str) -> None:
    owners: dict[tuple[str, str], str] = {}
    for slug, properties in concepts(scheme).items():
        for text, language in labels(properties, "prefLabel", "altLabel", "hiddenLabel"):
            key = (text.casefold(), language)
            assert owners.setdefault(key, slug) == slug, f"{key}: {owners[key]} and {slug}"


@pytest.mark.parametrize("scheme", sorted(CLASSES))
def test_every_concept_is_a_top_concept_or_leads_up_to_one(scheme: str) -> None:
    known = concepts(scheme)
    for slug, properties in known.items():
        assert bool(properties["topConceptOf"]) != bool(properties["broader"]), slug
        tops = {name for name in above(scheme, slug) if known[name]["topConceptOf"]}
        assert tops, slug


def test_sectors_are_at_least_three_levels_deep() -> None:
    def depth(slug: str) -> int:
        return 1 + max((depth(parent) for parent in broader("sector", slug)), default=0)

    assert max(map(depth, concepts("sector"))) >= 3


def test_healthcare_finds_digital_and_human_health_and_no_other_health() -> None:
    under = {slug for slug in concepts("sector") if "healthcare" in above("sector", slug)}
    assert {"digital-health", "human-health"} <= under
    assert not under & {"health", "one-health", "animal-health", "environmental-health"}


def test_the_kinds_of_health_stand_under_health() -> None:
    for slug in ("healthcare", "human-health", "animal-health", "environmental-health"):
        assert "health" in above("sector", slug)


@pytest.mark.parametrize(
    ("scheme", "slug", "label", "language"),
    [
        ("sector", "healthcare", "zdravotnictví", "cs"),
        ("sector", "cybersecurity", "kibernetinis saugumas", "lt"),
        ("sector", "agriculture", "landbouw", "nl"),
        ("target-group", "smes", "małe i średnie przedsiębiorstwa", "pl"),
        ("service", "training", "formación", "es"),
    ],
)
def test_common_words_are_found_in_the_languages_of_the_factories(
    scheme: str, slug: str, label: str, language: str
) -> None:
    assert (label, language) in labels(concepts(scheme)[slug], "prefLabel")


def test_a_concept_with_translations_has_all_the_languages() -> None:
    for scheme, slug, properties in all_concepts():
        languages = {language for _, language in labels(properties, "prefLabel")}
        assert languages in ({"en"}, LANGUAGES), f"{scheme}:{slug}"


def test_every_quantity_admits_its_default_unit() -> None:
    for slug, properties in concepts("quantity").items():
        assert len(properties["defaultUnit"]) == 1, slug
        assert properties["defaultUnit"][0] in properties["admitsUnit"], slug
        assert {str(unit).rsplit("/", 1)[1] for unit in properties["admitsUnit"]} <= set(
            concepts("unit")
        ), slug


def test_every_unit_has_a_symbol_and_one_step_to_its_base() -> None:
    units = concepts("unit")
    for slug, properties in units.items():
        assert properties["symbol"], slug
        base = str(properties["baseUnit"][0]).rsplit("/", 1)[1]
        factor = properties["conversionFactor"][0]
        assert isinstance(factor, Literal)
        assert units[base]["baseUnit"] == properties["baseUnit"], slug
        assert (base == slug) <= (float(factor.value) == 1.0), slug


def test_units_of_one_quantity_compare_unless_they_are_money_time_or_use() -> None:
    mixed = {"money", "duration", "computing-time"}
    for slug, properties in concepts("quantity").items():
        bases = {
            str(concepts("unit")[str(unit).rsplit("/", 1)[1]]["baseUnit"][0])
            for unit in properties["admitsUnit"]
        }
        assert len(bases) == 1 or mixed & above("quantity", slug), f"{slug}: {sorted(bases)}"


def test_milestones_lead_to_statuses_that_exist() -> None:
    for slug, properties in concepts("milestone-type").items():
        for status in properties["leadsToStatus"]:
            assert str(status).removeprefix(VOCABULARY + "status/") in concepts("status"), slug


def test_no_two_statuses_stand_at_the_same_place_in_life() -> None:
    orders = [properties["lifeOrder"][0] for properties in concepts("status").values()]
    assert len(orders) == len(set(orders))
