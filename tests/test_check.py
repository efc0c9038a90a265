"""Checks: each kind of fault has a code, a place down to the line, and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from eurohpc_kg.check import CODES, check, examine
from eurohpc_kg.check.shacl_engines import ENGINES
from eurohpc_kg.errors import QuerySyntaxError, UsageError
from eurohpc_kg.findings import Finding, Severity
from eurohpc_kg.questions import read_question
from eurohpc_kg.questions.sib import question_quads
from eurohpc_kg.repository import Repository
from small_content import CHECK, DOCUMENT, ONTOLOGY, REGISTER, SHAPE, edit, make_content


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_content(tmp_path)


def only(repository: Repository, code: str, engine: str = "") -> Finding:
    """Return the one finding of a code; there may be others of other codes."""
    (found,) = [finding for finding in check(repository, engine=engine) if finding.code == code]
    return found


def question(repository: Repository, query: str) -> Path:
    """Write a saved question and return its path."""
    path = repository.root / "queries" / "questions" / "which-centres.rq"
    path.parent.mkdir(exist_ok=True)
    header = "#+ summary: Which centres?\n#+ description: |\n#+   All.\n#+ tags:\n#+   - systems\n"
    columns = "#+ columns:\n#+   - centre: the centre\n\n"
    prefix = "PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>\n\n"
    path.write_text(f"{header}{columns}{prefix}{query}\n", encoding="utf-8")
    return path


def test_sound_content_has_no_findings(repository: Repository) -> None:
    assert list(check(repository)) == []


def test_broken_turtle_is_found_at_its_line_and_column(repository: Repository) -> None:
    edit(repository, REGISTER, 'rdfs:label "Example-1"@en .', 'rdfs:label "Example-1@en .')
    found = only(repository, "turtle-syntax")
    assert (found.path, found.line, found.column > 0) == (REGISTER, 8, True)
    assert found.severity is Severity.ERROR
    assert found.remedy


def test_every_broken_file_is_found_and_not_only_the_first(repository: Repository) -> None:
    edit(repository, REGISTER, "@en .", "@en")
    edit(repository, DOCUMENT, "4.5 .", "4.5")
    edit(repository, SHAPE, "sh:minCount 1 ;", "sh:minCount 1")
    report = check(repository)
    broken = [finding.path for finding in report if finding.code == "turtle-syntax"]
    assert broken == sorted([REGISTER, DOCUMENT, SHAPE])


def test_the_graph_is_not_judged_while_a_file_of_it_is_missing(repository: Repository) -> None:
    edit(repository, REGISTER, "@en .", "@en")
    codes = {finding.code for finding in check(repository)}
    assert codes == {"turtle-syntax", "stages-skipped"}


def test_a_file_that_is_not_utf_8_is_found(repository: Repository) -> None:
    (repository.root / REGISTER).write_bytes(b"# caf\xe9\n")
    found = only(repository, "file-encoding")
    assert found.path == REGISTER
    assert "UTF-8" in found.remedy


def test_a_file_in_the_wrong_room_is_found(repository: Repository) -> None:
    (repository.root / "data" / "loose.ttl").write_text("# Nothing.\n", encoding="utf-8")
    found = only(repository, "file-placement")
    assert found.path == "data/loose.ttl"
    assert "data/register/" in found.remedy


def test_a_source_with_another_base_is_found_at_its_base(repository: Repository) -> None:
    edit(repository, DOCUMENT, "2026-03-02-example-1-inaugurated> .", "2026-03-02-other> .")
    found = only(repository, "file-placement")
    assert (found.path, found.line) == (DOCUMENT, 3)


def test_a_file_out_of_house_form_is_found_at_its_first_line_to_change(
    repository: Repository,
) -> None:
    edit(repository, REGISTER, "    rdfs:label", "  rdfs:label")
    found = only(repository, "house-form")
    assert (found.path, found.line) == (REGISTER, 8)
    assert found.severity is Severity.WARNING
    assert "fmt" in found.remedy


@pytest.mark.parametrize("engine", ENGINES)
def test_a_missing_value_is_found_at_the_block_that_lacks_it(
    repository: Repository, engine: str
) -> None:
    edit(repository, DOCUMENT, "    ehpc:of id:example-1 ;\n", "")
    found = only(repository, "Figure-of", engine)
    assert (found.path, found.line) == (DOCUMENT, 8)
    assert found.message == "figure:example-1-power lacks ehpc:of"
    assert found.remedy == "Say of which centre the figure is."
    assert found.severity is Severity.ERROR
    assert found.subject == "figure:example-1-power"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_wrong_value_is_found_at_its_line(repository: Repository, engine: str) -> None:
    edit(repository, DOCUMENT, "4.5 .", '"much" .')
    (found,) = check(repository, engine=engine)
    assert (found.path, found.line, found.code) == (DOCUMENT, 11, "Figure-value")
    assert found.message.endswith("with another datatype or no language: much")
    assert found.severity is Severity.WARNING


def test_a_value_of_a_subclass_is_a_value_of_the_class(repository: Repository) -> None:
    edit(repository, REGISTER, "ehpc:LargeCentre", "ehpc:Figure")
    assert "Figure-of" in {finding.code for finding in check(repository)}


def test_a_row_of_a_check_query_is_found_in_the_document_that_it_names(
    repository: Repository,
) -> None:
    edit(repository, DOCUMENT, '    ehpc:unit "MW" ;\n', "")
    (found,) = check(repository)
    assert (found.path, found.line, found.code) == (DOCUMENT, 8, "figure-without-unit")
    assert found.message == "The figure has no unit: figure figure:example-1-power"
    assert found.remedy == "Add ehpc:unit."
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("SELECT ?figure ?source", "SELECT ?figure ?sauce", "query-columns", 1),
        ("WHERE {", "WHERE", "query-syntax", 14),
        ("#+ why: A number without a unit can't be compared.\n", "", "query-header", 1),
        ("#+ severity: warning", "#+ severity: grave", "query-header", 5),
        ("#+ severity: warning", "#+ colour: red", "query-header", 5),
        ("\nORDER BY ?figure", "", "query-order", 16),
        ("SELECT ?figure ?source", "DELETE", "query-syntax", 0),
    ],
)
def test_a_broken_saved_query_is_found(
    repository: Repository, old: str, new: str, code: str, line: int
) -> None:
    edit(repository, CHECK, old, new)
    found = only(repository, code)
    assert (found.path, found.line) == (CHECK, line)
    assert found.remedy


@pytest.mark.parametrize(
    ("row", "code", "message"),
    [
        ("ehpc:Centre,2,5,Two.", "class-too-small", "ehpc:Centre has 1, expected at least 2"),
        ("ehpc:Centre,0,0,None.", "class-too-large", "ehpc:Centre has 1, expected at most 0"),
        ("ehpc:Center,0,0,Typo.", "sizes-unusable", "ehpc:Center is not a class of the ontology"),
        ("ehpc:Centre,few,9,Words.", "sizes-unusable", "not a whole number: 'few', '9'"),
        ("nobody:Centre,1,9,Prefix.", "sizes-unusable", ""),
        ("ehpc:Centre,1", "sizes-unusable", "not the columns class,least,most,why: ehpc:Centre"),
    ],
)
def test_a_class_of_another_size_is_found_at_its_row(
    repository: Repository, row: str, code: str, message: str
) -> None:
    edit(repository, "shapes/sizes.csv", "ehpc:Centre,1,2,There is one.", row)
    found = only(repository, code)
    assert (found.path, found.line) == ("shapes/sizes.csv", 2)
    assert message in found.message


def test_a_table_of_sizes_with_other_columns_is_found(repository: Repository) -> None:
    edit(repository, "shapes/sizes.csv", "class,least", "name,least")
    assert only(repository, "sizes-unusable").line == 1


def test_a_class_without_upper_bound_is_never_too_large(repository: Repository) -> None:
    edit(repository, "shapes/sizes.csv", "ehpc:Centre,1,2,", "ehpc:Centre,1,,")
    assert list(check(repository)) == []


def test_a_contradiction_is_found_at_a_statement_that_can_be_corrected(
    repository: Repository,
) -> None:
    edit(repository, DOCUMENT, "4.5 .", "4.5 .\n\nid:example-1 a ehpc:Figure .")
    found = only(repository, "inconsistent")
    assert (found.path, found.line) in {(DOCUMENT, 13), (REGISTER, 7)}
    assert "disjoint" in found.message.lower()


def test_an_axiom_outside_the_profile_is_found_at_its_term(repository: Repository) -> None:
    edit(
        repository,
        ONTOLOGY,
        'rdfs:label "unit"@en .',
        'rdfs:label "unit"@en ;\n    rdfs:subPropertyOf ehpc:nothing .',
    )
    found = only(repository, "owl-dl-declaration")
    assert (found.path, found.line) == (ONTOLOGY, 24)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_shape_that_is_no_shape_is_found(repository: Repository, engine: str) -> None:
    edit(repository, SHAPE, "sh:minCount 1 ;", 'sh:minCount "one" ;')
    found = only(repository, "shapes-unusable", engine)
    assert found.path == "shapes"
    assert "minCount" in found.message


def test_paths_keep_the_findings_of_these_files_and_folders(repository: Repository) -> None:
    edit(repository, REGISTER, "    rdfs:label", "  rdfs:label")
    edit(repository, DOCUMENT, "4.5 .", '"much" .')
    found = {f.path for f in check(repository, [repository.root / "data" / "sources"])}
    assert found == {DOCUMENT}
    assert {f.path for f in check(repository, [repository.root / REGISTER])} == {REGISTER}
    assert len(check(repository, [repository.root])) == 2


def test_a_path_that_is_not_there_is_a_fault_of_the_call(repository: Repository) -> None:
    with pytest.raises(UsageError, match="no such file"):
        check(repository, [repository.root / "data" / "nowhere.ttl"])


def test_examine_returns_what_is_stated_what_follows_and_the_verdict(
    repository: Repository,
) -> None:
    examined = examine(repository)
    stated = {str(quad.graph_name) for quad in examined.asserted}
    assert any("example-1-inaugurated" in graph for graph in stated)
    assert any(quad.object.value.endswith("#Centre") for quad in examined.inferred)
    assert list(examined.report) == []


@pytest.mark.parametrize("room", ["questions", "views", "checks"])
def test_a_query_that_can_not_be_read_stops_nothing_else(repository: Repository, room: str) -> None:
    path = repository.root / "queries" / room / "broken.rq"
    path.parent.mkdir(exist_ok=True)
    path.write_text("SELECT\n", encoding="utf-8")
    edit(repository, DOCUMENT, "4.5 .", '"much" .')
    codes = {finding.code for finding in check(repository)}
    assert codes == {"Figure-value", "query-header"}


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELCT ?centre WHERE { ?centre a ehpc:Centre }\nORDER BY ?centre", "not SPARQL: "),
        ("SELECT ?centre WHERE { ?centre a }\nORDER BY ?centre", "not SPARQL: "),
        ("DESCRIBE ?centre WHERE { ?centre a ehpc:Centre }", "a saved question is no DESCRIBE"),
    ],
)
def test_a_question_that_can_not_be_asked_is_a_finding_and_stops_nothing_else(
    repository: Repository, query: str, problem: str
) -> None:
    question(repository, query)
    edit(repository, DOCUMENT, "4.5 .", '"much" .')
    found = {finding.code: finding for finding in check(repository)}
    assert set(found) == {"Figure-value", "query-syntax"}
    assert found["query-syntax"].message.startswith(problem)
    assert found["query-syntax"].path == "queries/questions/which-centres.rq"


def test_only_what_others_can_ask_is_described_to_them(repository: Repository) -> None:
    path = question(repository, "DESCRIBE ?centre { ?centre a ehpc:Centre }")
    with pytest.raises(QuerySyntaxError, match=r"no DESCRIBE\n  Write a SELECT"):
        question_quads([read_question(path)])


def test_a_thing_that_is_only_named_is_found_where_it_is_named(repository: Repository) -> None:
    edit(repository, DOCUMENT, "id:example-1 ;", "id:example-2 ;")
    query = (repository.root / CHECK).read_text(encoding="utf-8")
    query = query.replace("?figure ", "?thing ").replace("?figure\n", "?thing\n")
    query = query.replace("- figure:", "- thing:")
    query = query.replace("{ ?thing a ehpc:Figure }", "{ ?record ehpc:of ?thing }")
    query = query.replace("?thing ehpc:unit ?unit", "?thing a ?class")
    (repository.root / CHECK).write_text(query, encoding="utf-8")
    found = only(repository, "figure-without-unit")
    assert (found.path, found.line) == (DOCUMENT, 9)


def test_every_code_says_what_it_means_and_what_to_do() -> None:
    for code, entry in CODES.items():
        assert code == code.lower()
        assert entry.meaning.endswith(".")
        assert entry.remedy
