"""The programs that people ask endpoints with get their answers here, each in its own way."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from running import Running
from SPARQLWrapper import GET, JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper

sys.path.insert(0, str(Path(__file__).parents[1]))

from stores.servers import HOME

PREFIXES = (
    "PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>\n"
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
)
COUNTRIES = PREFIXES + (
    "SELECT DISTINCT ?country ?name WHERE { ?country a ehpc:Country ; rdfs:label ?name "
    'FILTER(LANG(?name) = "en") } ORDER BY ?name LIMIT 5'
)
TYPES = PREFIXES + (
    "CONSTRUCT { ?country a ehpc:Country } WHERE { ?country a ehpc:Country "
    "FILTER(STRENDS(STR(?country), '/finland')) }"
)
FINLAND = "id:finland"


@pytest.fixture(scope="module")
def names(server: Running) -> list[str]:
    """Return what all of them must find."""
    status, body = server.get(f"/sparql?query={quote(COUNTRIES)}")
    assert status == 200
    found = [row["name"]["value"] for row in json.loads(body)["results"]["bindings"]]
    assert len(found) == 5
    return found


@pytest.mark.parametrize(("method", "way"), [(GET, ""), (POST, ""), (POST, POSTDIRECTLY)])
def test_sparqlwrapper(server: Running, names: list[str], method: str, way: str) -> None:
    client = SPARQLWrapper(f"{server.address}/sparql")
    client.setMethod(method)
    if way:
        client.setRequestMethod(way)
    client.setQuery(COUNTRIES)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == names
    client.setQuery(TYPES)
    client.setReturnFormat(TURTLE)
    assert FINLAND in client.queryAndConvert().decode()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib(server: Running, names: list[str], method: str) -> None:
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(f"{server.address}/sparql", context_aware=False, method=method)
    assert [str(row[1]) for row in Graph(store).query(COUNTRIES)] == names


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "text"])
def test_jena(server: Running, names: list[str], form: str) -> None:
    program = HOME / "jena" / "bin" / "rsparql"
    if not program.exists():
        pytest.skip("Jena is not installed: tests/stores/install/jena.sh")
    words = [program, "--service", f"{server.address}/sparql", "--results", form, COUNTRIES]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True)
    assert all(name in done.stdout for name in names)


def test_comunica(server: Running, names: list[str]) -> None:
    program = HOME / "comunica" / "node_modules" / ".bin" / "comunica-sparql"
    if not program.exists():
        pytest.skip("Comunica is not installed: tests/stores/install/comunica.sh")
    # Without "sparql@" it finds out by the service description that this is an endpoint.
    words = [program, f"{server.address}/sparql", "-q", COUNTRIES, "-t", "text/csv"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=180, check=True)
    assert [row["name"] for row in csv.DictReader(io.StringIO(done.stdout))] == names


def asked(request: urllib.request.Request) -> dict[str, list[dict[str, dict[str, str]]]]:
    """Return the results of a request as a browser makes it; any site may read them."""
    request.add_header("Origin", "https://editor.example.org")
    with urllib.request.urlopen(request, timeout=30) as reply:
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        assert reply.headers["Content-Type"] == "application/sparql-results+json"
        results: dict[str, list[dict[str, dict[str, str]]]] = json.load(reply)["results"]
        return results


def test_yasgui(server: Running, names: list[str]) -> None:
    """It sends a form, JSON and XML accepted before anything else."""
    request = urllib.request.Request(
        f"{server.address}/sparql",
        urlencode({"query": COUNTRIES}).encode(),
        {"Accept": "application/sparql-results+json,*/*;q=0.9",
         "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"},
    )  # fmt: skip
    assert [row["name"]["value"] for row in asked(request)["bindings"]] == names


EDITOR = {
    "prefixes": "SELECT DISTINCT ?prefix ?namespace { [] sh:namespace ?namespace ; "
    "sh:prefix ?prefix } ORDER BY ?prefix",
    "example queries": "SELECT DISTINCT ?sq ?comment ?query { ?sq a sh:SPARQLExecutable ; "
    "rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query } ORDER BY ?sq",
    "classes": "SELECT DISTINCT ?cls { [] a ?cls }",
    "predicates": "SELECT DISTINCT ?pred { [] ?pred [] }",
}
"""What SIB's editor reads from an endpoint for its completion and its list of examples."""


@pytest.mark.parametrize("what", EDITOR)
def test_the_editor_of_sib(server: Running, what: str) -> None:
    query = (
        "PREFIX sh: <http://www.w3.org/ns/shacl#>\n"
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n" + EDITOR[what]
    )
    request = urllib.request.Request(
        f"{server.address}/sparql?ac=1&query={quote(query)}",
        headers={"Accept": "application/sparql-results+json"},
    )
    assert len(asked(request)["bindings"]) > 20


def test_a_browser_may_ask_from_any_page(server: Running) -> None:
    request = urllib.request.Request(
        f"{server.address}/sparql",
        method="OPTIONS",
        headers={"Origin": "https://editor.example.org", "Access-Control-Request-Method": "POST"},
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        assert reply.status == 204
        assert "POST" in reply.headers["Access-Control-Allow-Methods"]
        assert "Content-Type" in reply.headers["Access-Control-Allow-Headers"]
