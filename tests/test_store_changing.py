"""A store made from the one before it: to the byte what a build from the start gives."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eurohpc_kg.errors import RefusedError
from eurohpc_kg.repository import Repository, cache_directory
from eurohpc_kg.store import build, open_folder
from small_content import CHECK, DOCUMENT, ONTOLOGY, REGISTER, SHAPE, edit, make_content

FOLLOWED, FROM_START = "statements came or went", "quads"

MORE_TERMS = """
ehpc:locatedIn a owl:ObjectProperty , owl:TransitiveProperty ;
    rdfs:label "located in"@en ;
    owl:inverseOf ehpc:locationOf .

ehpc:locationOf a owl:ObjectProperty ;
    rdfs:label "location of"@en ;
    rdfs:range ehpc:Centre .

ehpc:greatest a owl:DatatypeProperty ;
    rdfs:label "greatest"@en .

rdfs:subPropertyOf a owl:AnnotationProperty .

[] a owl:AllDisjointProperties ;
    owl:members ( ehpc:of ehpc:locatedIn ) .
"""
VIEW = """\
#+ summary: What is the greatest figure of a thing?
#+ description: The greatest, and of those located in it.

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>

CONSTRUCT { ?thing ehpc:greatest ?value }
WHERE {
  {
    SELECT ?thing (MAX(?stated) AS ?value)
    WHERE {
      GRAPH ?source { ?figure ehpc:value ?stated }
      { ?figure ehpc:of ?thing } UNION { ?figure ehpc:of ?part . ?part ehpc:locatedIn ?thing }
    }
    GROUP BY ?thing
  }
}
"""
HEAD = """\
@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix figure: <https://w3id.org/eurohpc-kg/figure/> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

"""
OTHER = "data/sources/example-centre/2026-04-01-more.ttl"
PLACES = "data/register/places.ttl"
FILES = (REGISTER, PLACES, DOCUMENT, OTHER)
STATEMENTS = [
    'id:example-1 rdfs:label "Example-1"@en .',
    'id:example-1 skos:altLabel "Exempel ett"@sv .',
    "id:example-1 a ehpc:LargeCentre .",
    "id:example-2 a ehpc:Centre .",
    "id:example-1 ehpc:locatedIn id:kajaani .",
    "id:kajaani ehpc:locatedIn id:finland .",
    "id:finland ehpc:locationOf id:example-2 .",
    "figure:one a ehpc:Figure ; ehpc:of id:example-1 .",
    "figure:one ehpc:value 4.5 .",
    "figure:one ehpc:value 4.50 .",
    "figure:two a ehpc:Figure ; ehpc:of id:example-1 ; ehpc:value 12.0 .",
    "figure:three a ehpc:Figure .",  # breaks a shape
    "id:example-1 a ehpc:Figure .",  # contradicts the ontology
    "id:example-2 rdfs:label 'Example-1', 'Zwei' .",
]
SOUND, FAULTS = STATEMENTS[:11], STATEMENTS[11:]
CONTENTS = st.tuples(
    st.fixed_dictionaries({name: st.sets(st.sampled_from(SOUND), max_size=6) for name in FILES}),
    st.sampled_from(["", "", "", "", *FAULTS]),
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    return grown(tmp_path / "content")


def grown(folder: Path) -> Repository:
    content = make_content(folder)
    ontology = content.root / ONTOLOGY
    ontology.write_text(ontology.read_text(encoding="utf-8") + MORE_TERMS, encoding="utf-8")
    content.views.mkdir()
    (content.views / "greatest.rq").write_text(VIEW, encoding="utf-8")
    (content.shapes / "sizes.csv").unlink()
    return content


def write(content: Repository, found: dict[str, set[str]], fault: str) -> None:
    for name in FILES:
        path = content.root / name
        lines = sorted(found[name] | ({STATEMENTS[2]} if name == REGISTER else set()))
        if not lines:
            path.unlink(missing_ok=True)
            continue
        stem = name.removeprefix("data/sources/").removesuffix(".ttl")
        base = f"@base <https://w3id.org/eurohpc-kg/source/{stem}> .\n" if stem != name[:-4] else ""
        text = "\n".join([*lines, fault if name == DOCUMENT else ""])
        path.write_text(f"{base}{HEAD}{text}\n", encoding="utf-8")


def outcome(content: Repository, cache: Path, said: list[str]) -> dict[str, object] | str:
    """Build in a cache; return all that a store says, or the errors."""
    os.environ["EUROHPC_KG_CACHE"] = str(cache)
    try:
        path = build(content, say=said.append)
    except RefusedError as error:
        return error.details
    return everything(path)


def everything(path: Path) -> dict[str, object]:
    store = open_folder(path)
    texts = {p.name: p.read_text() for p in path.iterdir() if p.suffix in (".nt", ".tsv")}
    texts |= {name: (path / name).read_text() for name in ("graphs.json", "trail.json")}
    graphs = {str(name) for name in store.named_graphs()}
    blank_free = {str(quad) for quad in store if "_:" not in str(quad)}
    return {**texts, "graphs": graphs, "quads": blank_free, "count": len(store)}


@pytest.fixture
def keep_environment() -> Iterator[None]:
    before = os.environ.get("EUROHPC_KG_CACHE")
    yield
    os.environ.pop("EUROHPC_KG_CACHE", None)
    if before is not None:
        os.environ["EUROHPC_KG_CACHE"] = before


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.lists(CONTENTS, min_size=2, max_size=5))
@pytest.mark.usefixtures("keep_environment")
def test_whatever_changes_the_store_is_that_of_a_build_from_the_start(
    tmp_path_factory: pytest.TempPathFactory, contents: list[tuple[dict[str, set[str]], str]]
) -> None:
    folder = tmp_path_factory.mktemp("changing")
    content = grown(folder / "content")
    for number, found in enumerate(contents):
        write(content, *found)
        said: list[str] = []
        changed = outcome(content, folder / "cache", said)
        assert changed == outcome(content, folder / f"cache-{number}", [])
    shutil.rmtree(folder)


def built(repository: Repository, force: bool = False) -> tuple[Path, str]:
    said: list[str] = []
    path = build(repository, force=force, say=said.append)
    return path, said[-1]


def test_a_changed_file_is_followed_and_the_tables_are_shared(repository: Repository) -> None:
    first, how = built(repository)
    assert FROM_START in how
    edit(repository, DOCUMENT, "4.5 .", "4.75 .")
    second, how = built(repository)
    assert FOLLOWED in how
    shared = {path.name for path in first.glob("*.sst")} & {p.name for p in second.glob("*.sst")}
    assert shared
    assert all((first / name).samefile(second / name) for name in shared)
    before, after = everything(first), everything(second)
    assert "4.5" in str(before["quads"])
    assert "4.75" in str(after["quads"])
    assert FROM_START in built(repository, force=True)[1]
    assert everything(second) == after


@pytest.mark.parametrize("name", [ONTOLOGY, SHAPE, CHECK, "queries/views/greatest.rq"])
def test_what_is_not_data_begins_from_the_start(repository: Repository, name: str) -> None:
    built(repository)
    path = repository.root / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    assert FROM_START in built(repository)[1]


@pytest.mark.parametrize(
    "part", ["trail.json", "graphs.nt", "graphs.json", "names.tsv", "made-of.json", "*.sst"]
)
def test_a_store_that_is_damaged_is_not_gone_on_from(repository: Repository, part: str) -> None:
    first, _ = built(repository)
    (path, *_) = sorted(first.glob(part), key=lambda p: -p.stat().st_size)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    edit(repository, DOCUMENT, "4.5 .", "4.75 .")
    second, how = built(repository)
    assert FROM_START in how
    assert "4.75" in str(everything(second)["quads"])


def test_a_fault_is_told_as_from_the_start_and_the_last_good_store_stays(
    repository: Repository,
) -> None:
    first, _ = built(repository)
    edit(repository, DOCUMENT, "ehpc:of id:example-1 ;", "")
    with pytest.raises(RefusedError) as caught:
        build(repository)
    assert f"{DOCUMENT}:8" in caught.value.details
    assert [p.name for p in (cache_directory() / "stores").iterdir()] == [first.name]
    edit(repository, DOCUMENT, "ehpc:unit", "ehpc:of id:example-1 ;\n    ehpc:unit")
    assert FOLLOWED in built(repository)[1]


def test_a_file_that_comes_and_goes_takes_its_graph_along(repository: Repository) -> None:
    first, _ = built(repository)
    write_other = repository.root / OTHER
    write_other.write_text(
        "@base <https://w3id.org/eurohpc-kg/source/example-centre/2026-04-01-more> .\n"
        + HEAD
        + STATEMENTS[5],
        encoding="utf-8",
    )
    second, how = built(repository)
    assert FOLLOWED in how
    assert "2026-04-01-more" in str(everything(second)["graphs"])
    shutil.rmtree(first)
    write_other.unlink()
    third, how = built(repository)
    assert FOLLOWED in how
    assert third == first
    assert "2026-04-01-more" not in str(everything(third)["graphs"])
