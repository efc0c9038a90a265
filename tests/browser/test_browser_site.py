"""The folder of files in a browser: the same pages without a server, in any folder of a host.

A part of the pages is written, from the whole built store. With Oxigraph's WebAssembly build from
npm (``make test-browser`` puts it in ``build/browser``), queries are answered in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from host import hosting
from reading import Manner, Reader

from conftest import ROOT, Opens
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import build
from eurohpc_kg.web import site as site_module
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.routes import SINGLE

ENGINE = ROOT / "build" / "browser" / "node_modules" / "oxigraph"
MORE = ["404", "id/germany", "id/jaif", "id/jupiter", "id/lumi", "ontology/Supercomputer",
        "question/countries-without-factory", "question/factories-targeting-sector",
        "question/nearest-way-in", "vocabulary/sector"]  # fmt: skip
MANNERS = [Manner("light", 1280), Manner("dark", 390)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Write the part, and serve it below a path."""
    top = tmp_path_factory.mktemp("host")
    repository = Repository(ROOT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_module, "paths", some)
        engine = ENGINE if ENGINE.is_dir() else None
        site_module.write_site(
            repository, build(repository), top / "some" / "copy", print, jobs=2, engine=engine
        )
    with hosting(top) as host:
        yield f"{host}/some/copy/"


def some(_build: Build) -> list[str]:
    """Return the pages of the part."""
    return sorted({*SINGLE, *MORE})


@pytest.fixture(params=MANNERS, ids=str)
def visitor(request: pytest.FixtureRequest, opens: Opens, site: str) -> Reader:
    """Return a reader of the folder."""
    return opens(request.param, site)


def test_a_name_is_found_without_a_server(visitor: Reader) -> None:
    visitor.open("index.html")
    search = visitor.page.get_by_role("search", name="The whole graph")
    search.get_by_label("Search by name").fill("júpiter")
    visitor.goes(search.get_by_role("button", name="Search"))
    first = visitor.page.locator("ol.found > li").first
    first.wait_for()
    assert " ".join(first.inner_text().split()) == "JUPITER supercomputer"
    visitor.follow(re.compile("^JUPITER$"))
    assert visitor.heading() == "JUPITER"


def test_pages_lead_to_each_other_and_to_their_data(visitor: Reader) -> None:
    visitor.open("question/countries-without-factory.html")
    assert "Norway" in visitor.column("Country")
    reply = visitor.context.request.get(
        visitor.page.evaluate("link => link.href", visitor.link("CSV").element_handle())
    )
    assert reply.ok
    assert reply.text().startswith("country,name,")
    visitor.follow("EuroHPC knowledge graph", within="header")
    visitor.follow(re.compile("^Which AI Factories target a sector"))
    assert "JUPITER AI Factory" in visitor.column("Factory")
    visitor.follow("JUPITER AI Factory")
    assert visitor.heading() == "JUPITER AI Factory"
    assert visitor.overflow() <= 0


def test_a_page_of_the_folder_is_kept_by_a_policy_of_its_own(visitor: Reader) -> None:
    visitor.open("id/lumi.html")
    policy = visitor.page.locator("meta[http-equiv=Content-Security-Policy]")
    assert "default-src 'none'" in str(policy.get_attribute("content"))


def test_why_something_follows_is_told_as_a_command(visitor: Reader) -> None:
    visitor.open("id/jaif.html")
    visitor.goes(visitor.page.locator("a.follows").first)
    assert visitor.text("#command").startswith("eurohpc-kg explain id:jaif 'in country' id:germany")


def test_sparql_is_answered_by_the_readers_own_browser(opens: Opens, site: str) -> None:
    visitor = opens(MANNERS[0], site)
    visitor.open("question/factories-targeting-sector.html")
    visitor.press("Change and run it")
    visitor.page.get_by_role("button", name="Ask", exact=True).click()
    if not ENGINE.is_dir():
        visitor.page.get_by_role("alert").wait_for()
        assert "This copy of the site has no engine to ask." in visitor.text("#answer")
        return
    rows = visitor.page.locator("#answer tbody tr")
    rows.first.wait_for(timeout=120_000)
    assert "healthcare" in visitor.text("#answer")
    visitor.page.get_by_label("Query", exact=True).fill("ASK { id:lumi a ehpc:Supercomputer }")
    visitor.page.get_by_role("button", name="Ask", exact=True).click()
    visitor.page.locator("#answer td", has_text="true").wait_for()


def test_the_folder_says_where_it_has_no_page(opens: Opens, site: str) -> None:
    visitor = opens(MANNERS[0], site)
    visitor.open("404.html")
    assert visitor.page.get_by_role("link", name="Front page").is_visible()
