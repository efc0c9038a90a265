"""Findings are ordered by place, counted by severity, and rendered for four kinds of reader."""

from __future__ import annotations

import json

from eurohpc_kg.findings import Finding, Report, Severity

LATE = Finding("data/b.ttl", 7, "figure-undated", "no date", "Give one ehpc:asOf.")
EARLY = Finding("data/a.ttl", 2, "thing-unnamed", "no <name>", severity=Severity.WARNING, column=5)


def test_a_report_is_sorted_by_place_and_without_doubles() -> None:
    assert list(Report([LATE, EARLY, LATE])) == [EARLY, LATE]
    assert len(Report([LATE, LATE])) == 1


def test_a_report_counts_by_severity_gravest_first() -> None:
    assert Report([LATE, EARLY]).summary() == "1 error, 1 warning"
    assert Report().summary() == "no findings"


def test_findings_of_a_severity_include_the_graver_ones() -> None:
    report = Report([LATE, EARLY])
    assert report.at_least(Severity.WARNING) == [EARLY, LATE]
    assert report.at_least(Severity.ERROR) == [LATE]


def test_text_gives_place_severity_code_message_and_the_remedy_below() -> None:
    assert Report([LATE]).to_text() == (
        "data/b.ttl:7  error  figure-undated  no date\n    Give one ehpc:asOf.\n"
    )


def test_the_place_is_the_subject_where_there_is_no_file() -> None:
    assert Finding("", 0, "c", "m", subject="id:lumi").place == "id:lumi"
    assert Finding("", 0, "c", "m").place == "-"
    assert EARLY.place == "data/a.ttl:2:5"


def test_json_has_each_finding_and_the_counts() -> None:
    found = json.loads(Report([LATE, EARLY]).to_json())
    assert [row["place"] for row in found["findings"]] == ["data/a.ttl:2:5", "data/b.ttl:7"]
    assert found["summary"] == {"error": 1, "warning": 1, "info": 0}


def test_github_lines_escape_what_would_end_a_property() -> None:
    line = Report([Finding("a:b.ttl", 1, "c,d", "50 %\nmore")]).to_github()
    assert line == "::error file=a%3Ab.ttl,line=1,title=c%2Cd::50 %25%0Amore\n"


def test_html_escapes_text() -> None:
    page = Report([EARLY]).to_html()
    assert "no &lt;name&gt;" in page
    assert "<h1>1 warning</h1>" in page
