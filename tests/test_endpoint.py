"""Speaking to an endpoint: the same answers, one clear message for every fault, no secret told."""

from __future__ import annotations

import base64
import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.cli import main
from eurohpc_kg.endpoint import PRODUCTS, RejectedError, UnansweredError, connect
from eurohpc_kg.endpoint.asking import graph_at
from eurohpc_kg.endpoint.copying import copy_of
from eurohpc_kg.endpoint.credentials import Credentials, credentials_for
from eurohpc_kg.endpoint.dataset import with_clause, within_graph
from eurohpc_kg.endpoint.doctor import examine
from eurohpc_kg.endpoint.product import addresses
from eurohpc_kg.endpoint.remote import given, with_iris
from eurohpc_kg.endpoint.transport import Transport
from eurohpc_kg.errors import EndpointError, InputError, QuerySyntaxError, UsageError
from eurohpc_kg.loading import load_store
from eurohpc_kg.loading.lock import new_owner, release, take_lock
from eurohpc_kg.repository import find_repository
from stores.far import BASE, SMALL, at, built, oxigraph
from stores.faults import FaultyProxy, nothing
from stores.servers import Server

VALUE = f"<{BASE}ontology#value>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("endpoint")
    with oxigraph(folder / "oxigraph") as running:
        load_store(built(folder / "small", SMALL), at(running))
        yield running


@pytest.mark.parametrize("union", ["parameter", "listed"])
def test_the_union_of_all_graphs_can_be_asked_everywhere(server: Server, union: str) -> None:
    endpoint = at(server)
    endpoint.union = union
    (row,) = endpoint.select(f"SELECT ?v {{ ?s {VALUE} ?v }}", union=True)
    assert str(row[0]).startswith('"12.5')
    assert not list(endpoint.select(f"SELECT ?v {{ ?s {VALUE} ?v }}"))
    rows = endpoint.select(f"SELECT ?g {{ GRAPH ?g {{ ?s {VALUE} ?v }} ?s a ?c }}", union=True)
    assert {row[0].value.rsplit("/", 1)[-1] for row in rows} == {"2026-03-02-report"}  # type: ignore[union-attr]


QUERIES = [
    "SELECT ?s WHERE { ?s ?p ?o }",
    "SELECT ?s { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (1 + (2) AS ?x) ?s WHERE # where {\n { { SELECT ?s { ?s ?p ?o } } } LIMIT 9",
    "SELECT ?s { ?s ?p ?o FILTER(?o != '}') } GROUP BY ?s HAVING (COUNT(*) > 0) VALUES ?s { 1 }",
    "# SELECT { it\nASK { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "PREFIX where: <urn:where>\nDESCRIBE ?s WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("text", QUERIES)
def test_the_dataset_is_written_where_it_belongs(text: str) -> None:
    found = _of_one_triple(with_clause(text, ["urn:a", "urn:b"], ["urn:a"]))
    assert found == _of_one_triple(text, union=True)


@pytest.mark.parametrize("text", QUERIES[:-1])  # the Oxigraph store describes by its default graph
def test_what_a_query_looks_for_is_put_within_a_graph(text: str) -> None:
    assert _of_one_triple(within_graph(text, "urn:a")) == _of_one_triple(text, union=True)


def test_a_query_without_a_group_is_left_as_it_is() -> None:
    assert within_graph("DESCRIBE <urn:a>", "urn:u") == "DESCRIBE <urn:a>"


def _of_one_triple(text: str, *, union: bool = False) -> list[str]:
    """Answer a query over one triple, in the graph ``urn:a``."""
    node = ox.NamedNode("urn:a")
    store = ox.Store()
    store.add(ox.Quad(node, node, node, node))
    found = store.query(text, use_default_graph_as_union=union)
    return [str(found)] if isinstance(found, ox.QueryBoolean) else sorted(map(str, found))


def test_any_form_of_query_is_answered(server: Server) -> None:
    endpoint = at(server)
    assert endpoint.ask(f"ASK {{ ?s {VALUE} ?v }}", union=True)
    found = endpoint.query(f"CONSTRUCT {{ ?s {VALUE} ?v }} WHERE {{ ?s {VALUE} ?v }}", union=True)
    assert isinstance(found, list)
    assert len(found) == 1


def test_names_and_labels_come_from_the_endpoint(server: Server) -> None:
    graph = graph_at(at(server), find_repository())
    assert graph.names.find("a").node.value == BASE + "id/a"
    assert graph.label("A") == "A"
    assert len(graph.sparql("SELECT ?s { ?s rdfs:label ?label } ORDER BY ?s")) == 2
    assert len(graph.sparql("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }")) == 2
    assert graph.sparql("ASK { ?s a ehpc:Supercomputer }").to_srj().count("true") == 1


def test_citations_come_from_a_copy_that_is_fetched_once(server: Server) -> None:
    seen: list[str] = []
    with FaultyProxy(server.address, lambda head, _: seen.append(head) or "pass") as proxy:
        graph = graph_at(connect(proxy.address, store="oxigraph"), find_repository())
        found = graph.sparql(
            "SELECT ?s ?v { ?s ehpc:value ?v } ORDER BY ?s",
        )
        (citation,) = found.citations
        first = len(seen)
        assert citation.cited == (f"{BASE}source/example-centre/2026-03-02-report",)
        assert citation.is_complete
        assert len(graph.sparql("SELECT ?s { ?s a ehpc:ComputingSystem }").citations) == 1
    assert len(seen) == first
    assert sum(head.startswith("GET /store") for head in seen) == 1


def test_what_holds_too_much_is_asked_from_afar(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eurohpc_kg.endpoint.copying.MOST", 1)
    assert copy_of(at(server)) is None
    graph = graph_at(at(server), find_repository())
    (citation,) = graph.sparql("SELECT ?s ?v { ?s ehpc:value ?v }").citations
    assert citation.cited == (f"{BASE}source/example-centre/2026-03-02-report",)


def test_a_copy_is_made_by_rows_where_a_product_dumps_nothing(server: Server) -> None:
    endpoint = connect(server.root + "/query", store="generic")
    by_rows, dumped = copy_of(endpoint), copy_of(at(server))
    assert by_rows is not None
    assert dumped is not None
    assert len(by_rows) == len(dumped)


def test_virtuoso_gets_back_the_names_that_it_makes_texts_of() -> None:
    text = "SELECT ?t (?t AS ?u) ?x { VALUES ?t { id:a } ?t ?p ?x BIND(?t AS ?v) }"
    assert given(text) == {"t", "u", "v"}
    row = {name: {"type": "literal", "value": BASE + "id/a"} for name in ("t", "x")}
    table = {"head": {"vars": ["t", "x"]}, "results": {"bindings": [row]}}
    (found,) = json.loads(with_iris(json.dumps(table).encode(), {"t", "u"}))["results"]["bindings"]
    assert (found["t"]["type"], found["x"]["type"]) == ("uri", "literal")


def test_a_fault_of_the_query_is_told_as_such(server: Server) -> None:
    with pytest.raises(QuerySyntaxError, match="does not take the query"):
        at(server).select("SELECT ?s { ?s ?p }")


def test_what_is_no_endpoint_is_told_as_such(server: Server) -> None:
    with pytest.raises(EndpointError, match="has nothing of this kind there"):
        connect(server.root, store="generic")
    with pytest.raises(UnansweredError, match="nothing listens there"):
        connect("http://127.0.0.1:1/")
    with pytest.raises(UsageError, match="is no address"):
        connect("file:///etc/passwd")


@pytest.mark.parametrize(("what", "tries"), [("503", 3), ("500", 3), ("cut", 3), ("hang", 1)])
def test_what_may_be_repeated_is_repeated(server: Server, what: str, tries: int) -> None:
    with FaultyProxy(server.address, lambda _head, _body: what) as proxy:
        endpoint = connect_quietly(proxy)
        with pytest.raises(EndpointError) as caught:
            endpoint.select("SELECT ?s { ?s ?p ?o }")
        assert caught.value.remedy
    assert len(proxy.seen) == tries


@pytest.mark.parametrize(("what", "tries"), [("503", 3), ("500", 1), ("cut", 1), ("lose", 1)])
def test_what_may_not_be_repeated_is_sent_once(server: Server, what: str, tries: int) -> None:
    with FaultyProxy(server.address, lambda _head, _body: what) as proxy:
        endpoint = connect_quietly(proxy)
        with pytest.raises(EndpointError):
            endpoint.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert len(proxy.seen) == tries


def test_a_short_trouble_is_waited_for(server: Server) -> None:
    pauses: list[float] = []
    with FaultyProxy(server.address, _twice("503")) as proxy:
        transport = Transport(timeout=5, sleep=pauses.append)
        request = urllib.request.Request(proxy.address + "/query?query=ASK%7B%7D")
        assert transport.send(request, repeatable=True).status == 200
    assert len(pauses) == 2
    assert pauses[1] > pauses[0]


@pytest.mark.parametrize(("asked", "waited"), [("3", 3), ("900", 5), ("soon", 0.2), ("", 0.2)])
def test_the_server_says_how_long_to_wait(
    monkeypatch: pytest.MonkeyPatch, asked: str, waited: float
) -> None:
    """No longer than for an answer, though."""

    def once(*_: object) -> None:
        raise RejectedError("not now", status=503, headers={"retry-after": asked})

    pauses: list[float] = []
    transport = Transport(timeout=5, attempts=2, sleep=pauses.append)
    monkeypatch.setattr(transport, "_once", once)
    with pytest.raises(RejectedError):
        transport.send(urllib.request.Request("http://127.0.0.1/"), repeatable=False)
    assert pauses == [waited]


def test_a_day_to_wait_for_is_taken_as_seconds() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < RejectedError("busy", status=429, headers={"retry-after": then}).wait <= 90


def test_a_password_is_sent_and_never_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EUROHPC_KG_USER", "reader")
    monkeypatch.setenv("EUROHPC_KG_PASSWORD", "geheim")
    got: list[str] = []
    with FaultyProxy(server.address, nothing) as proxy:
        pass_on = proxy.pass_on

        def listen(_method, _path, _body, headers):  # type: ignore[no-untyped-def]
            got.append(headers["Authorization"])
            return 401, {}, b""

        endpoint = connect(proxy.address, store="oxigraph")
        proxy.pass_on = listen  # type: ignore[method-assign]
        with pytest.raises(RejectedError, match="does not let the user 'reader' in") as caught:
            endpoint.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
        proxy.pass_on = pass_on  # type: ignore[method-assign]
    assert base64.b64decode(got[0].split()[1]) == b"reader:geheim"
    shown = f"{caught.value} {endpoint!r} {endpoint.transport.credentials!r}"
    assert "geheim" not in shown


@pytest.mark.parametrize(
    "address",
    [
        "http://[::1",
        "http://me:se[cret@127.0.0.1/",
        "http://me:se\u2100cret@127.0.0.1/",
        "http://me:se#cret@127.0.0.1/",
        "http://me:se/cret@127.0.0.1/",
        "http://me:se cret@127.0.0.1/",
        "http://127.0.0.1:7878/ x",
        "http://127.0.0.1:78787878/",
    ],
)
def test_what_is_no_address_is_told_without_its_words(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        credentials_for(address, environment={})
    assert caught.value.remedy
    assert "se" not in str(caught.value).replace("server", "")
    assert caught.value.__context__ is None or "cret" not in str(caught.value.__context__)


@pytest.mark.parametrize(
    "secret", [Credentials("me", "hush"), Credentials(token="hush")], ids=["password", "token"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_followed_to_another_server(secret: Credentials, method: str) -> None:
    got: list[str] = []
    with (
        FaultyProxy("http://127.0.0.1:1", nothing) as here,
        FaultyProxy("http://127.0.0.1:1", nothing) as there,
    ):
        here.pass_on = lambda *_: (302, {"Location": f"{there.address}/x"}, b"")  # type: ignore[method-assign]

        def listen(_method, _path, _body, headers):  # type: ignore[no-untyped-def]
            got.append(headers["Authorization"])
            return 401, {"WWW-Authenticate": 'Basic realm="x"'}, b""

        there.pass_on = listen  # type: ignore[method-assign]
        request = urllib.request.Request(f"{here.address}/sparql", method=method)
        request.data = b"x" if method == "POST" else None
        with pytest.raises(RejectedError, match=f"sends on to {there.address}/x") as caught:
            Transport(secret).send(request, repeatable=False)
    assert got == []
    assert caught.value.remedy


def test_a_token_is_sent_as_bearer(server: Server) -> None:
    got: list[str] = []
    with FaultyProxy(server.address, nothing) as proxy:
        pass_on = proxy.pass_on

        def listen(method, path, body, headers):  # type: ignore[no-untyped-def]
            got.append(headers["Authorization"])
            return pass_on(method, path, body, headers)

        proxy.pass_on = listen  # type: ignore[method-assign]
        transport = Transport(Credentials(token="t0ken"))
        request = urllib.request.Request(proxy.address + "/query?query=ASK%7B%7D")
        transport.send(request, repeatable=True)
    assert got == ["Bearer t0ken"]


def test_credentials_come_from_address_environment_and_netrc(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine example.org login me password hush\n")
    netrc.chmod(0o600)
    here = {"NETRC": str(netrc)}
    assert credentials_for("http://example.org/", environment=here)[1] == Credentials("me", "hush")
    assert credentials_for("http://example.org/", "you", here)[1] == Credentials("you")
    given = {**here, "EUROHPC_KG_USER": "a", "EUROHPC_KG_PASSWORD": "b"}
    assert credentials_for("http://example.org/", environment=given)[1] == Credentials("a", "b")
    clean, found = credentials_for("http://u:p%20q@example.org:8/x", environment={})
    assert (clean, found) == ("http://example.org:8/x", Credentials("u", "p q"))
    token = {"EUROHPC_KG_TOKEN": "t"}
    assert credentials_for("http://example.org/", environment=token)[1] == Credentials(token="t")
    netrc.write_text("machine example.org login\n password hush words\n")
    with pytest.raises(InputError, match="not a netrc file") as caught:
        credentials_for("http://example.org/", environment=here)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("name", sorted(PRODUCTS))
def test_an_address_may_be_given_with_any_of_its_ends(name: str) -> None:
    product = PRODUCTS[name]
    base = product.how.split(" ")[0].replace("HOST", "127.0.0.1")
    if not base.startswith("http"):
        return
    plain = addresses(product, base)
    for end in product.ends:
        assert addresses(product, base + end) == plain
    assert addresses(product, base, update="http://u/", graphs="http://g/").update == "http://u/"


def test_doctor_tells_what_is_there_and_what_is_missing(server: Server) -> None:
    found = examine(at(server), "0.1.0", [*SMALL, BASE + "graph/missing"])
    assert "Oxigraph" in found.facts["product"]
    assert "graph/missing" in found.facts["missing"]
    assert [finding.code for finding in found.report] == ["endpoint-graph-missing"]
    assert all(finding.remedy for finding in found.report)


def test_doctor_tells_an_empty_store_and_a_default_graph_of_its_own(tmp_path: Path) -> None:
    with oxigraph(tmp_path / "empty") as empty:
        found = examine(at(empty))
        assert [finding.code for finding in found.report] == ["endpoint-empty"]
        load_store(built(tmp_path / "small", SMALL), at(empty))
        generic = connect(empty.root + "/query", store="generic")
        assert [f.code for f in examine(generic).report] == ["endpoint-no-union"]


def test_doctor_tells_a_load_that_goes_on_or_was_broken_off(server: Server) -> None:
    owner = new_owner()
    take_lock(at(server), owner)
    (found,) = examine(at(server)).report
    release(at(server), owner)
    assert found.code == "endpoint-load-broken-off"
    assert found.message.startswith("a lock is there")
    assert "--undo" in found.remedy
    assert list(examine(at(server)).report) == []


def test_doctor_tells_how_often_a_statement_of_two_graphs_counts(tmp_path: Path) -> None:
    with oxigraph(tmp_path / "counting") as running:
        endpoint = at(running)
        assert examine(endpoint).facts["counting"] == "unknown"
        said = f"<urn:a> a <{BASE}ontology#AIFactory>"
        endpoint.update(f"INSERT DATA {{ GRAPH <urn:g> {{ {said} }} }}")
        assert "once, however many" in examine(endpoint).facts["counting"]
        endpoint.update(f"INSERT DATA {{ GRAPH <urn:h> {{ {said} }} }}")
        assert "COUNT(DISTINCT" in examine(endpoint).facts["counting"]


def test_the_commands_speak_to_a_server(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    query = Path(server.folder) / "q.rq"
    query.write_text(f"SELECT ?s ?v {{ ?s {VALUE} ?v }}")
    assert main(["ask", str(query), "--endpoint", server.address, "-f", "csv"]) == 0
    assert f"{BASE}id/a,12.5" in capsys.readouterr().out
    assert main(["doctor", server.address]) == 0
    assert "at once" in capsys.readouterr().out
    assert main(["ask", str(query), "--endpoint", server.address, "--as-of", "2025"]) == 2
    assert main(["doctor", server.address, "--store", "nothing"]) == 2
    assert main(["load", "http://127.0.0.1:1/"]) == 3
    assert "nothing listens there" in capsys.readouterr().err


def connect_quietly(proxy: FaultyProxy):  # type: ignore[no-untyped-def]
    endpoint = connect_to(proxy)
    endpoint.transport.attempts = 3
    endpoint.transport._sleep = lambda _: None
    return endpoint


def connect_to(proxy: FaultyProxy):  # type: ignore[no-untyped-def]
    return connect(proxy.address, store="oxigraph", timeout=0.5)


def _twice(what: str):  # type: ignore[no-untyped-def]
    left = [what, what]

    def fault(_head: str, _body: bytes) -> str:
        return left.pop() if left else "pass"

    return fault
