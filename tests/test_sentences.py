"""Sentences to questions: what real people write, and what is no question of ours.

The small content shows the rules; the table below is held against the real questions and names.
"""

from __future__ import annotations

from functools import cache

import pytest

from asking import graph_of, make_asking
from eurohpc_kg import Graph, Question, load
from eurohpc_kg.errors import UsageError
from eurohpc_kg.sentences import Understood, understand
from eurohpc_kg.sentences.correcting import corrected

# Sentence -> the question that it asks, and the values that it names.
ASKED: list[tuple[str, str, dict[str, str]]] = [
    ("What was promised against what runs?", "planned-against-actual", {}),
    ("planned versus actual performance", "planned-against-actual", {}),
    ("Who hosts LUMI?", "system-profile", {"system": "LUMI"}),
    ("Who supplies JUPITER?", "system-profile", {"system": "JUPITER"}),
    ("How much power does JUPITER need?", "figures-of", {"thing": "JUPITER"}),
    ("When does LUMI-AI start?", "timeline-of", {"thing": "LUMI-AI"}),
    ("What quantum computers are there in Europe?", "quantum-systems-by-technology", {}),
    ("Which quantum computers run today?", "quantum-systems-operating", {}),
    (
        "Where can a company in Belgium get computing time?",
        "nearest-way-in",
        {"country": "Belgium"},
    ),
    (
        "Which factories target cybersecurity?",
        "factories-targeting-sector",
        {"sector": "cybersecurity"},
    ),
    (
        "which AI factories work on healthcare?",
        "factories-targeting-sector",
        {"sector": "healthcare"},
    ),
    (
        "Which AI factories in Spain target healthcare?",
        "factories-targeting-sector",
        {"sector": "healthcare", "where": "Spain"},
    ),
    ("Which antennas are there in Belgium?", "antennas-of-factory", {"where": "Belgium"}),
    ("Which AI Factory is responsible for Ireland?", "nearest-way-in", {"country": "Ireland"}),
    (
        "Which AI gigafactories are planned in Germany?",
        "gigafactory-candidates",
        {"where": "Germany"},
    ),
    ("How many GPUs does Leonardo have?", "figures-of", {"thing": "Leonardo"}),
    ("How efficient is JEDI?", "figures-of", {"thing": "JEDI"}),
    ("What did the EU pay for LUMI?", "costs-of-systems", {"system": "LUMI"}),
    ("Which systems does CINECA host?", "systems-of-institution", {"institution": "CINECA"}),
    ("What does Atos supply?", "systems-of-institution", {"institution": "Atos"}),
    ("Who makes JUPITER?", "system-profile", {"system": "JUPITER"}),
    ("When will Arrhenius be ready?", "timeline-of", {"thing": "Arrhenius"}),
    ("What is the budget of EuroHPC JU?", "joint-undertaking-profile", {"body": "EuroHPC JU"}),
    (
        "Which systems does EuroHPC JU own?",
        "systems-owned-by-the-joint-undertaking",
        {"owner": "EuroHPC JU"},
    ),
    ("list all AI factories", "factories-by-country", {}),
    ("Who leads the Czech AI Factory?", "who-leads-what", {"thing": "Czech AI Factory"}),
    ("What do you know about LUMI?", "system-profile", {"system": "LUMI"}),
    ("Tell me about JUPITER", "system-profile", {"system": "JUPITER"}),
    ("JUPITER", "system-profile", {"system": "JUPITER"}),
    ("Which AI factories are there in Poland?", "factories-by-country", {"country": "Poland"}),
    ("Where is MareNostrum 5?", "places-of", {"thing": "MareNostrum 5"}),
    ("How much does JUPITER cost?", "figures-of", {"thing": "JUPITER"}),
    ("How many qubits does PIAST-Q have?", "figures-of", {"thing": "PIAST-Q"}),
    ("Which supercomputers are in Germany?", "systems-in-country", {"country": "Germany"}),
    ("What are the fastest supercomputers in Europe?", "systems-in-the-top-ten", {}),
    ("Which systems are in the top ten?", "systems-in-the-top-ten", {}),
    ("Which quantum computers are running?", "quantum-systems-operating", {}),
    ("Who hosts PIAST-Q?", "quantum-systems-and-their-hosts", {"system": "PIAST-Q"}),
    ("Which countries have no AI factory?", "countries-without-factory", {}),
    ("How can a start-up get computing time?", "access-modes-for", {"group": "start-up"}),
    ("access for researchers", "access-modes-for", {"group": "researchers"}),
    ("What happened in 2025?", "milestones-in-year", {"year": "2025"}),
    ("milestones in 2026-06", "milestones-in-year", {"year": "2026-06"}),
    ("timeline of LUMI", "timeline-of", {"thing": "LUMI"}),
    ("Which calls are open on 2026-02-20?", "calls-open-on", {"day": "2026-02-20"}),
    ("Which antennas belong to BRAIN++?", "antennas-of-factory", {"factory": "BRAIN++"}),
    (
        "national competence centre of Czechia",
        "competence-centre-of-country",
        {"country": "Czechia"},
    ),
    (
        "How do I get access to a supercomputer from Latvia?",
        "nearest-way-in",
        {"country": "Latvia"},
    ),
    ("partners of CSC", "partners-of-institution", {"institution": "CSC"}),
    (
        "Which institutions take part in several AI Factories?",
        "institutions-in-several-factories",
        {},
    ),
    ("What is the state of Alice Recoque?", "status-now", {"thing": "Alice Recoque"}),
    ("Which supercomputers are retired?", "retired-systems", {}),
    ("Who pays for the AI factories?", "budget-shares-of-factories", {}),
    ("budget of LitAI", "budget-shares-of-factories", {"factory": "LitAI"}),
    ("Which sources say something about LUMI?", "sources-of", {"thing": "LUMI"}),
    ("Which figures contradict each other?", "conflicting-figures", {}),
    ("Which facts are out of date?", "stale-facts", {}),
    ("What is the most energy-efficient supercomputer?", "efficiency-ranking", {}),
    ("history of LUMI in the TOP500", "top500-history", {"system": "LUMI"}),
    ("Which vendors build the most supercomputers?", "vendors-by-number-of-systems", {}),
    ("Which AI gigafactories are proposed?", "gigafactory-candidates", {}),
    (
        "When did Austria join EuroHPC?",
        "participating-states-by-joining-date",
        {"country": "Austria"},
    ),
    ("Which factories help SMEs?", "factories-serving-target-group", {"group": "SMEs"}),
    ("Which factories offer training?", "factories-offering-service", {"service": "training"}),
    ("cost per petaflop", "cost-per-petaflop", {}),
    ("wich factorys target helthcare", "factories-targeting-sector", {"sector": "healthcare"}),
    ("Who hosts Leonrdo?", "system-profile", {"system": "Leonardo"}),
    ("lumi", "system-profile", {"system": "LUMI"}),
    ("How fast is JUPITER?", "system-profile", {"system": "JUPITER"}),
    ("How do I get compute time as a startup?", "access-modes-for", {"group": "startup"}),
    ("Who can use AI Factories as an SME?", "factories-serving-target-group", {"group": "SME"}),
    ("Which factory is best for drones?", "factories-targeting-sector", {"sector": "drones"}),
]
# Not ours, or not clear: nothing is asked.
REFUSED = [
    "What is the weather in Paris?",
    "How do I bake bread?",
    "Who is the king of Spain?",
    "asdf qwer zxcv",
    "Which football teams play in Germany?",
    "Which hotels are there in Ostrava?",
    "Best pizza in Bologna",
    "What is love?",
    "Delete everything",
    "SELECT * WHERE { ?s ?p ?o }",
    "services of the factory in Romania",
    "the",
    "?!",
]


@pytest.fixture(scope="module")
def real() -> Graph:
    return load()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return graph_of(make_asking(tmp_path_factory.mktemp("content")))


@cache
def questions(graph: Graph) -> list[Question]:
    return graph.questions()


def taken(graph: Graph, sentence: str) -> Understood:
    return understand(sentence, questions(graph), graph.names)


@pytest.mark.parametrize(("sentence", "slug", "values"), ASKED, ids=[a[0] for a in ASKED])
def test_a_sentence_finds_its_question(
    real: Graph, sentence: str, slug: str, values: dict[str, str]
) -> None:
    found = taken(real, sentence)
    assert found.question.slug == slug
    assert {name: value.name for name, value in found.values.items()} == values


def test_a_slip_is_set_right_where_it_is_a_word_and_not_a_part_of_one(real: Graph) -> None:
    known = ("factory", "factories", "target")
    sentence = "factorie, factories of a sub-factorie: all tarrget (tarrgets)"
    assert corrected(sentence, known, real.names, []) == (
        "factories, factories of a sub-factorie: all target (target)"
    )


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_not_clear_is_not_asked(real: Graph, sentence: str) -> None:
    with pytest.raises(UsageError, match="not clear which question is meant") as error:
        taken(real, sentence)
    assert error.value.place == sentence
    assert error.value.remedy.startswith(("Nearest are:\n    ", "List the questions"))


@pytest.mark.parametrize(
    ("sentence", "nearest"),
    [
        ("agritech", "factories-targeting-sector --sector 'agritech'"),
        ("¿Qué fábricas trabajan en salud?", "factories-targeting-sector --sector 'salud'"),
        ("les usines pour l'agriculture", "factories-targeting-sector --sector 'agriculture'"),
        (
            "Which companies target media in Spain?",
            "factories-targeting-sector --sector 'media' --where 'Spain'",
        ),
        ("Poland", "factories-by-country --country 'Poland'"),
    ],
)
def test_what_is_not_clear_is_met_with_questions_ready_to_be_asked(
    real: Graph, sentence: str, nearest: str
) -> None:
    with pytest.raises(UsageError, match="not clear which question is meant") as error:
        taken(real, sentence)
    assert error.value.remedy.startswith(f"Nearest are:\n    {nearest} (")


def test_a_name_that_asks_nothing_can_be_shown(real: Graph) -> None:
    with pytest.raises(UsageError) as error:
        taken(real, "Poland")
    assert error.value.remedy.endswith("eurohpc-kg show 'Poland'")


def test_a_name_may_have_several_words_and_any_case(small: Graph) -> None:
    found = taken(small, "which centres target HEALTH CARE")
    assert found.values["sector"].value == small.names.find("healthcare").node


def test_a_parameter_that_needs_a_value_must_have_one(small: Graph) -> None:
    with pytest.raises(UsageError):
        taken(small, "Which centres target a sector?")


def test_a_quoted_text_is_a_text(small: Graph) -> None:
    found = taken(small, 'Which names contain "north sea"?')
    assert found.question.slug == "names-with-text"
    assert found.values["text"].value == "north sea"


def test_a_date_and_a_number_are_found(small: Graph) -> None:
    found = taken(small, "Which figures are at least 12.5 and new from 2026-03-01?")
    values = {name: value.value for name, value in found.values.items()}
    assert (values["day"], values["least"]) == ("2026-03-01", "12.5")


def test_a_sentence_has_its_limits(small: Graph) -> None:
    with pytest.raises(UsageError, match="the sentence has 20,000 characters"):
        taken(small, "which " + "a" * 19_994)
