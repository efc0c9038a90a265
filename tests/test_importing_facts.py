"""Importing fact sheets: what rows become, what stays as it is, and what is reported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.cli import main
from eurohpc_kg.errors import InputError
from eurohpc_kg.findings import Report
from eurohpc_kg.importing.facts.importer import Summary, import_facts
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.repository import Repository, find_repository

REAL = find_repository(Path(__file__))
FACTS = "entity,entity_type,property,value,unit_or_lang,as_of,source,note\n"
SOURCES = "source,url,title,publisher,published,kind,note\n"
NAMES = """\
example-1,Supercomputer,name,Example-1,en,,news,
example-centre,Institution,name,Example Centre,en,,news,
example-centre,Institution,institution_type,university,,,news,
finland,Country,name,Finland,en,,news,
finland,Country,iso_3166_1_alpha_2,FI,,,news,
"""
ROWS = """\
news,https://www.example.org/news,Example-1 is inaugurated,Example Press,2026-03-02,secondary,
page,https://centre.example/page,Example-1,Example Centre,,primary,page not seen; quoted in news
lost,https://example.org/lost,Notes,Somebody,,unlocated,
"""
DOCUMENT = "https://w3id.org/eurohpc-kg/source/example-press/2026-03-02-example-1-is-inaugurated"


@dataclass
class Room:
    """A repository with the real ontology and no data, and sheets to import into it."""

    repository: Repository

    def sheet(self, facts: str, sources: str = ROWS) -> tuple[Path, Path]:
        root = self.repository.root
        sheet, source_sheet = root / "facts.csv", root / "sources.csv"
        sheet.write_text(FACTS + NAMES + facts, encoding="utf-8")
        source_sheet.write_text(SOURCES + sources, encoding="utf-8")
        return sheet, source_sheet

    def take(
        self, facts: str, sources: str = ROWS, retrieved: str = "2026-11"
    ) -> tuple[Summary, Report]:
        sheet, source_sheet = self.sheet(facts, sources)
        report = Report()
        summary = import_facts(self.repository, [sheet], [source_sheet], retrieved, report)
        return summary, report

    def says(self, pattern: str, graph: str = f"<{DOCUMENT}>") -> bool:
        store = ox.Store()
        for path in self.repository.data.rglob("*.ttl"):
            parts = path.relative_to(self.repository.data).with_suffix("").as_posix()
            iri = f"https://w3id.org/eurohpc-kg/{parts.replace('sources/', 'source/')}"
            name = ox.NamedNode(iri)
            store.load(path=path, format=ox.RdfFormat.TURTLE, base_iri=iri, to_graph=name)
        query = f"ASK {{ GRAPH {graph} {{ {pattern} }} }}"
        return bool(store.query(query, prefixes=dict(read_prefixes(REAL))))

    def files(self) -> dict[str, str]:
        return {str(p): p.read_text(encoding="utf-8") for p in self.repository.data.rglob("*.ttl")}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    for name in ("data/register", "data/sources", "data/corrections", "shapes", "queries"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "ontology").symlink_to(REAL.ontology)
    return Room(Repository(tmp_path))


@pytest.mark.parametrize(
    ("row", "pattern"),
    [
        (
            "example-1,Supercomputer,hosting_entity,example-centre,,,news,\n",
            "id:example-1 a ehpc:Supercomputer ; ehpc:hostedBy id:example-centre .",
        ),
        (
            'example-1,Supercomputer,total_cost,4.50,EUR,2026-01,news,"planned, about"\n',
            "figure:example-1-total-cost-2026-01-example-press a ehpc:Figure ; ehpc:value 4.50 ;"
            " ehpc:unit unit:euro ; ehpc:basis basis:planned ; ehpc:bound bound:about ;"
            ' ehpc:asOf "2026-01"^^xsd:gYearMonth ; ehpc:of id:example-1 .',
        ),
        (
            "example-1,Supercomputer,sustained_performance,9.5,PFlop/s,2026-01,news,"
            '"HPL, rounded"\n',
            "[] a ehpc:Figure ; ehpc:quantity quantity:linpack-performance ; ehpc:value 9.5 ;"
            " ehpc:basis basis:measured ; ehpc:bound bound:about .",
        ),
        (
            "example-mode,AccessMode,name,Example Access,en,,news,\n"
            "example-mode,AccessMode,time_to_access_working_days,2,days,2026-01,news,\n",
            "[] a ehpc:Figure ; ehpc:of id:example-mode ; ehpc:unit unit:working-day .",
        ),
        (
            "example-1,Supercomputer,inaugurated,2026-03-01,,,news,\n",
            "milestone:example-1-inaugurated-2026-03-01-example-press ehpc:basis basis:stated ;"
            ' ehpc:date "2026-03-01"^^xsd:date ; ehpc:milestoneType milestone-type:inaugurated .',
        ),
        (
            "example-1,Supercomputer,planned_operational,2027 spring,,2026-03,news,\n",
            '[] ehpc:date "2027"^^xsd:gYear ; ehpc:dateText "2027 spring"@en ;'
            " ehpc:basis basis:planned .",
        ),
        (
            "example-1,Supercomputer,operational_date,2027,,2026-03,news,planned: spring 2027\n",
            '[] ehpc:milestoneType milestone-type:operational ; ehpc:dateText "spring"@en .'
            " FILTER NOT EXISTS { [] ehpc:scope ?scope }",
        ),
        (
            "example-1,Supercomputer,contract_signed,2026-03-02,,,news,date of the press release\n",
            '[] ehpc:date "2026-03-02"^^xsd:date ; ehpc:dateText "date of the press release"@en .',
        ),
        (
            "example-1,Supercomputer,planned_installation,2027,,2026-03,news,planned start\n",
            "[] ehpc:milestoneType milestone-type:installation-started .",
        ),
        (
            "example-1,Supercomputer,planned_installation,2027,,2026-03,news,planned\n",
            "[] ehpc:milestoneType milestone-type:installed ; ehpc:basis basis:planned .",
        ),
        (
            "example-1,Supercomputer,contract_value,9.5,EUR,2026-03,news,tender estimate\n",
            "[] ehpc:quantity quantity:tender-value ; ehpc:basis basis:estimated .",
        ),
        (
            "example-1,Supercomputer,waste_heat_reuse,district heating,,2026-03,news,planned\n",
            'id:example-1 ehpc:wasteHeatUse "district heating (planned)"@en .',
        ),
        (
            "example-1,Supercomputer,successor,example-2,,2026-03,news,planned\n"
            "example-2,Supercomputer,name,Example-2,en,,news,\n",
            "id:example-1 ehpc:dueForReplacementBy id:example-2 .",
        ),
        (
            "example-1,Supercomputer,successor,example-2,,2026-03,news,\n"
            "example-2,Supercomputer,name,Example-2,en,,news,\n",
            "id:example-1 ehpc:replacedBy id:example-2 .",
        ),
        (
            "example-1,Supercomputer,inaugurated,2027,,2026-03,news,\n",
            "[] ehpc:milestoneType milestone-type:inaugurated ; ehpc:basis basis:planned .",
        ),
        (
            "example-1,Supercomputer,status,tender running,,2026-03,news,\n",
            "report:example-1-tender-open-2026-03-example-press a ehpc:StatusReport ;"
            " ehpc:status status:tender-open .",
        ),
        (
            "example-1,Supercomputer,system_class,petascale,,,news,\n",
            "id:example-1 ehpc:hasSystemClass system-class:petascale .",
        ),
        (
            "example-1,Supercomputer,cooling,warm water,,,news,\n",
            'id:example-1 ehpc:coolingMethod "warm water"@en .',
        ),
        (
            "example-1,Supercomputer,country,finland,,,news,\n",
            "id:example-1 ehpc:locatedIn id:finland .",
        ),
        (
            "example-1,Supercomputer,predecessor,Example-0,,,news,\n",
            'id:example-1 ehpc:predecessorDescription "Example-0"@en .',
        ),
        (
            "finland,Country,eurohpc_ju_joined,2018-09-28,,,news,\n",
            "[] ehpc:milestoneType milestone-type:joined ; ehpc:regarding id:eurohpc-ju .",
        ),
        (
            "example-1,Supercomputer,ai_factory,factory-1,,,news,\n"
            "factory-1,AIFactory,name,Factory 1,en,,news,\n",
            "id:factory-1 ehpc:associatedSystem id:example-1 .",
        ),
        (
            "example-1,Supercomputer,funder,example-centre,,,news,\n",
            "id:example-1 ehpc:fundedBy id:example-centre .",
        ),
        (
            "example-1,Supercomputer,funder,example-centre,,,news,up to 50 percent\n",
            "[] ehpc:of id:example-1 ; ehpc:quantity quantity:share ; ehpc:value 50 ;"
            ' ehpc:unit unit:percent ; ehpc:bound bound:at-most ; ehpc:scope "from Example'
            ' Centre"@en . id:example-1 ehpc:fundedBy id:example-centre .',
        ),
        (
            "example-1,Supercomputer,funder,programme-1,,,news,\n"
            "programme-1,Programme,name,Programme 1,en,,news,\n",
            "id:example-1 ehpc:fundedUnder id:programme-1 .",
        ),
        (
            "q-1,QuantumSystem,status,start of operation,,2026-09,news,planned\n"
            "q-1,QuantumSystem,name,Q-1,en,,news,\n",
            "milestone:q-1-operational-2026-09-example-press ehpc:basis basis:planned .",
        ),
        (
            "example-1,Supercomputer,documentation,https://docs.example.org/1,,,news,\n",
            "id:example-1 ehpc:documentation <https://docs.example.org/1> .",
        ),
        (
            "top500-2026-06,Ranking,number_one,Example-0,,2026-06,news,\n",
            'edition:top500-2026-06 ehpc:firstPlace "Example-0"@en .',
        ),
        (
            "example-1,Supercomputer,total_cost,5,EUR,2026-01,news page,\n",
            "[] ehpc:value 5 ; prov:wasQuotedFrom <https://centre.example/page> ."
            " ?document prov:wasQuotedFrom <https://centre.example/page> ; a ehpc:SourceDocument .",
        ),
    ],
)
def test_a_row_becomes(room: Room, row: str, pattern: str) -> None:
    _, report = room.take(row)
    assert list(report) == []
    assert room.says(pattern)


def test_names_and_identifiers_go_to_the_register(room: Room) -> None:
    room.take("example-centre,Institution,ror_id,https://ror.org/04dvh0v63,,,news,\n")
    graph = "<https://w3id.org/eurohpc-kg/register/universities>"
    pattern = (
        'id:example-centre a ehpc:University ; rdfs:label "Example Centre"@en ;'
        ' ehpc:rorIdentifier "04dvh0v63" ; schema:sameAs <https://ror.org/04dvh0v63> ;'
        " dcterms:source <https://www.example.org/news> ."
    )
    assert room.says(pattern, graph)
    assert not room.says("id:example-centre rdfs:label ?name .")


def test_a_thing_without_an_english_name_gets_the_one_it_has(room: Room) -> None:
    rows = (
        "suomen-akku,Vendor,name,Suomen Akku,fi,,news,\n"
        "battery,Vendor,name,Akku Oy,fi,,news,\n"
        "battery,Vendor,alternative_name,Battery Ltd,en,,news,\n"
        "battery,Vendor,acronym,BAT,,,news,\n"
    )
    room.take(rows)
    graph = "<https://w3id.org/eurohpc-kg/register/companies>"
    assert room.says('id:suomen-akku rdfs:label "Suomen Akku"@en , "Suomen Akku"@fi .', graph)
    assert room.says('id:battery rdfs:label "Battery Ltd"@en , "Akku Oy"@fi .', graph)
    assert room.says('id:battery ehpc:shortName "BAT"@en .', graph)


def test_a_second_sheet_adds_a_name_and_keeps_the_label(room: Room) -> None:
    room.take("")
    room.take("example-1,Supercomputer,name,Example One,en,,news,\n")
    path = room.repository.register / "supercomputers.ttl"
    text = path.read_text(encoding="utf-8")
    assert 'rdfs:label "Example-1"@en' in text
    assert 'skos:altLabel "Example One"@en' in text


def test_a_capital_and_its_country_stand_in_the_register(room: Room) -> None:
    rows = (
        "helsinki,City,name,Helsinki,en,,news,\n"
        "helsinki,City,capital_of,finland,,,news,\n"
        "helsinki,City,country,finland,,,news,\n"
    )
    room.take(rows)
    graph = "<https://w3id.org/eurohpc-kg/register/cities>"
    assert room.says("id:helsinki ehpc:capitalOf id:finland ; ehpc:locatedIn id:finland .", graph)


def test_a_line_of_a_ranking_list_is_left_to_the_import_of_lists(room: Room) -> None:
    sources = (
        ROWS + "list,https://example.org/l.xlsx,TOP500 list 2026-06 (xlsx),TOP500,2026-06,primary,"
        "copy of top500.org/lists/top500/2026/06 download\n"
    )
    rows = (
        "example-1,Supercomputer,top500_rank,5,rank,2026-06,list,\n"
        "example-1,Supercomputer,top500_system_id,180200,,2026-06,list,\n"
    )
    summary, _ = room.take(rows, sources)
    assert [fact.property for fact, _ in summary.left_out][-1] == "top500_rank"
    graph = "<https://w3id.org/eurohpc-kg/register/supercomputers>"
    pattern = (
        'id:example-1 ehpc:top500SystemIdentifier "180200" ;'
        " dcterms:source <https://www.top500.org/lists/top500/2026/06/> ."
    )
    assert room.says(pattern, graph)
    assert not (room.repository.sources / "top500").exists()


def test_what_no_line_of_a_list_says_goes_to_the_file_of_the_edition(room: Room) -> None:
    """A count, a first place, a state: the sheet has them from the list as a whole."""
    sources = (
        ROWS + "list,https://example.org/l.xlsx,TOP500 list 2026-06 (xlsx),TOP500,2026-06,primary,"
        "copy of top500.org/lists/top500/2026/06 download\n"
    )
    facts = (
        "top500-2026-06,Ranking,number_one,Example-0,,2026-06,list,\n"
        "top500-2026-06,Ranking,number_one_rmax,2198.4,PFlop/s,2026-06,list,\n"
        "example-1,Supercomputer,status,listed in TOP500,,2026-06,list,rank 31\n"
    )
    summary, report = room.take(facts, sources)
    assert not list(report)
    assert [fact.property for fact, _ in summary.left_out] == ["institution_type"]
    graph = "<https://w3id.org/eurohpc-kg/source/top500/2026-06-top500-list-2026-06-xlsx>"
    pattern = (
        'edition:top500-2026-06 ehpc:firstPlace "Example-0"@en .'
        " [] ehpc:of edition:top500-2026-06 ; ehpc:value 2198.4 ; ehpc:basis basis:measured ;"
        ' ehpc:quantity quantity:linpack-performance ; ehpc:scope "first of the list"@en .'
        " [] ehpc:of id:example-1 ; ehpc:status status:benchmarked ."
    )
    assert room.says(pattern, graph)


def test_a_document_says_what_it_is(room: Room) -> None:
    room.take("")
    pattern = (
        '?d a ehpc:SourceDocument ; dcterms:title "Example-1 is inaugurated"@en ;'
        ' dcterms:issued "2026-03-02"^^xsd:date ; dcterms:publisher id:example-press ;'
        ' ehpc:retrieved "2026-11"^^xsd:gYearMonth ; ehpc:standing ehpc:SecondarySource .'
    )
    assert room.says(pattern)
    publishers = "<https://w3id.org/eurohpc-kg/register/publishers>"
    assert room.says(
        'id:example-press a ehpc:Publisher ; rdfs:label "Example Press"@en .', publishers
    )


def test_a_fact_without_a_document_stays_out_and_is_listed(room: Room) -> None:
    summary, _ = room.take("example-1,Supercomputer,rack_count,8,count,,lost,\n")
    (fact, reason) = summary.left_out[-1]
    assert (fact.property, "address" in reason) == ("rack_count", True)
    assert not room.says("[] ehpc:value 8 .", "?any")


def test_a_value_that_states_nothing_is_listed_with_why(room: Room) -> None:
    rows = (
        "example-factory,AIFactory,name,Example Factory,en,,news,\n"
        "example-factory,AIFactory,status,system-contracted,,2026-10,news,\n"
    )
    summary, report = room.take(rows)
    assert "value-mapping.csv" in summary.left_out[-1][1]
    assert not list(report)
    assert not room.says("[] a ehpc:StatusReport .", "?any")


@pytest.mark.parametrize(
    ("row", "pattern"),
    [
        ("example-centre,Institution,latitude,60.1,,,news,of the city\n", "[] geo:lat ?x ."),
        (
            "example-centre,Institution,language,cs,,,news,"
            "language of the national sources; working language not stated\n",
            "[] ehpc:workingLanguage ?x .",
        ),
    ],
)
def test_what_a_note_denies_is_listed_and_not_stated(room: Room, row: str, pattern: str) -> None:
    summary, report = room.take(row)
    assert "value-mapping.csv" in summary.left_out[-1][1]
    assert not list(report)
    assert not room.says(pattern, "?any")


def test_the_state_of_one_thing_is_not_that_of_another(room: Room) -> None:
    rows = (
        "example-factory,AIFactory,name,Example Factory,en,,news,\n"
        "example-factory,AIFactory,procurement_status,tender-not-yet-issued,,2026-10,news,\n"
        "example-1,Supercomputer,status,AI Factory project launched,,2026-10,news,\n"
    )
    _, report = room.take(rows)
    assert not list(report)
    assert not room.says("[] a ehpc:StatusReport .", "?any")
    assert room.says('id:example-factory ehpc:procurementState "tender not yet issued"@en .')


def test_a_person_stays_out(room: Room) -> None:
    summary, _ = room.take("example-1,Supercomputer,named_after,A. Person,,,news,\n")
    assert "person" in summary.left_out[-1][1]
    assert "A. Person" not in "".join(room.files().values())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("example-1,Supercomputer,shoe_size,42,,,news,\n", "import-unmapped-property"),
        ("example-1,Supercomputer,total_cost,5,furlong,,news,\n", "import-unknown-unit"),
        ("example-1,Supercomputer,total_cost,5,MW,,news,\n", "import-unknown-unit"),
        ("example-1,Supercomputer,total_cost,a lot,EUR,,news,\n", "import-unmapped-value"),
        ("example-1,Supercomputer,inaugurated,one day,,,news,\n", "import-unmapped-value"),
        ("example-1,Supercomputer,inaugurated,2026-02-30,,,news,\n", "import-bad-date"),
        ("example-1,Supercomputr,total_cost,5,EUR,,news,\n", "import-unknown-type"),
        ("example-1,Supercomputer,system_class,gigantic,,,news,\n", "import-unmapped-value"),
        ("example-1,Supercomputer,hosting_entity,nobody,,,news,\n", "import-unmapped-value"),
        ("example-centre,Institution,ror_id,04dvh0,,,news,\n", "import-unmapped-value"),
        ("example-centre,Institution,name,X,not a tag,,news,\n", "import-bad-language"),
        ("example-centre,Institution,latitude,north,,,news,\n", "import-unmapped-value"),
        ("example-centre,Institution,website,centre.example,,,news,\n", "import-unmapped-value"),
    ],
)
def test_a_row_that_fits_no_rule_is_a_finding_with_its_place(
    room: Room, row: str, code: str
) -> None:
    _, report = room.take(row)
    findings = [finding for finding in report if finding.code == code]
    (finding,) = findings
    assert (finding.line, finding.path.endswith("facts.csv")) == (7, True)
    assert finding.remedy


def test_a_property_that_is_not_known_is_met_with_those_that_are_near(room: Room) -> None:
    _, report = room.take(
        "example-1,Supercomputer,total_costs,5,EUR,,news,\n"
        "example-1,Supercomputer,power,5,MW,,news,\n"
    )
    spelt, sharing = (finding.remedy for finding in report)
    assert spelt.startswith("Write total_cost ")
    assert "power_consumption" in sharing


def test_a_unit_of_another_quantity_is_met_with_those_of_this_one(room: Room) -> None:
    _, report = room.take("example-1,Supercomputer,total_cost,5,MW,,news,\n")
    (finding,) = report
    assert (finding.column, "euro" in finding.remedy) == (5, True)


def test_a_row_with_a_fault_leaves_no_trace_of_its_thing(room: Room) -> None:
    _, report = room.take("example-2,Supercomputer,shoe_size,42,,,news,\n")
    assert [finding.code for finding in report] == ["import-unmapped-property"]
    assert "example-2" not in "".join(room.files().values())


def test_a_new_thing_without_a_name_may_be_a_slip_of_its_slug(room: Room) -> None:
    _, report = room.take(
        "example-l,Supercomputer,rack_count,8,count,,news,\n"
        "example-l,Supercomputer,total_cost,5,EUR,,news,\n"
    )
    (finding,) = report
    assert (finding.code, finding.line, finding.column) == ("import-unnamed-thing", 7, 1)
    room.take("example-l,Supercomputer,name,Example-l,en,,news,\n")
    _, report = room.take("example-l,Supercomputer,rack_count,9,count,,news,\n")
    assert list(report) == []


def test_importing_again_changes_nothing(room: Room) -> None:
    rows = (
        "example-1,Supercomputer,total_cost,5,EUR,2026-01,news,whole project\n"
        "example-1,Supercomputer,total_cost,6,EUR,2026-01,news,\n"
        "example-1,Supercomputer,inaugurated,2026-03-01,,,news,\n"
    )
    room.take(rows)
    before = room.files()
    summary, report = room.take(rows)
    assert room.files() == before
    assert (summary.triples, summary.files, len(report)) == (0, 0, 0)
    assert room.says("figure:example-1-total-cost-2026-01-example-press-2 ehpc:value 6 .")


def test_importing_again_on_another_day_changes_nothing(room: Room) -> None:
    rows = "example-1,Supercomputer,total_cost,5,EUR,,news,\n"
    room.take(rows)
    before = room.files()
    summary, report = room.take(rows, retrieved="2027-01-05")
    assert room.files() == before
    assert (summary.triples, summary.files, len(report)) == (0, 0, 0)


def test_new_facts_are_added_to_a_file_that_is_there(room: Room) -> None:
    room.take("example-1,Supercomputer,total_cost,5,EUR,2026-01,news,\n")
    summary, _ = room.take("example-1,Supercomputer,rack_count,8,count,2026-01,news,\n")
    assert summary.files == 1
    assert room.says("[] ehpc:value 5 . [] ehpc:value 8 .")


def test_where_sheet_and_file_differ_the_file_stays(room: Room) -> None:
    room.take("example-centre,Institution,latitude,60.1,,,news,\n")
    path = room.repository.register / "universities.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("60.1", "60.2"), encoding="utf-8")
    _, report = room.take("example-centre,Institution,latitude,60.1,,,news,\n")
    (finding,) = report
    assert finding.code == "import-difference"
    assert ("60.1" in finding.message, "60.2" in finding.message) == (True, True)
    assert (
        path.read_text(encoding="utf-8").splitlines()[finding.line - 1].strip() == "geo:lat 60.2 ;"
    )


def test_a_sheet_that_can_not_be_read_leaves_everything_as_it_was(room: Room) -> None:
    room.take("")
    before = room.files()
    sheet, sources = room.sheet("example-1,Supercomputer,rack_count,8,count,,news,\n")
    broken = sheet.with_name("broken.csv")
    broken.write_text("entity,value\n", encoding="utf-8")
    with pytest.raises(InputError):
        import_facts(room.repository, [sheet, broken], [sources], "2026-11", Report())
    assert room.files() == before


def test_an_identifier_of_two_things_is_given_to_neither(room: Room) -> None:
    rows = (
        "example-centre,Institution,wikidata_id,Q1,,,news,\n"
        "finland,Country,wikidata_id,Q1,,,news,\n"
    )
    summary, report = room.take(rows)
    (finding,) = report
    assert finding.code == "import-shared-identifier"
    given = [fact.entity for fact, reason in summary.left_out if "two things" in reason]
    assert given == ["example-centre", "finland"]
    assert "Q1" not in "".join(room.files().values())


def test_the_command_imports_and_lists_what_it_left_out(
    room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, sources = room.sheet("example-1,Supercomputer,rack_count,8,count,,lost,\n")
    left_out = room.repository.root / "left-out.csv"
    (room.repository.root / "pyproject.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(room.repository.root))
    words = ["import", "facts", str(sheet), "--sources", str(sources), "--retrieved", "2026-11"]
    assert main([*words, "--left-out", str(left_out)]) == 0
    assert "triples added" in capsys.readouterr().err
    assert "rack_count,8,lost" in left_out.read_text(encoding="utf-8")
    assert main([*words, "--retrieved", "soon"]) == 2
