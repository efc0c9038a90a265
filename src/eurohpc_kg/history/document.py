"""A comparison for programs: JSON with everything, down to the statements behind each line."""

from __future__ import annotations

import json
from typing import Any

from eurohpc_kg.history.answers import AnswerChange
from eurohpc_kg.history.compared import Compared
from eurohpc_kg.history.pairs import Change, Term
from eurohpc_kg.history.reasons import Reason
from eurohpc_kg.history.things import Entry, Line


def to_json(found: Compared, with_answers: bool = True) -> str:
    """Write everything about a comparison as JSON."""
    body: dict[str, Any] = {
        "before": {"name": found.before.name, "note": found.before.note},
        "after": {"name": found.after.name, "note": found.after.note},
        "counts": found.counts,
        "documents": [_entry_json(entry) for entry in found.documents],
        "things": [_entry_json(entry) for entry in found.things],
        "rules": [_entry_json(entry) for entry in found.rules],
        "views": [{"name": name, "change": kind} for name, kind in found.views],
    }
    if with_answers:
        body["answers"] = [_answer_json(change) for change in found.answers]
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "iri": entry.node,
        "name": entry.name,
        "kinds": list(entry.kinds),
        "change": entry.kind,
        "lines": [_line_json(line) for line in entry.lines],
        "following": entry.following,
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "change": line.kind,
        "what": line.what,
        **({"before": line.before} if line.before else {}),
        **({"after": line.after} if line.after else {}),
        **({"detail": line.detail} if line.detail else {}),
        "reasons": [_reason_json(reason) for reason in line.reasons],
        "statements": [_change_json(change) for change in line.changes],
    }


def _reason_json(reason: Reason) -> dict[str, str]:
    return {"kind": reason.kind} | ({"source": reason.source} if reason.source else {})


def _change_json(change: Change) -> dict[str, Any]:
    terms: dict[str, Term | None] = {"before": change.before, "after": change.after}
    return {
        "change": change.kind,
        "graph": change.graph,
        "subject": str(change.subject),
        "predicate": str(change.predicate),
        **{name: str(term) for name, term in terms.items() if term is not None},
    }


def _answer_json(change: AnswerChange) -> dict[str, Any]:
    return {
        "question": change.question.slug,
        "summary": change.question.summary,
        "columns": list(change.columns),
        "rows_before": change.rows_before,
        "rows_after": change.rows_after,
        "added": [list(row) for row in change.added],
        "gone": [list(row) for row in change.gone],
        "changed": [{"before": list(old), "after": list(new)} for old, new in change.changed],
    } | ({"fault": change.fault} if change.fault else {})
