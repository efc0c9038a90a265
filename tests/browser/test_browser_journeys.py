"""Five people and what they come for: in both colour schemes, wide and narrow, without scripts too.

What is asserted is what they see. Each walk is watched (`reading.Reader`): no request to another
host, no script that fails, nothing that the Content-Security-Policy had to stop.
"""

from __future__ import annotations

import csv
import io
import re

from reading import Reader


def test_a_policy_analyst_finds_countries_without_factory_and_takes_the_table_away(
    reader: Reader,
) -> None:
    reader.open("index.html")
    reader.follow("Questions", within="header")
    reader.follow("Which participating states have no AI Factory of their own?")
    countries = reader.column("Country")
    assert {"Albania", "Croatia", "Norway"} <= {*countries}
    assert not {"Germany", "Spain", "Finland"} & {*countries}

    name, body = reader.takes(reader.link("CSV"))
    rows = list(csv.DictReader(io.StringIO(body)))
    assert name == "countries-without-factory.csv"
    assert {row["name"] for row in rows} == {*countries}
    assert all(row["sources"].startswith("https://w3id.org/eurohpc-kg/") for row in rows)


def test_a_policy_analyst_sets_what_was_planned_beside_what_came_true(reader: Reader) -> None:
    reader.open("question.html")
    reader.follow("How does what was planned compare with what came true?")
    reader.page.get_by_label("One system or factory instead of all").fill("MareNostrum 5")
    reader.press("Ask")
    assert {*reader.column("Thing")} == {"MareNostrum 5"}
    assert "223 000 000" in reader.column("Planned")
    assert "151 410 000" in reader.column("Actual")
    assert "euro" in reader.column("Unit")
    assert reader.page.locator("#h-sources").is_visible()


def test_a_start_up_finds_the_factory_of_its_sector_and_the_way_in(reader: Reader) -> None:
    reader.open("index.html")
    reader.follow("Which AI Factories target a sector?")
    reader.page.get_by_label(re.compile("The sector")).fill("energy")
    reader.press("Ask")
    assert "JUPITER AI Factory" in reader.column("Factory")
    assert {"energy"} <= {*reader.column("Stated")}

    reader.follow("JUPITER AI Factory")
    assert reader.heading() == "JUPITER AI Factory"
    facts = reader.text("article")
    assert "start-ups" in facts
    assert "advice and support" in facts

    reader.follow("Germany")
    ways = reader.text("section:has(#h-way)")
    assert "NCC Germany" in ways
    assert "JUPITER AI Factory" in ways
    reader.follow("The same as a question, with the documents behind it")
    assert reader.heading() == "Where does a user in a country turn to first?"
    assert reader.page.get_by_label(re.compile("country", re.IGNORECASE)).input_value() == "Germany"
    assert "NCC Germany" in " ".join(reader.column("Facility"))


def test_a_journalist_follows_a_number_to_its_document_and_to_who_says_otherwise(
    reader: Reader,
) -> None:
    reader.open("id/deucalion.html")
    conflict = reader.page.locator(".conflict").first
    assert conflict.locator("tbody tr").count() >= 2
    assert conflict.locator(".flag").inner_text() == "taken"
    assert "The rule that chooses" in conflict.inner_text()

    mark = reader.page.locator("table.figures td:has(.said + .said) .marks a").first
    number = mark.inner_text()
    mark.click()
    note = reader.page.locator(f"#source-{number}")
    assert reader.page.url.endswith(f"#source-{number}")
    assert note.bounding_box() is not None
    title = note.locator("cite").inner_text()
    reader.goes(note.get_by_role("link").first)
    assert reader.heading() == title
    assert "What it states" in reader.text()
    assert re.search("others: |other documents? says? so too|other documents say", reader.text())
    assert reader.page.locator("a.outside[rel=external]").count() >= 1


def test_a_journalist_sees_why_something_follows_and_how_to_cite_it(reader: Reader) -> None:
    reader.open("id/jaif.html")
    cite = reader.text("p.cite")
    assert "https://w3id.org/eurohpc-kg/id/jaif" in cite
    assert "CC BY 4.0" in cite
    reader.goes(reader.page.locator("a.follows").first)
    assert reader.heading() == "Why this follows"
    proof = reader.text(".proofs")
    assert "JUPITER AI Factory · in country · Germany" in proof
    assert "JUPITER AI Factory · located in · Germany" in proof
    assert reader.page.locator(".proofs ol li a").count() >= 1


def test_a_linked_data_engineer_asks_in_sparql(reader: Reader) -> None:
    reader.open("index.html")
    reader.follow("SPARQL", within="header")
    query = "SELECT DISTINCT ?factory WHERE { ?factory a ehpc:AIFactory } ORDER BY ?factory"
    field = reader.page.get_by_label("Query", exact=True)
    assert "GRAPH ?source" in field.input_value()
    field.fill(query)
    _ask(reader)
    rows = reader.page.locator("#answer table tbody tr")
    rows.first.wait_for()
    assert rows.count() == 19
    assert field.input_value().strip() == query

    field.fill("SELECT ?x WHERE { ?x a }")
    _ask(reader)
    problem = reader.page.get_by_role("alert")
    problem.wait_for()
    assert "SPARQL" in problem.inner_text()
    assert reader.page.locator("#answer tbody tr").count() == 0


def _ask(reader: Reader) -> None:
    """Press the button of the SPARQL page: a script asks, or the page is asked for anew."""
    button = reader.page.get_by_role("button", name="Ask", exact=True)
    if reader.manner.scripts:
        button.click()
    else:
        reader.goes(button)


def test_a_linked_data_engineer_gets_data_by_suffix_and_code_to_copy(reader: Reader) -> None:
    reader.open("id/lumi.html")
    for name, suffix, beginning in (
        ("Turtle", ".ttl", "@prefix"),
        ("JSON-LD", ".jsonld", '[{"@id":'),
        ("N-Quads", ".nq", "<https://"),
    ):
        link = reader.link(name)
        address = reader.page.evaluate("link => link.href", link.element_handle())
        reply = reader.context.request.get(address)
        assert address.endswith(suffix)
        assert reply.ok
        assert reply.text().startswith(beginning)

    reader.open("question/factories-targeting-sector.html?sector=energy")
    code = reader.page.locator("pre[data-copies]", has_text="curl")
    assert "factories-targeting-sector.csv?sector=energy" in code.inner_text()
    if reader.manner.scripts:
        reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
        beside = reader.page.locator(".code", has=code)
        beside.get_by_role("button", name="Copy").click()
        beside.get_by_role("button", name="Copied").wait_for()
        copied = reader.page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"curl -L '{reader.address}question/")
    reader.press("Change and run it")
    field = reader.page.get_by_label("Query", exact=True)
    assert re.search(r"VALUES \?sector \{ <.*sector/energy> \}", field.input_value())


def test_a_student_searches_compares_two_systems_and_reads_what_the_words_mean(
    reader: Reader,
) -> None:
    reader.open("index.html")
    search = reader.page.get_by_role("search", name="The whole graph")
    search.get_by_label("Search by name").fill("lumi")
    reader.goes(search.get_by_role("button", name="Search"))
    found = reader.page.locator("ol.found > li")
    assert " ".join(found.first.inner_text().split()) == "LUMI supercomputer"

    reader.follow(re.compile("^LUMI$"))
    assert reader.heading() == "LUMI"
    reader.follow("Compare with another")
    reader.page.get_by_label("Thing 2").fill("Leonardo")
    reader.press("Compare")
    assert reader.heading() == "Compare LUMI, Leonardo"
    hosted = reader.page.locator("table.side tr", has_text="Hosted by").first.inner_text()
    assert "CSC" in hosted
    assert "Cineca" in hosted

    reader.follow("Ontology", within="header")
    reader.follow(re.compile("^supercomputer$"))
    assert reader.heading() == "Supercomputer"
    assert "tightly coupled nodes" in reader.text()
    assert "ehpc:Supercomputer" in reader.text()


def test_a_student_who_mistypes_an_address_is_helped(reader: Reader) -> None:
    assert reader.open("id/jupitr.html").status == 404
    assert "Was one of these meant?" in reader.text()
    reader.follow(re.compile("^JUPITER$"))
    assert reader.heading() == "JUPITER"
