"""``eurohpc-kg explain``: what it prints, in which form, and what it says of words that are off."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg import load
from eurohpc_kg.api import Graph
from eurohpc_kg.cli import main
from eurohpc_kg.explain.forms import FORMS
from explaining import small

WORLD = """
@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .
ehpc:hosts a owl:ObjectProperty ; rdfs:label "hosts"@en ; owl:inverseOf ehpc:hostedBy .
ehpc:hostedBy a owl:ObjectProperty ; rdfs:label "hosted by"@en ; rdfs:range ehpc:Centre .
ehpc:rank a owl:DatatypeProperty ; rdfs:label "rank"@en ; rdfs:subPropertyOf ehpc:number .
ehpc:number a owl:DatatypeProperty ; rdfs:label "number"@en .
ehpc:motto a owl:AnnotationProperty ; rdfs:label "saying"@en .
ehpc:watchword a owl:AnnotationProperty ; rdfs:label "saying"@en .
ehpc:Centre a owl:Class ; rdfs:label "centre"@en .
ehpc:chain owl:propertyChainAxiom ( ehpc:hostedBy ehpc:hosts ) .
id:one a ehpc:System ; rdfs:label "One"@en ; ehpc:hostedBy id:north ; ehpc:rank 7 .
id:two a ehpc:System ; rdfs:label "Two & <Co>"@en ; ehpc:hostedBy id:north .
id:north a ehpc:Centre ; rdfs:label "North"@en , "Nord"@de .
id:north-ship a ehpc:Ship ; rdfs:label "North"@en , "Aurora"@de .
id:south-ship a ehpc:Ship ; rdfs:label "Aurora"@en .
id:south a ehpc:Centre ; rdfs:label "South\\u001b[2J"@en .
"""


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Graph:
    made = small(tmp_path, WORLD)
    graph = Graph(made.explainer.repository, made.store)
    monkeypatch.setattr("eurohpc_kg.api.load", lambda: graph)
    return graph


@pytest.fixture
def explain(world: Graph, capsys: pytest.CaptureFixture[str]) -> Explain:
    return Explain(world, capsys)


class Explain:
    """Run the command; return its exit code and what it printed and said."""

    def __init__(self, graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
        self.graph = graph
        self.capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        code = main(["explain", *words])
        out, err = self.capsys.readouterr()
        return code, out, err


def test_a_proof_is_a_tree_with_numbered_sources(explain: Explain) -> None:
    assert explain("Aurora", "hosts", "One")[:2] == (2, "")  # two things are called so
    assert explain("North", "hosts", "One") == explain("Nord", "hosts", "One")  # the id decides
    assert explain("Nord", "hosts", "One") == (
        0,
        """\
North · hosts · One
└─ prp-inv2: the inverse of a property holds the other way round
   ├─ One · hosted by · North [1]
   └─ hosts · is the inverse of · hosted by [1]

[1] eurohpc-kg: Register of things: names, identifiers, places. https://w3id.org/eurohpc-kg/graph/register
""",
        "",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("id:north", "ehpc:hosts", "id:one"),
        ("<https://w3id.org/eurohpc-kg/id/north>", "hosts", "one"),
        ("NORD", "Hosts", "https://w3id.org/eurohpc-kg/id/one"),
    ],
)
def test_labels_curies_and_iris_mean_the_same(explain: Explain, words: tuple[str, ...]) -> None:
    assert explain(*words)[1].startswith("North · hosts · One\n")


@pytest.mark.parametrize("value", ["7", '"7"', '"7"^^xsd:integer', "7.0", '"7.0"^^xsd:decimal'])
def test_a_number_is_the_graph_s_however_it_is_written(explain: Explain, value: str) -> None:
    code, out, _ = explain("One", "number", value)
    assert (code, out.splitlines()[0]) == (0, "One · number · 7")


@pytest.mark.parametrize(("value", "tag"), [("One", "en"), ('"One"', "en"), ('"One"@en', "en")])
def test_a_text_is_found_with_or_without_its_language(
    explain: Explain, value: str, tag: str
) -> None:
    assert explain("one", "rdfs:label", value)[1].startswith(f'One · rdfs:label · "One"@{tag} [1]')


@pytest.mark.parametrize("verb", ["a", "is a", "rdf:type"])
def test_a_class_is_asked_for_by_its_label(explain: Explain, verb: str) -> None:
    assert explain("Nord", verb, "centre")[1].startswith("North · is a · centre [1]")


def test_a_name_of_several_things_means_the_one_that_the_property_is_for(explain: Explain) -> None:
    assert explain("One", "hosted by", "North")[0] == 0


def test_what_does_not_follow_is_exit_code_1_with_what_is_missing(explain: Explain) -> None:
    code, out, err = explain("One", "ehpc:chain", "id:south")
    assert (code, err) == (1, "")
    assert "this does not follow." in out
    assert "  One · hosted by · (or" not in out
    assert "What would be needed:\n  North · hosts · South" in out
    assert "└─ by prp-spo2:" in out
    assert "✓ One · hosted by · North" in out


def test_a_control_character_does_not_reach_the_terminal(explain: Explain) -> None:
    assert "\x1b" not in explain("id:south", "rdfs:label", "x")[1]


def test_all_gives_each_proof_with_its_number(explain: Explain) -> None:
    out = explain("id:two", "ehpc:chain", "id:two", "--all")[1]
    assert not out.startswith("1 of")
    many = explain("ehpc:Centre", "a", "owl:Class", "--all")
    assert many[0] == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("Nobody", "hosts", "One"), "SUBJECT: no thing has the name 'Nobody'"),
        (("Aurora", "hosts", "One"), "SUBJECT: 'Aurora' is the name of 2 things"),
        (("Nord", "hosts", "Nowhere"), "OBJECT: no thing has the name 'Nowhere'"),
        (("Nord", "hoists", "One"), "PREDICATE: 'hoists' is not a property\n  Did you mean hosts"),
        (("Nord", "One", "One"), "PREDICATE: 'One' is not a property"),
        (("Nord", "id:one", "One"), "PREDICATE: id:one is not a property"),
        (("Nord", "ehpc:nothing", "One"), "PREDICATE: nothing is called ehpc:nothing"),
        (("Nord", "saying", "x"), "PREDICATE: 'saying' is the name of 2 things"),
        (("Nord", "other:p", "One"), "PREDICATE: the prefix 'other' is not declared"),
        (('"7"', "number", "One"), 'SUBJECT: "7" is a literal'),
        (("One", "number", '"7"@'), 'OBJECT: "7"@ is not a literal'),
        (("One", "number", '"7"^^nothing:x'), "OBJECT: the prefix 'nothing' is not declared"),
        (("One", "number", '"\\q"'), 'OBJECT: "\\q" is not a literal'),
    ],
)
def test_words_that_are_off_are_a_usage_error_that_says_which(
    explain: Explain, words: tuple[str, str, str], message: str
) -> None:
    code, out, err = explain(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("One", "", "Nord"), "PREDICATE: the name is empty"),
        (("", "hosts", "One"), "SUBJECT: the name is empty"),
        (("One", "hosted by", " "), "OBJECT: the name is empty"),
        (("x" * 2000, "hosts", "One"), "SUBJECT: the name has 2,000 characters"),
        (("a|b:c", "hosts", "One"), "SUBJECT: no thing has the name 'a|b:c'"),
        (("One", "<a b>", "One"), "PREDICATE: '<a b>' is not a property"),
    ],
)
def test_no_name_at_all_is_refused_too(
    explain: Explain, words: tuple[str, str, str], message: str
) -> None:
    code, _, err = explain(*words)
    assert code == 2
    assert message in err


@pytest.mark.parametrize("words", [(), ("One",), ("One", "a"), ("One", "hosted", "by", "North")])
def test_a_call_with_too_few_or_too_many_words_says_how(
    explain: Explain, words: tuple[str, ...]
) -> None:
    code, _, err = explain(*words)
    assert code == 2
    assert "usage: eurohpc-kg explain" in err


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "words", [("Nord", "hosts", "Two & <Co>"), ("One", "hosted by", "id:south")]
)
def test_every_form_is_written_whether_it_follows_or_not(
    explain: Explain, form: str, words: tuple[str, str, str]
) -> None:
    code, out, _ = explain(*words, "--format", form)
    assert code in (0, 1)
    if form == "json":
        assert json.loads(out)["follows"] is (code == 0)
    elif form == "ttl":
        assert list(ox.parse(out, format=ox.RdfFormat.TURTLE))
    elif form == "mermaid":
        assert out.startswith("flowchart BT\n")
        assert "<Co>" not in out
    elif form == "html":
        assert Balanced(out).stack == []
        assert "<Co>" not in out


class Balanced(HTMLParser):
    """Read HTML and keep the elements that are open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag != "meta":
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def test_json_has_the_rule_the_premises_and_the_sources(explain: Explain) -> None:
    (proof,) = json.loads(explain("Nord", "hosts", "One", "-f", "json")[1])["proofs"]
    assert (proof["kind"], proof["name"]) == ("rule", "prp-inv2")
    (premise,) = proof["premises"]
    assert premise["statement"]["subject"]["curie"] == "id:one"
    assert premise["sources"] == [1]


def test_turtle_leads_from_the_statement_to_the_graphs_by_prov(explain: Explain) -> None:
    out = explain("One", "ehpc:chain", "Two & <Co>", "-f", "ttl")[1]
    store = ox.Store()
    store.load(out, format=ox.RdfFormat.TURTLE)
    ask = """
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    PREFIX id: <https://w3id.org/eurohpc-kg/id/>
    ASK {
      ?s rdf:subject id:one ; rdf:object id:two ; prov:wasGeneratedBy/prov:used ?premise ;
        prov:wasDerivedFrom+ <https://w3id.org/eurohpc-kg/graph/register> .
    }
    """
    assert store.query(ask)
    assert explain("One", "ehpc:chain", "Two & <Co>", "-f", "ttl")[1] == out


def test_a_list_in_an_axiom_is_written_as_a_list(explain: Explain) -> None:
    text = explain("One", "ehpc:chain", "Two & <Co>")[1]
    assert "ehpc:chain · follows from the chain · (hosted by, hosts) [1]" in text
    assert "rdf:rest" not in text
    out = explain("One", "ehpc:chain", "Two & <Co>", "-f", "ttl")[1]
    assert "rdf:object ( ehpc:hostedBy ehpc:hosts )" in out


def test_a_file_is_written_in_the_form_of_its_ending(explain: Explain, tmp_path: Path) -> None:
    path = tmp_path / "proof.mmd"
    assert explain("Nord", "hosts", "One", "-o", str(path)) == (0, "", "")
    assert path.read_text(encoding="utf-8").startswith("flowchart")
    code, _, err = explain("Nord", "hosts", "One", "-o", str(tmp_path / "proof.pdf"))
    assert (code, "names no form" in err) == (2, True)


def test_the_library_explains_too(world: Graph) -> None:
    explanation = world.explain("Nord", "hosts", "One")
    assert explanation.follows
    assert str(explanation).startswith("North · hosts · One\n")


@pytest.fixture(scope="module")
def built() -> None:
    load()


@pytest.mark.parametrize(
    "words",
    [
        ["LUMI", "in country", "Finland"],
        ["Finland", "location of", "lumi", "--all"],
        ["LUMI", "in country", "Sweden"],
        ["lumi", "located in", "sweden", "--format", "html"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("built")
def test_a_process_of_its_own_explains(words: list[str]) -> None:
    command = [sys.executable, "-m", "eurohpc_kg", "explain", *words]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert done.stdout
