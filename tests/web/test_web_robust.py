"""Hostile input, heavy load, the end of a server and the change of its build."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import Running
from starlette.testclient import TestClient

from eurohpc_kg.repository import Repository

QUIET = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ROUTES = ["/", "/id/finland", "/sparql", "/-/search.html", "/-/compare.html", "/-/explain.html",
          "/question/factories-targeting-sector.csv", "/.well-known/void", "/-/static/house.css",
          "/vocabulary/sector", "/source", "/-/timeline.html", "/-/metrics"]  # fmt: skip
NAMES = ["q", "thing", "subject", "predicate", "object", "sector", "query", "format",
         "default-graph-uri", "named-graph-uri", "update", ""]  # fmt: skip
X = "x" * 500
BOMBS = {
    "a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "a deep path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>)+ ?a }",
    "a sort of everything": "SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f DESC(?a)",
    "a heap of values": "SELECT * { VALUES ?x { "
    + " ".join(f"<urn:{n}>" for n in range(20_000))
    + " } ?x ?y ?z . ?q ?r ?s . ?t ?u ?v }",
    "many braces": "SELECT * { " + "{ " * 20_000 + "}" * 20_000 + " }",
    "many brackets": "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "a text without end": 'ASK { FILTER(CONTAINS("' + "a" * 900_000 + '", "b")) }',
    "a heavy pattern": 'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "(x+x+)+y(a|aa)+$")) }',
    "a tower of texts": f"SELECT (STRLEN(?h) AS ?n) {{ BIND(REPLACE('{X}', 'x', '{X}') AS ?a) "
    "BIND(REPLACE(?a, 'x', ?a) AS ?b) BIND(REPLACE(?b, 'x', ?b) AS ?h) }",
}


@QUIET
@given(
    path=st.one_of(st.sampled_from(ROUTES), st.text(max_size=60).map(lambda text: "/" + text)),
    values=st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=60)), max_size=4),
    accept=st.one_of(st.just("text/html"), st.text(st.characters(codec="ascii"), max_size=30)),
)
def test_no_request_breaks_the_server(
    client: TestClient, path: str, values: list[tuple[str, str]], accept: str
) -> None:
    clean = "".join(c for c in accept if c.isprintable())
    try:
        reply = client.get(path, params=values, headers={"accept": clean})
    except (ValueError, httpx2.InvalidURL):  # the client itself refuses to send it
        return
    assert reply.status_code < 500, (path, values, accept, reply.text[:300])
    assert "Traceback" not in reply.text


@QUIET
@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(["application/sparql-query", "application/x-www-form-urlencoded", "x/y"]),
)
def test_no_body_breaks_the_endpoint(client: TestClient, body: bytes, kind: str) -> None:
    reply = client.post("/sparql", content=body, headers={"content-type": kind})
    assert reply.status_code < 500
    assert "Traceback" not in reply.text


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_defused_and_the_next_query_answered(client: TestClient, name: str) -> None:
    began = time.monotonic()
    reply = client.post("/sparql", data={"query": BOMBS[name]})
    assert reply.status_code in (200, 400, 413, 503), reply.text[:200]
    assert time.monotonic() - began < 12
    asked = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    assert asked.json()["boolean"] is True


def test_too_many_queries_wait_in_line_and_pages_are_answered_meanwhile(
    client: TestClient,
) -> None:
    replies: list[int] = []

    def ask() -> None:
        replies.append(client.post("/sparql", data={"query": BOMBS["a cross product"]}).status_code)

    client.get("/id/finland.html")
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(30):
        assert client.get("/id/finland.html").status_code == 200
    for thread in threads:
        thread.join()
    assert replies == [503] * 4


# ---- A server of its own


def test_sigterm_lets_a_request_come_to_its_end(running: Running) -> None:
    answers: list[int] = []
    query = "/sparql?query=SELECT+(COUNT(*)+AS+%3Fn)+%7B%3Fa+%3Fb+%3Fc.%3Fd+%3Fe+%3Ff%7D"
    thread = threading.Thread(target=lambda: answers.append(running.get(query)[0]))
    thread.start()
    time.sleep(1.0)
    running.process.send_signal(signal.SIGTERM)
    thread.join()
    assert answers[0] in (200, 503)  # it is answered: with the count, or that it took too long
    assert running.process.wait(20) in (0, -signal.SIGTERM)
    with pytest.raises(OSError, match=r"[Rr]efused"):
        running.get("/-/health")


def test_sigterm_lets_the_queries_in_line_be_answered(running: Running) -> None:
    def ask(number: int) -> None:
        query = quote(
            "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c } LIMIT 1000 } "
            f"{{ SELECT ?d {{ ?d ?e ?f }} LIMIT 500 }} }} # {number}"
        )
        answers.append(running.get(f"/sparql?query={query}"))

    answers: list[tuple[int, str]] = []
    running.get("/-/health")
    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)  # so that all have begun: two run, six wait
    running.process.send_signal(signal.SIGTERM)
    for thread in threads:
        thread.join()
    assert [status for status, _ in answers] == [200] * 8
    assert all('"500000"' in body for _, body in answers)


def test_the_log_of_the_server_tells_of_no_person(running: Running) -> None:
    told = {
        "User-Agent": "somebodys-browser", "X-Forwarded-For": "192.0.2.7", "Cookie": "who=me",
        "Referer": "https://intranet.example.org/", "Authorization": "Basic c2VjcmV0",
        "From": "somebody@example.org", "Accept-Language": "fi-x-somebody",
    }  # fmt: skip
    request = urllib.request.Request(f"{running.address}/-/search.html?q=a-secret", headers=told)
    urllib.request.urlopen(request, timeout=30).close()
    urllib.request.urlopen(f"{running.address}/sparql", b"query=ASK%7B%7D%23a-secret").close()
    running.wait_for('"path": "/sparql"')
    lines = [json.loads(line) for line in running.said if line.startswith("{")]
    assert {frozenset(line) for line in lines} == {
        frozenset(("time", "method", "path", "status", "bytes", "ms"))
    }
    text = "".join(running.said[1:])
    assert not [one for one in (*told.values(), "127.0.0.1", "a-secret") if one in text]


def test_health_and_metrics_of_the_server(running: Running) -> None:
    health = json.loads(running.get("/-/health")[1])
    assert health["status"] == "ok"
    assert {"version", "build"} <= set(health)
    running.get("/sparql?query=ASK%7B%7D")
    text = running.get("/-/metrics")[1]
    helped = set(re.findall(r"^# HELP (\w+) .+$", text, re.M))
    typed = dict(re.findall(r"^# TYPE (\w+) (counter|gauge|histogram)$", text, re.M))
    values = re.findall(r'^(\w+)(?:\{(?:\w+="[^"]*",?)+\})? ([-+0-9.e]+)$', text, re.M)
    assert len(values) == len([line for line in text.splitlines() if line[0] != "#"])
    names = {re.sub(r"_(bucket|sum|count)$", "", name) for name, _ in values}
    assert names <= helped == set(typed)
    assert 'eurohpc_kg_requests_total{part="sparql",status="200"} 1' in text


def test_a_new_build_is_picked_up_without_a_lost_request(
    running: Running, content: tuple[Repository, Path]
) -> None:
    from eurohpc_kg.store import build

    repository = content[0]
    added = repository.register / "added.ttl"
    statuses: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            statuses.append(running.get("/id/finland.ttl")[0])

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert running.get("/id/added.ttl")[0] == 404
        added.write_text(
            "@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .\n"
            "@prefix id: <https://w3id.org/eurohpc-kg/id/> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n"
            'id:added a ehpc:Company ;\n    rdfs:label "Added"@en .\n',
            encoding="utf-8",
        )
        build(repository)
        running.wait_for("serving the build")
        assert running.get("/id/added.ttl")[0] == 200
    finally:
        done.set()
        reader.join()
        added.unlink(missing_ok=True)
        build(repository)
    assert len(statuses) > 10
    assert set(statuses) == {200}


def test_a_slow_client_and_headers_without_end_are_cut_off(running: Running) -> None:
    host, port = running.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=40) as endless:
        endless.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n")
        refused = False
        try:
            for n in range(4_000):
                endless.sendall(b"x-%d: %s\r\n" % (n, b"y" * 200))
            refused = endless.recv(100).startswith(b"HTTP/1.1 4") or endless.recv(100) == b""
        except OSError:
            refused = True
        assert refused
    with socket.create_connection((host, int(port)), timeout=40) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        began = time.monotonic()
        slow.recv(1)  # until the other side has had enough
        assert time.monotonic() - began < 30
    assert running.get("/-/health")[0] == 200
