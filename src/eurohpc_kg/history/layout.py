"""A comparison for readers, as text or Markdown.

The things with the most changes come first, at most as many as asked for; then it is said how many
more there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eurohpc_kg.amounts import amount
from eurohpc_kg.history.answers import AnswerChange
from eurohpc_kg.history.compared import Compared
from eurohpc_kg.history.pairs import ADDED, CHANGED, GONE
from eurohpc_kg.history.reasons import joined
from eurohpc_kg.history.things import Entry, Line
from eurohpc_kg.results.tables import markdown_table, text_table

MARKS = {ADDED: "+", GONE: "−", CHANGED: "~"}  # noqa: RUF001 - a minus as wide as a plus
_STATES = {ADDED: "new", GONE: "gone", CHANGED: ""}
_ROWS = 5  # of an answer


def to_text(found: Compared, limit: int = 0, with_answers: bool = True, width: int = 0) -> str:
    """Lay a comparison out for a terminal; ``limit`` things, documents and rules, 0 for all."""
    return _Text(found, limit, with_answers, width).write()


def to_markdown(found: Compared, limit: int = 0, with_answers: bool = True) -> str:
    """Write a comparison in Markdown."""
    return _Markdown(found, limit, with_answers, 0).write()


class _Text:
    """Write the parts in turn; `_Markdown` differs in how headings and tables are written."""

    def __init__(self, found: Compared, limit: int, with_answers: bool, width: int) -> None:
        self.found = found
        self.limit = limit
        self.with_answers = with_answers
        self.width = width

    def write(self) -> str:
        parts = [self.head()]
        if not self.found:
            return parts[0]
        parts += self.documents()
        parts += self.things()
        parts += self.rules()
        if self.with_answers:
            parts += self.answers()
        return "\n".join(parts)

    def head(self) -> str:
        lines = [f"before  {self.found.before}", f"after   {self.found.after}", ""]
        if not self.found:
            return "\n".join([*lines, "no difference", ""])
        rows = [[what, _signed(counts)] for what, counts in counted(self.found).items()]
        if self.with_answers:
            rows.append(["answers", f"{MARKS[CHANGED]}{len(self.found.answers)}"])
        return "\n".join([*lines, text_table([], rows)])

    def documents(self) -> list[str]:
        shown, more = self.cut(self.found.documents)
        rows = [[MARKS[entry.kind], entry.name, entry.node] for entry in shown]
        return [self.heading("documents"), self.table([], rows), *more] if rows else []

    def things(self) -> list[str]:
        parts = []
        shown, more = self.cut(_by_size(self.found.things))
        for entry in shown:
            parts.append(self.entry_heading(entry))
            parts.append(self.table([], [_cells(line) for line in entry.lines]))
            if entry.following:
                more_that = amount(entry.following, "more that follows", "more that follow")
                parts.append(self.note(f"and {more_that}"))
        return [*parts, *more]

    def rules(self) -> list[str]:
        shown, more = self.cut(self.found.rules)
        rows = [[MARKS[entry.kind], entry.name, _aspects(entry)] for entry in shown]
        rows += [[MARKS[kind], f"view {name}", ""] for name, kind in self.found.views]
        return [self.heading("rules"), self.table([], rows), *more] if rows else []

    def answers(self) -> list[str]:
        parts = [self.heading("answers that change")] if self.found.answers else []
        for change in self.found.answers:
            parts.append(self.question_heading(change))
            if change.fault:
                parts.append(self.note(f"can't be compared: {change.fault}"))
                continue
            rows = [[mark, *cells] for mark, cells in _answer_rows(change)]
            parts.append(self.table(["", *change.columns], rows[:_ROWS]))
            if len(rows) > _ROWS:
                parts.append(self.note(f"and {amount(len(rows) - _ROWS, 'more row')}"))
        return parts

    def cut(self, found: Sequence[Entry]) -> tuple[Sequence[Entry], list[str]]:
        """Return as many as may be shown, and what to say of the rest."""
        if not self.limit or len(found) <= self.limit:
            return found, []
        more = self.note(f"and {len(found) - self.limit:,} more; --limit 0 shows all")
        return found[: self.limit], [more]

    def heading(self, text: str) -> str:
        return text

    def entry_heading(self, entry: Entry) -> str:
        parts = [entry.name, f"({', '.join(entry.kinds)})" if entry.kinds else ""]
        parts.append(_STATES[entry.kind])
        return "  ".join(part for part in parts if part)

    def question_heading(self, change: AnswerChange) -> str:
        rows = f"{change.rows_before:,} → {amount(change.rows_after, 'row')}"
        return f"{change.question.summary}  ({change.question.slug}, {rows})"

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        if not rows:
            return ""
        text = text_table(header, rows, max(self.width - 2, 0))
        return "".join(f"  {line}\n" for line in text.splitlines())

    def note(self, text: str) -> str:
        return f"  {text}\n"


class _Markdown(_Text):
    def head(self) -> str:
        found = self.found
        title = f"# From {found.before.name} to {found.after.name}\n"
        if not found:
            return f"{title}\nNo difference.\n"
        notes = [f"- {side}\n" for side in (found.before, found.after) if side.note]
        rows = [[what, *_numbers(counts)] for what, counts in counted(found).items()]
        if self.with_answers:
            rows.append(["answers", "", "", f"{len(found.answers):,}"])
        table = markdown_table(["", "new", "gone", "changed"], rows, right=[1, 2, 3])
        return f"{title}\n{''.join(notes)}\n{table}"

    def heading(self, text: str) -> str:
        return f"## {text.capitalize()}\n"

    def entry_heading(self, entry: Entry) -> str:
        return f"## {super().entry_heading(entry)}\n"

    def question_heading(self, change: AnswerChange) -> str:
        return f"### {super().question_heading(change)}\n"

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        if not rows:
            return ""
        columns = header or ["", "what", "value", "detail", "why"][: len(rows[0])]
        return markdown_table(columns, rows)

    def note(self, text: str) -> str:
        return f"{text}.\n"


def _answer_rows(change: AnswerChange) -> Iterable[tuple[str, Sequence[str]]]:
    for old, new in change.changed:
        cells = [b if a == b else f"{a} → {b}" for a, b in zip(old, new, strict=True)]
        yield MARKS[CHANGED], cells
    for kind, rows in ((ADDED, change.added), (GONE, change.gone)):
        for row in rows:
            yield MARKS[kind], row


def _cells(line: Line) -> list[str]:
    is_same = line.before == line.after
    both = line.before if is_same else " → ".join(v for v in (line.before, line.after) if v)
    return [MARKS[line.kind], line.what, both, line.detail, joined(line.reasons)]


def _aspects(entry: Entry) -> str:
    """Return what changed about a rule that was there and is."""
    if entry.kind != CHANGED:
        return ""
    return ", ".join(dict.fromkeys(line.what for line in entry.lines))


def _by_size(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda entry: -len(entry.lines))


def counted(found: Compared) -> dict[str, dict[str, int]]:
    """Return how many came, went and changed, of what any did."""
    return {
        ("statements that follow" if what == "following" else what): counts
        for what, counts in found.counts.items()
        if any(counts.values()) or what == "statements"
    }


def _signed(counts: dict[str, int]) -> str:
    return "  ".join(f"{MARKS[kind]}{count:,}" for kind, count in counts.items() if count) or "="


def _numbers(counts: dict[str, int]) -> list[str]:
    return [f"{count:,}" for count in counts.values()]
