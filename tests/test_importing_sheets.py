"""Fact sheets and source sheets: every bad cell is found, with its line, column and remedy."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from eurohpc_kg.errors import EncodingError, InputError
from eurohpc_kg.findings import Report
from eurohpc_kg.importing.facts.dates import date_problem
from eurohpc_kg.importing.facts.sheets import Sheet, read_sheet, read_sources

FACTS = "entity,entity_type,property,value,unit_or_lang,as_of,source,note\n"
SOURCES = "source,url,title,publisher,published,kind,note\n"
GOOD = "lumi,Supercomputer,rack_count,8,count,2025-10,csc-lumi,\n"
SOURCE = "csc-lumi,https://www.csc.fi/lumi,About LUMI,CSC,2025-10-01,primary,\n"
TODAY = datetime.date(2026, 11, 25)


def _read(folder: Path, facts: str, sources: str = SOURCE) -> tuple[Sheet, Report]:
    (folder / "facts.csv").write_text(FACTS + facts, encoding="utf-8")
    (folder / "sources.csv").write_text(SOURCES + sources, encoding="utf-8")
    report = Report()
    sheet = read_sheet(folder / "facts.csv", [folder / "sources.csv"], report, TODAY)
    return sheet, report


def test_a_good_row_is_read_with_its_place(tmp_path: Path) -> None:
    sheet, report = _read(tmp_path, GOOD)
    assert len(report) == 0
    (fact,) = sheet.facts
    assert (fact.entity, fact.value, fact.sources, fact.line) == ("lumi", "8", ("csc-lumi",), 2)
    assert sheet.sources["csc-lumi"].located


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("LUMI,Supercomputer,rack_count,8,count,,csc-lumi,\n", "import-bad-slug", 1),
        (" lumi,Supercomputer,rack_count,8,count,,csc-lumi,\n", "import-stray-space", 1),
        ("lumi,Supercomputer,rack_count,8  racks,count,,csc-lumi,\n", "import-stray-space", 4),
        ("lumi,Supercomputer,rack_count,,count,,csc-lumi,\n", "import-empty-cell", 4),
        ("lumi,Supercomputer,rack_count,8,count,2025-02-30,csc-lumi,\n", "import-bad-date", 6),
        ("lumi,Supercomputer,rack_count,8,count,spring,csc-lumi,\n", "import-bad-date", 6),
        ("lumi,Supercomputer,rack_count,8,count,2027,csc-lumi,\n", "import-future-date", 6),
        ("lumi,Supercomputer,rack_count,8,count,,csc-vega,\n", "import-unknown-source", 7),
        (f"lumi,Supercomputer,role,{'x' * 161},,,csc-lumi,\n", "import-long-value", 4),
    ],
)
def test_a_bad_cell_is_found_and_the_rest_goes_on(
    tmp_path: Path, row: str, code: str, column: int
) -> None:
    sheet, report = _read(tmp_path, row + GOOD)
    finding = next(iter(report))
    assert (finding.code, finding.line, finding.column) == (code, 2, column)
    assert finding.path.endswith("facts.csv")
    assert finding.remedy
    assert [fact.line for fact in sheet.facts] == [3]


def test_a_row_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    sheet, report = _read(tmp_path, GOOD + GOOD)
    (finding,) = report
    assert (finding.code, finding.line) == ("import-duplicate-row", 3)
    assert "line 2" in finding.message
    assert len(sheet.facts) == 1


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("csc-lumi,www.csc.fi,About LUMI,CSC,,primary,\n", "import-bad-address", 2),
        ("csc-lumi,https://www.csc.fi/a b,About LUMI,CSC,,primary,\n", "import-bad-address", 2),
        ("csc-lumi,https://www.csc.fi/,About LUMI,CSC,,hearsay,\n", "import-bad-kind", 6),
        ("csc-lumi,https://www.csc.fi/,About LUMI,CSC,2025-13,primary,\n", "import-bad-date", 5),
        ("CSC,https://www.csc.fi/,About LUMI,CSC,,primary,\n", "import-bad-slug", 1),
        (SOURCE + "csc-lumi,https://csc.fi/,LUMI,CSC,,primary,\n", "import-ambiguous-source", 1),
    ],
)
def test_a_bad_source_is_found(tmp_path: Path, row: str, code: str, column: int) -> None:
    path = tmp_path / "sources.csv"
    path.write_text(SOURCES + row, encoding="utf-8")
    report = Report()
    read_sources([path], report)
    (finding,) = report
    assert (finding.code, finding.column) == (code, column)
    assert finding.remedy


def test_a_sheet_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("entity,property,value\nlumi,rack_count,8\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_sheet(path, [], Report())
    assert "entity_type" in raised.value.problem
    assert raised.value.place.endswith("facts.csv:1")


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_sheet_that_is_cut_elsewhere_than_at_commas_is_told_so(
    tmp_path: Path, mark: str, name: str
) -> None:
    path = tmp_path / "facts.csv"
    path.write_text((FACTS + GOOD).replace(",", mark), encoding="utf-8")
    with pytest.raises(InputError, match=name):
        read_sheet(path, [], Report())


def test_a_row_whose_source_has_a_fault_is_led_to_it(tmp_path: Path) -> None:
    _, report = _read(tmp_path, GOOD, SOURCE.replace("2025-10-01", "2025-13-01"))
    (row,) = (finding for finding in report if finding.code == "import-unknown-source")
    assert "sources.csv:2" in row.message


def test_a_source_sheet_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_text("source,url,title\ncsc-lumi,https://www.csc.fi/,LUMI\n", encoding="utf-8")
    with pytest.raises(InputError, match="publisher"):
        read_sources([path], Report())


def test_a_row_with_a_loose_comma_is_found_and_the_rest_goes_on(tmp_path: Path) -> None:
    sheet, report = _read(tmp_path, GOOD.replace(",\n", ",planned, or so\n") + GOOD)
    (finding,) = report
    assert (finding.code, finding.line) == ("import-extra-cell", 2)
    assert [fact.line for fact in sheet.facts] == [3]


def test_a_sheet_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_bytes((FACTS + GOOD).encode() + b"\xff\n")
    with pytest.raises(EncodingError):
        read_sheet(path, [], Report())


def test_a_sheet_with_an_open_quotation_mark_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text(FACTS + 'lumi,Supercomputer,role,"x\n', encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_sheet(path, [], Report())
    assert "quotation" in raised.value.remedy


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_sheet(tmp_path / "no.csv", [], Report())


@pytest.mark.parametrize("text", ["2025", "2025-10", "2025-10-12", "2024-02-29"])
def test_a_date_may_be_a_year_a_month_or_a_day(text: str) -> None:
    assert date_problem(text) == ""


@pytest.mark.parametrize(
    "text", ["25", "2025-1", "2025-13", "2025-02-29", "2025-10-12T00:00", "²025"]
)
def test_what_is_no_date_is_said_to_be_none(text: str) -> None:
    assert repr(text) in date_problem(text)
