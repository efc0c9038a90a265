"""Every page: whole, linked, escaped, and made of the graph."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages import Page, page, write_page
from eurohpc_kg.web.pages.listing import paths
from eurohpc_kg.web.publish import Publisher

VOID = {"meta", "link", "input", "img", "br", "image", "circle", "path", "line", "rect", "hr"}


class Reader(HTMLParser):
    """Read a page: its elements, whether they nest, and what would run or load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "label":
            self.labelled.add(given.get("for") or "")
        if tag in ("input", "textarea", "select") and given.get("type") != "hidden":
            self.fields.append(given)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "script" and not given.get("src"):
            self.faults.append("a script stands in the page")
        self.faults += [f"{name} runs a script" for name in given if name.startswith("on")]
        self.faults += ["a style stands in the page"] * ("style" in given or tag == "style")
        for name in ("href", "src", "action"):
            if (given.get(name) or "").strip().lower().startswith(("javascript:", "data:")):
                self.faults.append(f"{name} runs a script")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def html_of(build: Build, path: str, values: dict[str, list[str]] | None = None) -> str:
    made = page(build, path, values)
    assert made is not None
    return write_page(made, build).decode()


@pytest.fixture(scope="module")
def written(built: Build) -> dict[str, str]:
    """Return the HTML of every page that a site has, one in seven of the many."""
    found = {}
    for number, path in enumerate(paths(built)):
        if path == "404" or (path.count("/") and number % 7):
            continue
        found[path] = html_of(built, path)
    return found


def test_there_is_a_page_for_every_path(written: dict[str, str]) -> None:
    assert len(written) > 100
    assert {"index", "question", "ontology", "vocabulary", "source", "shape"} <= set(written)


def test_every_page_is_whole_and_nothing_in_it_runs(written: dict[str, str]) -> None:
    for path, html in written.items():
        read = Reader(html)
        assert not read.faults, (path, read.faults[:3])
        assert not read.open, (path, read.open)
        assert len(read.ids) == len(set(read.ids)), (path, sorted(read.ids))


def test_every_page_can_be_read_by_ear(written: dict[str, str]) -> None:
    for path, html in written.items():
        read = Reader(html)
        assert read.headings.count(1) == 1, path
        steps = zip(read.headings, read.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), (path, read.headings)
        unlabelled = [f for f in read.fields if f.get("id") not in read.labelled]
        assert not unlabelled, (path, unlabelled)
        assert '<html lang="en-GB">' in html
        assert 'class="skip"' in html


def test_every_link_inside_leads_to_a_page_or_a_file(
    written: dict[str, str], publisher: Publisher, built: Build
) -> None:
    links: dict[str, str] = {}
    for path, html in written.items():
        depth = path.count("/")
        for link in re.findall(r'(?:href|src)="((?:\.\./)*[^":#?]+\.(?:html|ttl|csv|json))', html):
            links.setdefault(re.sub(r"^(\.\./)*", "", link), path)
            assert link.count("../") in (0, depth), (path, link)
    pages = {f"{path}.html" for path in paths(built)}
    broken = {
        link: path
        for link, path in links.items()
        if (link.endswith(".html") and link not in pages)
        or (not link.endswith(".html") and publisher.reply(link, {}, "").status != 200)
    }
    assert not broken


def test_what_means_harm_is_only_text(built: Build) -> None:
    html = html_of(built, "id/hostile")
    assert not Reader(html).faults
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7 * 7 }}" in html
    assert 'href="javascript:' not in html


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("-/search", "q"),
        ("-/compare", "thing"),
        ("-/explain", "subject"),
        ("question/factories-targeting-sector", "sector"),
        ("question/search-by-name", "text"),
    ],
)
@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "'; DROP"]
)
def test_what_a_reader_fills_in_is_only_text(
    built: Build, path: str, name: str, value: str
) -> None:
    values = {"subject": [value], "predicate": [value], "object": [value], name: [value]}
    html = html_of(built, path, values)
    assert not Reader(html).faults
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_statement_leads_to_the_document_that_makes_it(built: Build) -> None:
    html = html_of(built, "id/eurohpc-ju")
    assert 'href="#source-1"' in html
    assert 'id="source-1"' in html


def test_what_follows_leads_to_its_proof(built: Build) -> None:
    values = {
        "subject": ["id:1healthai"],
        "predicate": ["in country"],
        "object": ["id:spain"],
    }
    html = html_of(built, "-/explain", values)
    assert "<details" in html or "does not follow" in html


def test_planned_stands_beside_actual(built: Build) -> None:
    html = html_of(built, "id/daedalus")
    assert '<th scope="col">Planned</th><th scope="col">Stated or measured</th>' in html


def test_a_question_has_a_form_an_answer_and_its_query(built: Build) -> None:
    html = html_of(built, "question/factories-targeting-sector", {"sector": ["healthcare"]})
    assert 'name="sector"' in html
    assert 'class="answer"' in html
    assert "VALUES ?sector" in html
    assert "--sector healthcare" in html
    assert ".csv?sector=healthcare" in html


def test_a_value_that_is_unknown_is_said_beside_the_form(publisher: Publisher) -> None:
    reply = publisher.reply(
        "question/factories-targeting-sector.html", {"sector": ["helthcare"]}, "text/html"
    )
    assert reply.status == 400
    assert b'role="alert"' in reply.body
    assert b"Did you mean" in reply.body


@pytest.mark.parametrize(
    ("suffix", "start"),
    [("csv", b"factory,name"), ("json", b"{"), ("rq", b"#+ summary"), ("parquet", b"PAR1")],
)
def test_a_question_is_answered_as_a_file(publisher: Publisher, suffix: str, start: bytes) -> None:
    reply = publisher.reply(f"question/factories-targeting-sector.{suffix}", {}, "")
    assert reply.status == 200
    assert reply.body.startswith(start)


def test_search_finds_by_any_name_the_likest_first(built: Build) -> None:
    from eurohpc_kg.web.pages.finding import search

    assert search(built, "EuroHPC JU")[0][0] == "id/eurohpc-ju"
    assert any(path == "id/finland" for path, _, _ in search(built, "suomi"))
    assert search(built, "zzzz") == []


def test_pages_of_a_build_are_the_same_every_time(built: Build) -> None:
    other = Build(built.graph.repository, built.folder)
    for path in ("index", "id/eurohpc-ju", "-/timeline", "question/factories-by-country"):
        assert html_of(built, path) == html_of(other, path)


def test_things_of_two_kinds_can_be_compared(built: Build) -> None:
    html = html_of(built, "-/compare", {"thing": ["JUPITER AI Factory", "LUMI AI Factory"]})
    assert html.count('<th scope="col"><a ') >= 2


def test_a_page_that_is_not_there_is_none(built: Build) -> None:
    for path in ("id/nothing", "question/nothing", "ontology/Nothing", "vocabulary/nothing",
                 "source/a/b", "graph/nothing", "-/nothing", "nothing"):  # fmt: skip
        assert page(built, path) is None


def test_a_page_is_plain_data(built: Build) -> None:
    made = page(built, "id/finland")
    assert isinstance(made, Page)
    assert made.iri == "https://w3id.org/eurohpc-kg/id/finland"
