"""Findings: what is wrong with the data, where, and what to do about it.

A check never raises for bad data; it adds a `Finding` to a `Report`. This module alone knows how
a finding looks as text, JSON, GitHub annotation or HTML.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from eurohpc_kg.amounts import amount


class Severity(IntEnum):
    """Order findings: an error can't be published, a warning will be asked about."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Finding(NamedTuple):
    """Hold one fault: where it stands, what it is, what to write instead.

    ``path`` is relative to the repository, with forward slashes, or empty when the fault has no
    file; ``line`` and ``column`` count from 1, 0 when unknown. ``code`` is stable: people search
    for it in the documentation.
    """

    path: str
    line: int
    code: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.ERROR
    column: int = 0
    subject: str = ""

    @property
    def place(self) -> str:
        parts = [self.path or self.subject or "-"]
        if self.path and self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Report:
    """Collect findings and render them; iteration is sorted by place."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.findings = list(findings)

    def add(self, *findings: Finding) -> None:
        self.findings.extend(findings)

    def extend(self, findings: Iterable[Finding]) -> None:
        self.findings.extend(findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(sorted(set(self.findings)))

    def __len__(self) -> int:
        return len(set(self.findings))

    def at_least(self, severity: Severity) -> list[Finding]:
        """Return the findings of this severity or a graver one, in order."""
        return [finding for finding in self if finding.severity >= severity]

    def summary(self) -> str:
        """Say how many findings of each severity there are, in one line."""
        counts = Counter(finding.severity for finding in self)
        if not counts:
            return "no findings"
        return ", ".join(
            amount(counts[s], s.word) for s in sorted(Severity, reverse=True) if counts[s]
        )

    def to_text(self) -> str:
        """Render one line a finding, and below it the remedy, indented."""
        lines = []
        for f in self:
            lines.append(f"{f.place}  {f.severity.word}  {f.code}  {f.message}")
            if f.remedy:
                lines.append(f"    {f.remedy}")
        return "".join(line + "\n" for line in lines)

    def to_json(self) -> str:
        """Render ``{"findings": […], "summary": {…}}``, two spaces of indent."""
        rows = [{**f._asdict(), "severity": f.severity.word, "place": f.place} for f in self]
        counts = Counter(f.severity.word for f in self)
        summary = {s.word: counts[s.word] for s in sorted(Severity, reverse=True)}
        return (
            json.dumps({"findings": rows, "summary": summary}, indent=2, ensure_ascii=False) + "\n"
        )

    def to_github(self) -> str:
        """Render GitHub workflow commands, one line a finding."""
        words = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}
        return "".join(
            f"::{words[f.severity]} file={_property(f.path)},line={f.line or 1},"
            f"title={_property(f.code)}::{_data(f'{f.message} {f.remedy}'.rstrip())}\n"
            for f in self
        )

    def to_html(self) -> str:
        """Render a complete page with one table."""
        from html import escape

        head = "<tr><th>place<th>severity<th>code<th>message<th>remedy</tr>"
        rows = "\n".join(
            "<tr class={}><td>{}<td>{}<td>{}<td>{}<td>{}</tr>".format(
                f.severity.word,
                *(escape(t) for t in (f.place, f.severity.word, f.code, f.message, f.remedy)),
            )
            for f in self
        )
        return (
            '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Findings</title>\n'
            f"<h1>{escape(self.summary())}</h1>\n<table>\n{head}\n{rows}\n</table>\n</html>\n"
        )


def _data(text: str) -> str:
    """Escape the message of a workflow command (GitHub's own rule)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
