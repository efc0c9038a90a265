"""What `make test-stores` found is written as found: a test that could not be run has no result."""

from __future__ import annotations

from pathlib import Path

from eurohpc_kg.reference.stores import page
from stores.record import differences, results

REPORT = """\
<testsuites><testsuite>
  <testcase name="test_load[oxigraph]"/>
  <testcase name="test_disk_full[oxigraph]">
    <skipped type="pytest.skip" message="no tmpfs can be mounted here"/></testcase>
  <testcase name="test_read_only_user[oxigraph]">
    <skipped type="pytest.skip" message="has no users of its own"/></testcase>
  <testcase name="test_load[virtuoso]">
    <skipped type="pytest.skip" message="virtuoso is not installed here"/></testcase>
</testsuite></testsuites>
"""


def test_what_could_not_be_run_is_said_to_be_not_run(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    found = results(report)
    outcomes = {test: result["outcome"] for test, result in found["oxigraph"].items()}
    assert outcomes == {
        "test_load": "passed",
        "test_read_only_user": "skipped",
        "test_disk_full": "not run",
    }
    text = page(found)
    assert "| load | yes | not run |" in text
    assert "| disk full | not run | - |" in text
    assert "| read only user | - | - |" in text
    (row,) = [line for line in text.splitlines() if line.startswith("| Virtuoso |")]
    assert "not run against the product" in row


def test_only_what_was_run_both_times_can_differ() -> None:
    def outcome(word: str) -> dict[str, dict[str, dict[str, str]]]:
        return {"fuseki": {"test_load": {"outcome": word}}}

    assert differences(outcome("failed"), outcome("passed")) == [
        "fuseki: test_load: failed, before passed"
    ]
    assert differences(outcome("not run"), outcome("passed")) == []
    assert differences(outcome("passed"), outcome("not run")) == []
    assert differences(outcome("passed"), {}) == []
