"""The graph for programs and notebooks, on a small content."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from asking import OTHER, SOURCE, graph_of, make_asking
from eurohpc_kg import Graph
from eurohpc_kg.api import LONGEST_TEXT
from eurohpc_kg.errors import TooLargeError, UnknownNameError, UsageError
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.questions import Parameter
from eurohpc_kg.store import build, open_folder
from small_content import make_content

XSD = "http://www.w3.org/2001/XMLSchema#"
SECTOR = NAMESPACE + "vocabulary/sector/"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return graph_of(make_asking(tmp_path_factory.mktemp("content")))


def parameter(kind: str) -> Parameter:
    return Parameter("p", "a parameter", kind, "", (), "any")


def test_a_saved_question_is_asked_by_name_with_values_in_words(graph: Graph) -> None:
    found = graph.ask("centres-of-sector", sector="Zdraví")
    assert found.to_dicts() == [
        {"centre": NAMESPACE + "id/north", "name": "North Centre", "source": SOURCE}
    ]
    assert found.title == "Which centres target a sector?"
    assert found.notes["name"] == "its English name"


def test_without_values_the_defaults_hold(graph: Graph) -> None:
    assert len(graph.ask("centres-of-sector")) == 1
    assert len(graph.ask("figures-since")) == 1


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        ({"least": 12}, 1),
        ({"least": 12.5}, 1),
        ({"least": Decimal("12.51")}, 0),
        ({"day": datetime.date(2026, 2, 1)}, 1),
        ({"day": "2027"}, 0),
        ({"centre": "North Centre"}, 1),
        ({"centre": ox.NamedNode(NAMESPACE + "id/south")}, 0),
        ({"centre": ["id:south", "id:north"]}, 1),
    ],
)
def test_values_may_be_python_s_own(graph: Graph, values: dict[str, object], rows: int) -> None:
    assert len(graph.ask("figures-since", **values)) == rows  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["yesterday", "2026-13", "2026-02-30", "26", "12.10.2025", ""])
def test_what_is_no_date_is_refused(graph: Graph, text: str) -> None:
    with pytest.raises(UsageError, match="is not a date") as error:
        graph.ask("figures-since", day=text)
    assert error.value.place == "day"
    assert error.value.remedy == "Write 2025, 2025-10 or 2025-10-12."


@pytest.mark.parametrize("text", ["many", "1e5", "NaN", "1,5", "0x10", "", "1" * 31])
def test_what_is_no_number_is_refused(graph: Graph, text: str) -> None:
    with pytest.raises(UsageError, match="is not a number") as error:
        graph.ask("figures-since", least=text)
    assert error.value.place == "least"


@pytest.mark.parametrize(
    ("text", "datatype"), [("2026", "gYear"), ("2026-03", "gYearMonth"), ("2026-03-02", "date")]
)
def test_a_date_is_as_precise_as_it_is_written(graph: Graph, text: str, datatype: str) -> None:
    assert graph.term(parameter("date"), text) == ox.Literal(
        text, datatype=ox.NamedNode(XSD + datatype)
    )


def test_a_value_has_its_limits(graph: Graph) -> None:
    with pytest.raises(TooLargeError, match="200,000,000 characters") as error:
        graph.ask("names-with-text", text="x" * 200_000_000)
    assert f"{LONGEST_TEXT:,}" in error.value.remedy


def test_an_unknown_question_parameter_or_value_says_what_there_is(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="no question"):
        graph.ask("centres-of-sectors")
    with pytest.raises(UnknownNameError, match="no parameter 'sektor'"):
        graph.ask("centres-of-sector", sektor="health")
    with pytest.raises(UnknownNameError, match="is none of the sector") as error:
        graph.ask("centres-of-sector", sector="heath")
    assert error.value.candidates[0].startswith("health ")


def test_any_query_is_asked_with_the_prefixes_of_the_project(graph: Graph) -> None:
    assert graph.sparql("ASK { id:lumi ehpc:hostedBy id:north }").to_dicts() == [{"answer": True}]


def test_a_statement_of_several_documents_counts_once(tmp_path: Path) -> None:
    repository = make_content(tmp_path / "content")
    folder = build(repository)
    graph = Graph(repository, open_folder(folder), folder)
    counts = [
        graph.sparql(f"SELECT (COUNT({way}*) AS ?n) {{ ?thing a ?kind }}").to_dicts()
        for way in ("", "DISTINCT ")
    ]
    assert counts[0] == counts[1]
    assert (folder / "merged").is_dir()


def test_a_thing_is_shown_and_called_by_any_of_its_names(graph: Graph) -> None:
    assert graph.show("severní centrum").label == "North Centre"
    assert graph.label("00abc0de1") == "North Centre"
    assert repr(graph).startswith("Graph('")


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own use of itself
def test_rdflib_has_every_statement_in_its_graph(graph: Graph) -> None:
    dataset = graph.to_rdflib()
    lumi = rdflib.URIRef(NAMESPACE + "id/lumi")
    hosted = rdflib.URIRef(NAMESPACE + "ontology#hostedBy")
    found = {str(quad[3]) for quad in dataset.quads((lumi, hosted, None, None))}
    assert found == {SOURCE, NAMESPACE + OTHER}
    assert sum(1 for _ in dataset.quads()) == len(graph.store)
    assert dataset.namespace_manager.expand_curie("id:lumi") == lumi


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_rdflib_keeps_texts_as_they_are_written(tmp_path: Path) -> None:
    graph = graph_of(make_asking(tmp_path))
    graph.store.add(
        ox.Quad(
            ox.NamedNode("urn:a"),
            ox.NamedNode("urn:b"),
            ox.Literal("2026-03", datatype=ox.NamedNode(XSD + "gYearMonth")),
        )
    )
    (literal,) = graph.to_rdflib().objects(rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b"))
    assert str(literal) == "2026-03"
    assert literal.datatype == rdflib.XSD.gYearMonth


def test_an_answer_becomes_frames_and_a_table_of_a_notebook(graph: Graph) -> None:
    found = graph.ask("centres-of-sector")
    assert found.to_pandas()["name"].tolist() == ["North Centre"]
    assert found.to_polars()["name"].to_list() == ["North Centre"]
    assert "<td>North Centre</td>" in found._repr_html_()
