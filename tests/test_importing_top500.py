"""Ranking lists: old and new layouts become the same entries, and every fault has its place."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from eurohpc_kg.cli import main
from eurohpc_kg.errors import (
    EncodingError,
    InputError,
    MissingDependencyError,
    TooLargeError,
    UsageError,
)
from eurohpc_kg.findings import Report, Severity
from eurohpc_kg.importing.top500 import spreadsheets
from eurohpc_kg.importing.top500.fields import known_columns
from eurohpc_kg.importing.top500.importer import Imported, import_lists
from eurohpc_kg.importing.top500.known import read_known
from eurohpc_kg.importing.top500.rows import Reading, read_entries
from eurohpc_kg.importing.top500.spreadsheets import cell_text, open_table
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.repository import find_repository

OLD_SHEET = Path(__file__).parent / "tables" / "made-up-list-1993-06.xls"
NEW = (
    *("Rank", "Previous Rank", "First Appearance", "First Rank", "Name", "Computer", "Site"),
    *("Manufacturer", "Country", "Year", "Segment", "Total Cores"),
    *("Accelerator/Co-Processor Cores", "Rmax [TFlop/s]", "Rpeak [TFlop/s]", "Nmax", "Nhalf"),
    *("HPCG [TFlop/s]", "Power (kW)", "Power Source", "Energy Efficiency [GFlops/Watts]"),
    *("Architecture", "Processor", "Operating System", "Accelerator/Co-Processor"),
    *("Interconnect Family", "Interconnect", "Continent", "Site ID", "System ID"),
)
ALPHA = {
    "Rank": 1,
    "First Appearance": 67,
    "First Rank": 1,
    "Name": "Alpha",
    "Computer": "EX-9, Example 64C 2GHz\u200b",
    "Site": "Example Institute",
    "Manufacturer": "Example Maker",
    "Country": "Germany",
    "Year": 2026,
    "Segment": "Research",
    "Total Cores": 128,
    "Rmax [TFlop/s]": 100.5,
    "Rpeak [TFlop/s]": 130,
    "Nmax": 0,
    "Nhalf": -1,
    "Power (kW)": 5,
    "Energy Efficiency [GFlops/Watts]": 20.123456789,
    "Architecture": "Cluster",
    "Processor": "Example 64C 2GHz",
    "Operating System": "ExOS",
    "Accelerator/Co-Processor": "None",
    "Interconnect": "N/A",
    "Continent": "Europe",
    "Site ID": 900001,
    "System ID": 990001,
}
BETA = {**ALPHA, "Rank": 2, "Name": "Beta", "Country": "Japan", "System ID": 990002}
TABLE = (
    "edition,rank,name,computer,site,country,year,total_cores,rmax_tflops,rpeak_tflops,"
    "first_appearance,first_rank,accelerator,manufacturer,top500_system_id\n"
)
XML = """<?xml version="1.0" encoding="UTF-8"?>
<top500:list xmlns:top500="http://www.top500.org/xml/top500/1.0" date="2026/06/24">
  <top500:site>
    <top500:rank>1</top500:rank>
    <top500:system-id>990001</top500:system-id>
    <top500:system-name>Alpha</top500:system-name>
    <top500:computer>EX-9, Example 64C 2GHz</top500:computer>
    <top500:r-max>100500.0</top500:r-max>
    <top500:power/>
    <top500:r-peak>130000.0</top500:r-peak>
    <top500:installation-site>
      <top500:installation-site-name>Example Institute</top500:installation-site-name>
      <top500:site-id>900001</top500:site-id>
    </top500:installation-site>
    <top500:country>Germany</top500:country>
    <top500:year>2026</top500:year>
    <top500:number-of-processors>128</top500:number-of-processors>
  </top500:site>
</top500:list>
"""


def _sheet(
    path: Path,
    rows: Sequence[dict[str, Any]],
    header: Sequence[str] = NEW,
    title: str = "67",
    merge: str = "",
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append(list(header))
    for row in rows:
        sheet.append([row.get(name) for name in header])
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _read(path: Path, region: str = "europe", edition: str = "") -> tuple[Reading, Report]:
    report = Report()
    with open_table(path, report) as table:
        return read_entries(table, report, edition, region), report


def _import(folder: Path, *files: Path, **options: str) -> Imported:
    return import_lists(list(files), folder, read_prefixes(find_repository()), **options)


def _said(folder: Path, name: str) -> str:
    return (folder / "sources" / "top500" / name).read_text(encoding="utf-8")


# What the layouts have in common


def test_a_spreadsheet_of_today_gives_the_entries_of_europe(tmp_path: Path) -> None:
    reading, report = _read(_sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA, BETA]))
    assert len(report) == 0
    (entry,) = reading.entries
    assert (entry.edition, entry.rank, entry.line) == ("2026-06", 1, 2)
    assert entry["rmax_tflops"] == "100.5"
    assert entry["computer"] == "EX-9, Example 64C 2GHz"
    assert entry["top500_system_id"] == "990001"


def test_region_all_gives_the_entries_of_the_world(tmp_path: Path) -> None:
    reading, _ = _read(_sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA, BETA]), region="all")
    assert [entry["name"] for entry in reading.entries] == ["Alpha", "Beta"]


def test_a_spreadsheet_of_1993_is_read_in_gflops() -> None:
    reading, report = _read(OLD_SHEET)
    assert len(report) == 0
    (entry,) = reading.entries
    assert entry.key == ("1993-06", 2)
    assert (entry["rmax_tflops"], entry["total_cores"]) == ("0.000422", "32")
    assert entry["nmax"] == ""


def test_the_old_format_under_a_new_name_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "TOP500_199306.xlsx"
    path.write_bytes(OLD_SHEET.read_bytes())
    assert len(_read(path)[0].entries) == 1


def test_the_xml_of_an_edition_gives_the_same_entry_as_its_spreadsheet(tmp_path: Path) -> None:
    (from_xml,) = _read(_text(tmp_path / "list.xml", XML))[0].entries
    (from_sheet,) = _read(_sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA]))[0].entries
    assert from_xml.edition == from_sheet.edition
    shared = ("rank", "name", "computer", "site", "rmax_tflops", "rpeak_tflops", "total_cores")
    assert [from_xml[f] for f in shared] == [from_sheet[f] for f in shared]


def test_a_table_of_many_editions_gives_each_its_entries(tmp_path: Path) -> None:
    rows = "2026-06,5,,EX-9,Example Institute,Germany,2026,128,100,130,,,,,\n"
    reading, report = _read(_text(tmp_path / "all.csv", TABLE + rows + rows.replace("26-", "25-")))
    assert len(report) == 0
    assert [entry.edition for entry in reading.entries] == ["2026-06", "2025-06"]


def test_what_a_list_writes_for_nothing_is_nothing(tmp_path: Path) -> None:
    (entry,) = _read(_sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA]))[0].entries
    assert [entry[f] for f in ("nmax", "nhalf", "accelerator", "hpcg_tflops")] == [""] * 4
    assert entry["interconnect"] == "N/A"


def test_a_quotient_is_kept_with_six_digits(tmp_path: Path) -> None:
    (entry,) = _read(_sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA]))[0].entries
    assert entry["energy_efficiency_gflops_per_w"] == "20.1235"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e6, "1000000"), (0.000422, "0.000422"), (None, ""), (" a\u200b ", "a"), (7, "7")],
)
def test_a_cell_becomes_plain_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_no_column_is_known_twice_with_two_meanings() -> None:
    table = Path(str(spreadsheets.__file__)).parent / "tables" / "columns.csv"
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    names = [line.split(",")[0] for line in lines]
    assert len(names) == len(set(names)) == len(known_columns())


# Which edition


def test_the_edition_is_told_by_sheet_or_name_or_option(tmp_path: Path) -> None:
    assert _read(_sheet(tmp_path / "a.xlsx", [ALPHA]))[0].entries[0].edition == "2026-06"
    path = _sheet(tmp_path / "list-2025_11.xlsx", [ALPHA], title="Sheet")
    assert _read(path)[0].entries[0].edition == "2025-11"
    assert _read(path, edition="2024-06")[0].entries[0].edition == "2024-06"


def test_two_editions_told_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two editions: 2025-11 and 2026-06"):
        _read(_sheet(tmp_path / "TOP500_202511.xlsx", [ALPHA]))


def test_no_edition_told_is_refused_with_the_option_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not tell") as caught:
        _read(_sheet(tmp_path / "list.xlsx", [ALPHA], title="Sheet"))
    assert "--edition" in caught.value.remedy


# Files that are no list


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.csv", b"a,b\n1,2\n", "not a TOP500 list"),
        ("a.csv", b"", "not a TOP500 list"),
        ("a.xlsx", b"PK\x03\x04 nonsense", "no readable .xlsx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nonsense", "no readable .xls"),
        ("a.xml", b"<list><site></list>", "no well-formed XML"),
        ("a.xml", b"<list/>", "not a TOP500 list"),
        ("a.bin", b"\x00\x01\x02", "neither a spreadsheet nor text"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem) as caught:
        _read(path)
    assert caught.value.place == str(path)
    assert caught.value.remedy


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        _read(tmp_path / "none.xlsx")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TABLE.encode() + b"2026-06,1,,EX,Universit\xe4t,Germany,,,1,1,,,,,\n")
    with pytest.raises(EncodingError):
        _read(path)


def test_an_unclosed_quotation_mark_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no CSV"):
        _read(_text(tmp_path / "a.csv", TABLE + '2026-06,1,,"EX\n'))


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA])
    monkeypatch.setattr(spreadsheets, "LARGEST", path.stat().st_size)
    with pytest.raises(TooLargeError, match="unzips to"):
        _read(path)
    monkeypatch.setattr(spreadsheets, "LARGEST", 100)
    with pytest.raises(TooLargeError, match="bytes"):
        _read(path)


@pytest.mark.parametrize(("package", "path"), [("openpyxl", "new"), ("python_calamine", "old")])
def test_a_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, path: str
) -> None:
    file = OLD_SHEET if path == "old" else _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA])
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == package:
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingDependencyError) as caught:
        open_table(file, Report())
    assert "pip install 'eurohpc-kg[top500]'" in caught.value.remedy


def test_a_renamed_column_that_an_entry_needs_is_asked_for(tmp_path: Path) -> None:
    header = ["Rmax (PFlop/s) best" if c == "Rmax [TFlop/s]" else c for c in NEW]
    with pytest.raises(InputError, match="no column for rmax_tflops") as caught:
        _read(_sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA], header))
    assert "renamed to 'rmax (pflop/s) best'" in caught.value.remedy


# Cells and rows that are off


def test_a_column_that_is_not_known_is_reported_and_left_out(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [{**ALPHA, "Mood": "good"}], [*NEW, "Mood"])
    reading, report = _read(path)
    (finding,) = report
    assert (finding.code, finding.line, finding.column) == ("top500-column", 1, len(NEW) + 1)
    assert finding.severity is Severity.WARNING
    assert len(reading.entries) == 1


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"Rmax [TFlop/s]": "fast"}, "top500-number", "Rmax [TFlop/s]"),
        ({"Rpeak [TFlop/s]": -1}, "top500-number", "Rpeak [TFlop/s]"),
        ({"Rank": "1st"}, "top500-number", "Rank"),
        ({"Rank": 1.5}, "top500-number", "Rank"),
        ({"Site": None}, "top500-blank", ""),
        ({"Country": "Atlantis"}, "top500-country", ""),
    ],
)
def test_a_row_that_is_off_makes_its_edition_incomplete(
    tmp_path: Path, change: dict[str, Any], code: str, column: str
) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [{**ALPHA, **change}, BETA | {"Rank": 3}])
    reading, report = _read(path)
    (finding,) = report
    assert (finding.code, finding.line, finding.path) == (code, 2, path.name)
    assert finding.column == (NEW.index(column) + 1 if column else 0)
    assert finding.remedy
    assert reading.entries == []
    assert reading.incomplete == {"2026-06"}


def test_a_misspelt_country_is_met_with_the_right_spelling(tmp_path: Path) -> None:
    _, report = _read(_sheet(tmp_path / "TOP500_202606.xlsx", [{**ALPHA, "Country": "Germny"}]))
    assert "'Germany'" in next(iter(report)).remedy


def test_a_cell_that_an_entry_can_do_without_is_left_out_alone(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [{**ALPHA, "Power (kW)": "5 kW"}])
    reading, report = _read(path)
    (finding,) = report
    assert (finding.severity, finding.column) == (Severity.WARNING, NEW.index("Power (kW)") + 1)
    assert "the cell is left out" in finding.message
    assert reading.entries[0]["power_kw"] == ""


def test_the_same_rank_twice_is_found(tmp_path: Path) -> None:
    reading, report = _read(_sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA, ALPHA]))
    (finding,) = report
    assert (finding.code, finding.line) == ("top500-duplicate", 3)
    assert reading.incomplete == {"2026-06"}


def test_a_row_without_an_edition_is_found(tmp_path: Path) -> None:
    row = "June 2026,1,,EX-9,Example Institute,Germany,2026,128,100,130,,,,,\n"
    _, report = _read(_text(tmp_path / "all.csv", TABLE + row))
    (finding,) = report
    assert (finding.code, finding.line) == ("top500-edition", 2)


def test_merged_cells_are_found(tmp_path: Path) -> None:
    rows = [ALPHA, {**ALPHA, "Rank": 3}]
    _, report = _read(_sheet(tmp_path / "TOP500_202606.xlsx", rows, merge="I2:I3"))
    codes = [finding.code for finding in report]
    assert codes == ["top500-merged-cells", "top500-blank"]
    assert "I2:I3" in next(iter(report)).message


def test_a_title_above_the_header_may_be_merged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["TOP500 of June 2026"])
    sheet.append(list(NEW))
    sheet.append([ALPHA.get(name) for name in NEW])
    sheet.merge_cells("A1:F1")
    book.save(tmp_path / "TOP500_202606.xlsx")
    reading, report = _read(tmp_path / "TOP500_202606.xlsx")
    assert len(report) == 0
    assert reading.entries[0].line == 3


def test_a_formula_without_a_stored_value_is_an_error(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [{**ALPHA, "Total Cores": "=64*2"}])
    reading, report = _read(path)
    (finding,) = report
    assert (finding.code, finding.line) == ("top500-formula", 2)
    assert finding.column == NEW.index("Total Cores") + 1
    assert reading.entries[0]["total_cores"] == ""


# What is written


def test_an_edition_becomes_one_source_file(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA, BETA])
    done = _import(tmp_path / "data", path)
    assert len(done.report) == 0
    assert [p.name for p in done.written] == ["2026-06-top500.ttl", "top500-germany.ttl"]
    text = _said(tmp_path / "data", "2026-06-top500.ttl")
    assert text.startswith("# TOP500, June 2026: the entries of Europe.\n")
    for line in (
        "dcterms:source <https://www.top500.org/lists/top500/2026/06/> ;",
        "ehpc:standing ehpc:PrimarySource .",
        "entry:top500-2026-06-1 a ehpc:RankingEntry ;",
        "ehpc:of id:top500-system-990001 ;",
        "ehpc:rmax 100.5 ;",
        "schema:url <https://www.top500.org/system/990001/> .",
        'ehpc:computerText "EX-9, Example 64C 2GHz"@en ;',
        "ehpc:hostedBy id:top500-site-900001 ;",
        "ehpc:locatedIn id:germany ;",
        "ehpc:firstAppearance edition:top500-2026-06 ;",
    ):
        assert line in text
    register = (tmp_path / "data" / "register" / "top500-germany.ttl").read_text(encoding="utf-8")
    assert 'rdfs:label "Alpha"@en' in register
    assert 'ehpc:top500SiteIdentifier "900001"' in register


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA])
    _import(tmp_path / "data", path)
    again = _import(tmp_path / "data", path)
    assert again.written == []
    assert len(again.unchanged) == 2
    assert len(again.report) == 0


def test_a_file_that_says_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    _import(tmp_path / "data", _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA]))
    before = _said(tmp_path / "data", "2026-06-top500.ttl")
    other = _sheet(tmp_path / "TOP500_202606.xlsx", [{**ALPHA, "Total Cores": 256}])
    done = _import(tmp_path / "data", other)
    (finding,) = done.report
    assert (finding.code, finding.path) == ("top500-differs", "2026-06-top500.ttl")
    assert before.splitlines()[finding.line - 1].strip() == "ehpc:cores 128 ;"
    assert _said(tmp_path / "data", "2026-06-top500.ttl") == before


def test_a_part_of_an_edition_that_is_there_changes_nothing(tmp_path: Path) -> None:
    gamma = {**ALPHA, "Rank": 3, "Name": "Gamma", "Site": "Another", "Site ID": 900003}
    unnumbered = [{**row, "System ID": None, "Site ID": None} for row in (ALPHA, gamma)]
    data = tmp_path / "data"
    before = _sheet(tmp_path / "TOP500_201706.xlsx", unnumbered, title="49")
    whole = [ALPHA, {**gamma, "System ID": 990003}]
    _import(data, before, _sheet(tmp_path / "TOP500_202606.xlsx", whole))
    files = {path: path.read_bytes() for path in data.rglob("*.ttl")}
    done = _import(data, _sheet(tmp_path / "TOP500_202606.xlsx", whole[:1]))
    assert (done.written, len(done.report)) == ([], 0)
    assert {path: path.read_bytes() for path in data.rglob("*.ttl")} == files


def test_an_edition_with_a_row_that_is_off_is_not_written(tmp_path: Path) -> None:
    bad = _sheet(tmp_path / "TOP500_202606.xlsx", [{**ALPHA, "Rmax [TFlop/s]": "?"}, BETA])
    good = _sheet(tmp_path / "TOP500_202511.xlsx", [ALPHA], title="66")
    done = _import(tmp_path / "data", bad, good)
    codes = {finding.code for finding in done.report}
    assert codes == {"top500-number", "top500-incomplete"}
    assert [p.name for p in done.written] == ["2025-11-top500.ttl", "top500-germany.ttl"]


def test_one_edition_in_two_files_is_not_written(tmp_path: Path) -> None:
    one = _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA])
    two = _sheet(tmp_path / "copy_202606.xlsx", [ALPHA])
    done = _import(tmp_path / "data", one, two)
    assert {finding.code for finding in done.report} == {"top500-duplicate", "top500-incomplete"}
    assert done.written == []


def test_an_unknown_region_or_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no region 'mars'"):
        _import(tmp_path, region="mars")
    with pytest.raises(UsageError, match="no edition"):
        _import(tmp_path, edition="2026-07")


# What stands once, and what again


def _table(folder: Path, *rows: str) -> Path:
    return _text(folder / "all.csv", TABLE + "".join(row + "\n" for row in rows))


def test_what_does_not_change_stands_once_in_the_first_edition(tmp_path: Path) -> None:
    row = "{},1,Alpha,EX-9,Example Institute,Germany,2026,128,100,130,,,{},{},990001"
    path = _table(
        tmp_path,
        row.format("2025-06", "", "Example Maker"),
        row.format("2025-11", "Example GPU", "Example Maker"),
        row.format("2026-06", "", "Another Maker"),
    )
    _import(tmp_path / "data", path)
    first, second, third = (
        _said(tmp_path / "data", f"{edition}-top500.ttl")
        for edition in ("2025-06", "2025-11", "2026-06")
    )
    assert 'ehpc:computerText "EX-9"@en' in first
    assert "computerText" not in second + third
    assert 'id:top500-system-990001 ehpc:accelerator "Example GPU"@en .' in second
    assert 'ehpc:manufacturerText "Another Maker"@en' in third
    assert "ehpc:leavesOut ehpc:accelerator" in third
    known = read_known(tmp_path / "data" / "sources" / "top500")
    assert [known[key]["accelerator"] for key in sorted(known)] == ["", "Example GPU", ""]
    assert [known[key]["manufacturer"] for key in sorted(known)] == [
        *("Example Maker", "Example Maker", "Another Maker"),
    ]


def test_the_next_edition_alone_gives_the_same_as_all_at_once(tmp_path: Path) -> None:
    rows = [
        f"{edition},1,Alpha,EX-9,Example Institute,Germany,2026,{cores},100,130,,,,Maker,990001"
        for edition, cores in (("2025-11", 128), ("2026-06", 256))
    ]
    _import(tmp_path / "whole", _table(tmp_path, *rows))
    for row in rows:
        _import(tmp_path / "one-by-one", _table(tmp_path, row))
    for name in ("2025-11-top500.ttl", "2026-06-top500.ttl"):
        assert _said(tmp_path / "whole", name) == _said(tmp_path / "one-by-one", name)


def test_an_edition_that_the_later_ones_build_on_is_missed_by_name(tmp_path: Path) -> None:
    row = "{},1,Alpha,EX-9,Example Institute,Germany,2026,128,100,130,,,,,Maker,990001"
    _import(tmp_path / "data", _table(tmp_path, row.format("2025-11"), row.format("2026-06")))
    sources = tmp_path / "data" / "sources" / "top500"
    (sources / "2025-11-top500.ttl").unlink()
    with pytest.raises(InputError, match="entry/top500-2026-06-1 is of a system") as error:
        read_known(sources)
    assert error.value.place == "2026-06-top500.ttl"
    assert "Put back the file" in error.value.remedy


def test_a_label_that_a_person_bettered_stays(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA])
    _import(tmp_path / "data", path)
    register = tmp_path / "data" / "register" / "top500-germany.ttl"
    text = register.read_text(encoding="utf-8").replace('"Alpha"@en', '"Alpha (Example)"@en')
    register.write_text(text, encoding="utf-8")
    _import(tmp_path / "data", path)
    after = register.read_text(encoding="utf-8")
    assert 'rdfs:label "Alpha (Example)"@en ;' in after
    assert 'skos:altLabel "Alpha"@en ;' in after


# The same machine, the same site


def _systems(folder: Path) -> list[str]:
    lines = [
        line.strip()
        for path in sorted((folder / "sources" / "top500").glob("*.ttl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [line.split()[1] for line in lines if line.startswith("ehpc:of ")]


@pytest.mark.parametrize(
    ("later", "same"),
    [
        ("1994-06,9,,EX-1,Example Institute,Germany,1993,32,0.1,0.2,,,,,", True),
        ("1994-06,9,,EX-1,Example Institute,Germany,1993,32,0.15,0.2,,,,,", True),
        ("1994-06,9,,EX-1,Example Institute,Germany,1993,64,0.2,0.4,,,,,", False),
        ("1994-06,9,,EX-1,Example Institute,France,1993,32,0.1,0.2,,,,,", False),
        ("1994-11,9,,EX-1,Example Institute,Germany,1993,32,0.1,0.2,,,,,", False),
    ],
)
def test_a_machine_without_a_number_is_known_by_what_is_said_of_it(
    tmp_path: Path, later: str, same: bool
) -> None:
    first = "1993-11,5,,EX-1,Example Institute,Germany,1993,32,0.1,0.2,,,,,"
    _import(tmp_path / "data", _table(tmp_path, first, later))
    one, two = _systems(tmp_path / "data")
    assert one == "id:top500-1993-11-5"
    assert (two == one) is same


def test_equal_machines_are_paired_in_the_order_of_their_ranks(tmp_path: Path) -> None:
    row = "{},{},,EX-1,Example Company,Germany,1993,32,0.1,0.2,,,,,"
    path = _table(
        tmp_path,
        *(row.format("1993-11", rank) for rank in (5, 6)),
        *(row.format("1994-06", rank) for rank in (8, 9)),
    )
    _import(tmp_path / "data", path)
    assert _systems(tmp_path / "data") == ["id:top500-1993-11-5", "id:top500-1993-11-6"] * 2


def test_a_machine_with_a_number_gives_it_to_its_entries_before(tmp_path: Path) -> None:
    path = _table(
        tmp_path,
        "2017-06,5,,EX-1,Example Institute,Germany,2016,32,0.1,0.2,48,4,,,",
        "2017-11,6,Alpha,EX-1 (new),Example Institute,Germany,2016,32,0.1,0.2,48,4,,,990001",
        "2018-06,7,Alpha,EX-2,Example Institute,Germany,2016,99,0.9,0.9,48,4,,,990001",
    )
    _import(tmp_path / "data", path)
    assert _systems(tmp_path / "data") == ["id:top500-system-990001"] * 3


def test_two_numbers_are_two_machines_whatever_else_is_equal(tmp_path: Path) -> None:
    row = "{},5,Alpha,EX-1,Example Institute,Germany,2016,32,0.1,0.2,48,4,,,{}"
    path = _table(tmp_path, row.format("2017-11", 990001), row.format("2018-06", 990002))
    _import(tmp_path / "data", path)
    assert _systems(tmp_path / "data") == ["id:top500-system-990001", "id:top500-system-990002"]


def test_a_machine_of_the_register_keeps_its_name(tmp_path: Path) -> None:
    row = "2026-06,11,LUMI,HPE Cray EX235a,EuroHPC/CSC,Finland,2023,1,1,1,,,,,180048"
    _import(tmp_path / "data", _table(tmp_path, row))
    assert _systems(tmp_path / "data") == ["id:lumi"]
    joined = (tmp_path / "data" / "register" / "top500-joined.ttl").read_text(encoding="utf-8")
    assert 'id:lumi ehpc:top500SystemIdentifier "180048" ;' in joined
    assert "rdfs:label" not in joined


# The two smaller rankings

GREEN = (
    *("Rank", "TOP500 Rank", "Name", "Computer", "Site", "Country", "Total Cores"),
    *("Energy Efficiency [GFlops/Watts]", "System ID"),
)
HPCG = ("Rank", "TOP500 Rank", "System", "Cores", "Rmax (PFlop/s)", "HPCG (TFlop/s)")


def test_green500_and_hpcg_join_the_systems_of_their_edition(tmp_path: Path) -> None:
    top500 = _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA])
    green = {**ALPHA, "Rank": 9, "TOP500 Rank": 400}
    unmeasured = {"Rank": 10, "TOP500 Rank": 2, "System ID": 990002}
    hpcg = {
        **{"Rank": 4, "TOP500 Rank": 1, "System": "Alpha\xa0- EX-9, Example 64C 2GHz, Maker"},
        **{"Cores": 128, "HPCG (TFlop/s)": 3.25},
    }
    done = _import(
        tmp_path / "data",
        top500,
        _sheet(tmp_path / "green500_top_202606.xlsx", [green, unmeasured], GREEN),
        _sheet(tmp_path / "hpcg_202606.xlsx", [hpcg, {"Cores": 1}], HPCG, "Sheet1", "A2:A3"),
    )
    assert len(done.report) == 0
    text = _said(tmp_path / "data", "2026-06-green500.ttl")
    assert "entry:green500-2026-06-9 a ehpc:RankingEntry" in text
    assert "ehpc:efficiencyGflopsPerWatt 20.1235 ;" in text
    assert "green500-2026-06-10" not in text
    assert "ehpc:hpcgTflops 3.25 ;" in _said(tmp_path / "data", "2026-06-hpcg.ttl")


@pytest.mark.parametrize(
    ("system", "cores", "rank", "joined"),
    [
        ("Alpha\xa0- EX-9, Example 64C 2GHz, Maker", 128, 77, True),
        ("Alpha\xa0- EX-8, Maker", 128, 1, True),
        ("Gamma\xa0- EX-9, Example 64C 2GHz, Maker", 128, 1, False),
        ("Alpha\xa0- EX-9, Example 64C 2GHz, Maker", 64, 1, False),
        ("Alpha\xa0- EX-8, Maker", 128, 77, False),
    ],
)
def test_the_rank_that_hpcg_gives_is_not_trusted_alone(
    tmp_path: Path, system: str, cores: int, rank: int, joined: bool
) -> None:
    row = {"Rank": 4, "TOP500 Rank": rank, "System": system, "Cores": cores, "HPCG (TFlop/s)": 3}
    done = _import(
        tmp_path / "data",
        _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA]),
        _sheet(tmp_path / "hpcg_202606.xlsx", [row], HPCG, "Sheet1"),
    )
    assert ("2026-06-hpcg.ttl" in [p.name for p in done.written]) is joined
    if rank == 1 and not joined:
        (finding,) = done.report
        assert (finding.code, finding.severity) == ("top500-side-rank", Severity.INFO)


def test_a_smaller_ranking_without_its_top500_is_reported(tmp_path: Path) -> None:
    row = {**ALPHA, "Rank": 9, "TOP500 Rank": 400}
    done = _import(tmp_path, _sheet(tmp_path / "green500_top_202606.xlsx", [row], GREEN))
    (finding,) = done.report
    assert finding.code == "top500-side"
    assert "import it first" in finding.remedy


def test_a_smaller_ranking_can_follow_later(tmp_path: Path) -> None:
    _import(tmp_path / "data", _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA]))
    row = {**ALPHA, "Rank": 9, "TOP500 Rank": 400}
    green = _sheet(tmp_path / "green500_top_202606.xlsx", [row], GREEN)
    done = _import(tmp_path / "data", green)
    assert [p.name for p in done.written] == ["2026-06-green500.ttl"]
    known = read_known(tmp_path / "data" / "sources" / "top500")
    assert known["2026-06", 1]["green500_rank"] == "9"


# The command


def test_the_command_names_what_it_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [ALPHA])
    assert main(["import", "top500", str(path), "-o", str(tmp_path / "data")]) == 0
    streams = capsys.readouterr()
    assert streams.out.splitlines()[0].endswith("2026-06-top500.ttl")
    assert "2 files written, 0 as they were; no findings" in streams.err


def test_the_command_ends_with_one_where_there_are_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _sheet(tmp_path / "TOP500_202606.xlsx", [{**ALPHA, "Site": None}])
    assert main(["import", "top500", str(path), "-o", str(tmp_path / "data")]) == 1
    assert "TOP500_202606.xlsx:2  error  top500-blank" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_the_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "top500", "--help"]) == 0
    assert "--region {europe,all}" in capsys.readouterr().out
    assert main(["import", "--help"]) == 0
    assert "top500" in capsys.readouterr().out
    assert main(["import", "planets"]) == 2
