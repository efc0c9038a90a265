"""The content as a whole: what is published has no error, and is written in the house form."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from eurohpc_kg.check import check
from eurohpc_kg.findings import Report, Severity
from eurohpc_kg.repository import Repository

ROOT = Path(__file__).parents[2]


@cache
def report() -> Report:
    return check(Repository(ROOT))


def test_the_content_has_no_errors() -> None:
    errors = Report(report().at_least(Severity.ERROR))
    assert not errors.findings, errors.to_text()


def test_every_file_is_in_house_form() -> None:
    loose = [finding.place for finding in report() if finding.code == "house-form"]
    assert not loose, "run: eurohpc-kg fmt"


def test_every_finding_has_a_file_a_line_and_a_remedy() -> None:
    without = [f for f in report() if not (f.path and f.line and f.remedy)]
    assert not without, Report(without).to_text()
