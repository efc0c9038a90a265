"""The conformance suite: the same law on every store that is installed (``make test-stores``).

Each store runs on ports of its own on the loopback, with its data in temporary directories: one
that is filled, broken and emptied again with a small graph, and one with the whole graph, which is
loaded once. The names of the tests are the lines of the table in docs/reference/stores.md.
"""

from __future__ import annotations

import csv
import io
import os
import random
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

import eurohpc_kg
from eurohpc_kg.api import Graph
from eurohpc_kg.cite.answer import Answer
from eurohpc_kg.endpoint import Endpoint, connect
from eurohpc_kg.endpoint.asking import graph_at
from eurohpc_kg.endpoint.doctor import examine
from eurohpc_kg.errors import EndpointError, EurohpcKgError
from eurohpc_kg.graph import assemble
from eurohpc_kg.loading import load_store, materialise
from eurohpc_kg.loading.ledger import LEDGER
from eurohpc_kg.loading.reading import count_graphs, read_graphs
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.reason import close
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store import build
from eurohpc_kg.store.canonical import write_graphs
from small_content import make_content
from stores.far import BASE, CHANGED, INFERRED, REGISTER, REPORT, SMALL, built
from stores.faults import FaultyProxy
from stores.guard import Guard
from stores.servers import HOME, Server, available

pytestmark = pytest.mark.skipif(
    not os.environ.get("EUROHPC_KG_TEST_STORES"), reason="make test-stores runs these"
)

NAMES = ("oxigraph", "fuseki", "rdf4j", "virtuoso")
USERS = {"virtuoso": ("dba", "dba")}
GUARDED = {"fuseki": "/guarded", "virtuoso": ""}
"""Where a store has users: the address, below the root, that asks for one.

The others have none, and are guarded by a proxy before them.
"""


@dataclass
class Running:
    """Hold a running store and the way to it."""

    server: Server

    def endpoint(self, timeout: float = 120, *, address: str = "", store: str = "auto") -> Endpoint:
        user, password = USERS.get(self.server.name, ("", ""))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("EUROHPC_KG_PASSWORD", password)
            where = address or self.server.address
            return connect(where, user=user, store=store, timeout=timeout)

    def sizes(self) -> dict[str, int]:
        counts = count_graphs(self.endpoint())
        return {
            name: count
            for name, count in counts.items()
            if name.startswith((NAMESPACE, "staged:")) and name != LEDGER
        }


@contextmanager
def running(name: str, folder: Path) -> Iterator[Running]:
    """Run a store that is installed."""
    if not available(name):
        pytest.skip(f"{name} is not installed here")
    server = Server(name, folder).start()
    try:
        yield Running(server)
    finally:
        server.kill()


@pytest.fixture(scope="module", params=NAMES)
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with running(request.param, tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.fixture
def clean(store: Running) -> Running:
    """Give the store without anything of ours."""
    endpoint = store.endpoint()
    for name in count_graphs(endpoint):
        if name.startswith((NAMESPACE, "staged:", "urn:")):
            endpoint.update(f"CLEAR GRAPH <{name}>")
    return store


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("changed"), CHANGED)


OLD = {REGISTER: 5, INFERRED: 1, REPORT: 3}
NEW = {**OLD, REPORT: 1}


def test_it_is_recognised(store: Running) -> None:
    assert store.endpoint().product.name == store.server.name


def test_load(clean: Running, small: Path) -> None:
    load_store(small, clean.endpoint())
    assert clean.sizes() == OLD


def test_load_again_sends_nothing(clean: Running, small: Path) -> None:
    load_store(small, clean.endpoint())
    assert load_store(small, clean.endpoint()).is_empty
    assert load_store(small, clean.endpoint(), verify=True).is_empty


def test_load_a_changed_version_sends_what_changed(
    clean: Running, small: Path, changed: Path
) -> None:
    load_store(small, clean.endpoint())
    assert load_store(changed, clean.endpoint()).send == (REPORT,)
    assert clean.sizes() == NEW


def test_replace_and_merge(clean: Running, small: Path, tmp_path: Path) -> None:
    load_store(small, clean.endpoint())
    fewer = built(tmp_path / "fewer", {REGISTER: SMALL[REGISTER], REPORT: "id:b ehpc:value 1 ."})
    load_store(fewer, clean.endpoint(), merge=True)
    assert clean.sizes() == {**OLD, REPORT: 4}
    load_store(fewer, clean.endpoint())
    assert clean.sizes() == {REGISTER: 5, REPORT: 1}


def test_a_reader_sees_old_or_new(clean: Running, small: Path, changed: Path) -> None:
    load_store(small, clean.endpoint())
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        endpoint = clean.endpoint()
        while not stop.is_set():
            rows = endpoint.select(f"SELECT ?v {{ ?x <{BASE}ontology#value> ?v }}", union=True)
            seen.append(len(list(rows)))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for folder in (changed, small, changed):
            load_store(folder, clean.endpoint(), full=True)
    finally:
        stop.set()
        reader.join()
    if clean.endpoint().product.warning:
        pytest.skip("not at once, as is said before a load starts")
    assert set(seen) == {1}


def test_killed_in_the_middle_of_a_load(clean: Running, small: Path, changed: Path) -> None:
    load_store(small, clean.endpoint())
    for wait in (0.1, 0.4):
        thread = threading.Thread(target=_try_load, args=(clean, changed))
        thread.start()
        time.sleep(wait)
        clean.server.kill()
        thread.join()
        clean.server.start()
        load_store(changed, clean.endpoint())
        assert clean.sizes() == NEW
        load_store(small, clean.endpoint())
        assert clean.sizes() == OLD


@pytest.mark.parametrize("name", ["fuseki"])
def test_killed_while_it_writes_its_journal(name: str, tmp_path: Path, small: Path) -> None:
    """TDB2 does not start then, until what is half written is cut off."""
    with running(name, tmp_path / name) as store:
        load_store(small, store.endpoint())
        for size in (7, 28, 40):
            store.server.kill()
            (journal,) = (store.server.folder / "data").glob("Data-*/journal.jrnl")
            with journal.open("ab") as file:
                file.write(((24).to_bytes(4, "big") + bytes(48))[:size])
            store.server.start()
            assert store.sizes() == OLD


@pytest.fixture
def guarded(store: Running) -> Iterator[str]:
    """Give the address that asks who it is: the store's own, or that of a proxy before it."""
    root, name = store.server.root, store.server.name
    if name in GUARDED:
        yield root + GUARDED[name]
        return
    with Guard(root) as proxy:
        yield store.server.address.replace(root, proxy.address)


def test_wrong_password(
    store: Running, guarded: str, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EUROHPC_KG_PASSWORD", "wrong")
    before = store.sizes()
    with pytest.raises(EndpointError, match="does not let the user 'writer' in") as caught:
        load_store(changed, connect(guarded, user="writer"))
    assert "wrong" not in str(caught.value)
    assert caught.value.exit_code == 3
    assert store.sizes() == before


def test_read_only_user(
    store: Running, guarded: str, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EUROHPC_KG_PASSWORD", "secret")
    before = store.sizes()
    with pytest.raises(EndpointError) as caught:
        load_store(changed, connect(guarded, user="reader"))
    assert caught.value.remedy.startswith("Take a user that may write")
    assert store.sizes() == before


def test_user_that_may_only_write(
    clean: Running, guarded: str, small: Path, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EUROHPC_KG_PASSWORD", "secret")
    for folder, sizes in ((small, OLD), (changed, NEW)):
        load_store(folder, connect(guarded, user="writer"))
        assert clean.sizes() == sizes


@pytest.mark.parametrize("what", ["500", "hang", "cut"])
def test_a_store_that_fails(clean: Running, small: Path, changed: Path, what: str) -> None:
    load_store(small, clean.endpoint())
    number = 0

    def fault(head: str, _body: bytes) -> str:
        nonlocal number
        number += not head.startswith("GET")
        return what if number > 6 else "pass"

    root = clean.server.root
    with FaultyProxy(root, fault) as proxy:
        there = clean.server.address.replace(root, proxy.address)
        endpoint = clean.endpoint(2, address=there, store=clean.server.name)
        endpoint.transport.attempts = 2
        with pytest.raises(EndpointError) as caught:
            load_store(changed, endpoint, full=True)
    assert caught.value.remedy
    assert {n: c for n, c in clean.sizes().items() if not n.startswith("staged:")} in (OLD, NEW)
    load_store(changed, clean.endpoint())
    assert clean.sizes() == NEW


def test_disk_full(store: Running, tmp_path: Path) -> None:
    name = store.server.name
    room = tmp_path / "room"
    room.mkdir()
    size = {"oxigraph": "24m", "fuseki": "64m", "rdf4j": "24m", "virtuoso": "120m"}[name]
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(room)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no tmpfs can be mounted here")
    other = Running(Server(name, room / "store"))
    try:
        other.server.start()
        first = built(tmp_path / "first", SMALL)
        load_store(first, other.endpoint())
        some = random.Random(1)  # what can't be made smaller fills a disk soonest
        count = {"virtuoso": 20_000, "fuseki": 20_000}.get(name, 8_000)
        rows = "\n".join(
            f'id:t{n} ehpc:note "{some.randbytes(2000).hex()}" ; ehpc:of id:t{n + 1} .'
            for n in range(count)
        )
        large = built(tmp_path / "large", {**SMALL, REPORT: rows})
        with pytest.raises(EndpointError) as caught:
            load_store(large, other.endpoint(timeout=60))
        assert caught.value.remedy
        if other.server.process is None or other.server.process.poll() is not None:
            return  # it went down with its disk: nothing is read from it at all
        seen = {n: c for n, c in other.sizes().items() if not n.startswith("staged:")}
        assert seen == OLD
    finally:
        other.server.kill()
        subprocess.run(["umount", "-l", str(room)], check=True)


def test_materialise(clean: Running, tmp_path: Path) -> None:
    content = make_content(tmp_path / "content")
    quads = assemble(content)
    (tmp_path / "asserted").mkdir()
    write_graphs(tmp_path / "asserted", quads)
    load_store(tmp_path / "asserted", clean.endpoint())
    materialise(clean.endpoint(), content)
    wanted = {str(quad.triple) for quad in close(quads, content)}
    assert {str(t) for t in read_graphs(clean.endpoint(), [INFERRED], 0)[INFERRED]} == wanted


@pytest.fixture(scope="module")
def folder() -> Path:
    """Give the built store of the real graph."""
    return build(find_repository())


@pytest.fixture(scope="module", params=NAMES)
def whole(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, folder: Path
) -> Iterator[Running]:
    """Give a store with the whole graph in it."""
    with running(request.param, tmp_path_factory.mktemp(request.param)) as made:
        load_store(folder, made.endpoint(timeout=900))
        yield made


def test_load_the_whole_graph(whole: Running, folder: Path) -> None:
    assert load_store(folder, whole.endpoint(timeout=300)).is_empty


def test_the_doctor_tells_what_is_known_of_it(whole: Running) -> None:
    found = [str(one.message) for one in examine(whole.endpoint(), eurohpc_kg.__version__).report]
    assert found == ODD.get(whole.server.name, [])


def test_every_saved_question_has_the_golden_rows(whole: Running) -> None:
    assert _wrong(whole.endpoint(timeout=300)) == []


def test_every_saved_question_has_the_same_citations(
    whole: Running, cited: dict[str, list[tuple[str, ...]]]
) -> None:
    far = graph_at(whole.endpoint(timeout=300), find_repository())
    answers = {one.slug: far.ask_question(one, {}) for one in far.questions()}
    found = {slug: _cited(answer) for slug, answer in answers.items() if slug not in FREE}
    assert [slug for slug, here in cited.items() if found[slug] != here] == []


@pytest.fixture(scope="module")
def cited(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    """Give the citations that the embedded store has for each question."""
    here = Graph(find_repository(), ox.Store.read_only(str(folder)))
    asked = (one for one in here.questions() if one.slug not in FREE)
    return {one.slug: _cited(here.ask_question(one, {})) for one in asked}


def _cited(answer: Answer) -> list[tuple[str, ...]]:
    return sorted((*one.cited, str(one.is_complete)) for one in answer.citations)


def test_the_same_rows_without_a_union_default_graph(whole: Running) -> None:
    """A default graph of its own, and empty: each question makes its union itself."""
    name = whole.server.name
    if name != "fuseki":
        pytest.skip("its default graph is the union, always or by a word of its own")
    endpoint = connect(f"{whole.server.root}/plain", store=name, timeout=120)
    assert not endpoint.ask("ASK { ?s ?p ?o }")
    assert _wrong(endpoint) == []


FREE = {"support-of-claims"}
"""Questions whose answer leaves a choice to the engine: SAMPLE takes any document."""

ODD = {"virtuoso": ["errors within an expression: not as SPARQL 1.1 says"]}
"""Where a store is known to leave SPARQL 1.1; no saved question needs it, the doctor says it."""


CLIENTS = ("jena", "rdflib", "comunica")


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_gets_the_golden_rows(whole: Running, client: str) -> None:
    slug = "systems-owned-by-the-joint-undertaking"
    text = (find_repository().questions / f"{slug}.rq").read_text()
    address = {
        "oxigraph": f"{whole.server.root}/query?union-default-graph=true",
    }.get(whole.server.name, whole.endpoint().at.query)
    ask = {"jena": _by_jena, "rdflib": _by_rdflib, "comunica": _by_comunica}[client]
    assert rows(ask(address, text)) == _golden(slug)


def _wrong(endpoint: Endpoint) -> list[str]:
    """Return the questions that an endpoint answers otherwise."""
    far = graph_at(endpoint, find_repository())
    wrong: list[str] = []
    for question in far.questions():
        try:
            found = far.ask_question(question, {}).to_csv()
        except EurohpcKgError as error:
            wrong.append(f"{question.slug}: {error.problem}")
            continue
        if question.slug not in FREE and rows(found) != _golden(question.slug):
            wrong.append(question.slug)
    return wrong


def _by_jena(address: str, text: str) -> str:
    program = HOME / "jena" / "bin" / "rsparql"
    if not program.exists():
        pytest.skip("jena is not installed here")
    return _said([str(program), "--service", address, "--results", "csv", text])


def _by_rdflib(address: str, text: str) -> str:
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    path, _, query = address.partition("?")
    parameters = dict(pair.split("=") for pair in query.split("&") if pair)
    more = {"params": parameters} if parameters else {}
    form = "json"  # asked for XML besides, Virtuoso calls its answer RDF/XML
    store = SPARQLStore(path, context_aware=False, method="POST_FORM", returnFormat=form, **more)
    graph = Graph(store, bind_namespaces="none")  # RDF4J refuses a prefix that is declared twice
    return (graph.query(text).serialize(format="csv") or b"").decode()


def _by_comunica(address: str, text: str) -> str:
    program = HOME / "comunica" / "node_modules" / ".bin" / "comunica-sparql"
    if not program.exists():
        pytest.skip("comunica is not installed here")
    found = _said([str(program), f"sparql@{address}", "-q", text, "-t", "text/csv"])
    return re.sub(r"<([^<>]*)>", r"\1", found)  # it writes names between < and > in CSV, too


def _said(words: list[str]) -> str:
    more = {"JVM_ARGS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m"}
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=180, check=True, env={**os.environ, **more}
    )
    return done.stdout


def rows(text: str) -> list[tuple[str, ...]]:
    """Return the rows of a CSV, sorted, numbers by value: stores write 12.50 as they like."""
    return sorted(tuple(_value(cell) for cell in row) for row in csv.reader(io.StringIO(text)))


def _value(cell: str) -> str:
    try:
        return f"{float(cell):.9g}"
    except ValueError:
        return cell


def _golden(slug: str) -> list[tuple[str, ...]]:
    path = Path(__file__).parent / "golden" / "questions" / f"{slug}.csv"
    return rows(path.read_text(encoding="utf-8"))


def _try_load(store: Running, folder: Path) -> None:
    try:
        endpoint = store.endpoint(timeout=10)
        endpoint.transport.attempts = 1
        load_store(folder, endpoint, full=True)
    except EndpointError:
        return
