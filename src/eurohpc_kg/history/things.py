"""Changes by thing, in words: a figure or milestone that came, went or changed is one line.

A record stands under the thing that it is of, a correction under the thing that it corrects. Of
what only follows from other statements, the shortcuts and states are shown; the rest is counted.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.history.pairs import ADDED, CHANGED, GONE, Change
from eurohpc_kg.history.proofs import Proofs
from eurohpc_kg.history.reasons import FOLLOWS, Reason
from eurohpc_kg.history.recorded import CORRECTION, RANK, STATE, changed_records
from eurohpc_kg.history.sides import Side
from eurohpc_kg.history.words import Words
from eurohpc_kg.names import EHPC, GRAPH, SOURCE
from eurohpc_kg.namespaces import DCTERMS, RDF, RDFS
from eurohpc_kg.records import dataclass

_RDF_TYPE = RDF + "type"
_SHORTCUT = ox.NamedNode(EHPC + "shortcutFor")
_STATES = (EHPC + "currentStatus", EHPC + "expectedStatus")
# Where the entry of a register was found, and how files are kept: of little use to a reader.
_SILENT = {
    DCTERMS + "source",
    RDFS + "isDefinedBy",
}
_INFERRED = GRAPH + "inferred"
RULES = {GRAPH + "ontology", GRAPH + "shapes", GRAPH + "questions"}


@dataclass(frozen=True)
class Line:
    """Hold one change as it is read: ``what`` changed, from ``before`` to ``after``.

    ``mark`` is what sort of record it is of, or empty: the quantity of a figure, the property that
    makes a state. ``changes`` are the statements behind it.
    """

    kind: str
    what: str
    before: str
    after: str
    detail: str
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...]
    mark: str = ""


@dataclass(frozen=True)
class Entry:
    """Hold what changed about one thing; ``following`` counts what follows and is not shown."""

    node: str
    name: str
    kinds: tuple[str, ...]
    kind: str
    lines: tuple[Line, ...]
    following: int = 0


def entries(
    changes: Iterable[Change], before: Side, after: Side, reasons: dict[str, Reason]
) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Return what changed about things, about documents, and in rules, each by name."""
    words = Words(before, after)
    changes = list(changes)
    proofs = Proofs((before, after), changes, reasons, _INFERRED)
    groups: tuple[dict[str, list[Change]], ...] = ({}, {}, {})
    for change in changes:
        node = words.owner(change.subject)
        if not node:
            continue
        section = 2 if change.graph in RULES else 1 if node.startswith(SOURCE) else 0
        groups[section].setdefault(node, []).append(change)
    shortcuts = _shortcuts(before, after)
    found = []
    for group in groups:
        made = (_entry(node, group[node], words, reasons, shortcuts, proofs) for node in group)
        kept = [entry for entry in made if entry is not None]
        found.append(sorted(kept, key=lambda entry: (entry.name.casefold(), entry.node)))
    return found[0], found[1], found[2]


def _entry(
    node: str,
    changes: list[Change],
    words: Words,
    reasons: dict[str, Reason],
    shortcuts: dict[str, str],
    proofs: Proofs,
) -> Entry | None:
    asserted = [change for change in changes if change.graph != _INFERRED]
    inferred = [change for change in changes if change.graph == _INFERRED]
    shown = [c for c in inferred if c.predicate.value in shortcuts and not words.is_record(c)]
    lines = _asserted_lines(node, asserted, words, reasons)
    for change in shown:
        behind = _behind(change, lines, shortcuts) or proofs.reasons(change)
        behind = behind or _reasons([change], reasons)
        lines.append(_following_line(change, words, behind))
    before, after = words.is_there(node)  # neither, where a file only has records of the thing
    kind = CHANGED if before == after else ADDED if after else GONE
    if not lines and (kind == CHANGED or not asserted):
        return None
    lines = _merged(lines)
    following = len(inferred) - len(shown)
    return Entry(node, words.name(node), words.kinds(node), kind, tuple(lines), following)


def _merged(lines: list[Line]) -> list[Line]:
    """Make one line of those that read the same, with all their reasons; sort them."""
    groups: dict[tuple[str, str, str, str, str], list[Line]] = {}
    for line in lines:
        key = (line.what, line.detail, line.before, line.after, line.kind)
        groups.setdefault(key, []).append(line)
    return [
        Line(
            key[4],
            key[0],
            key[2],
            key[3],
            key[1],
            tuple(dict.fromkeys(reason for line in group for reason in line.reasons)),
            tuple(change for line in group for change in line.changes),
            group[0].mark,
        )
        for key, group in sorted(groups.items())
    ]


def _asserted_lines(
    node: str, changes: list[Change], words: Words, reasons: dict[str, Reason]
) -> list[Line]:
    lines = [
        Line(
            found.kind,
            found.what,
            found.before,
            found.after,
            found.detail,
            _reasons(found.changes, reasons),
            found.changes,
            found.mark,
        )
        for found in changed_records(
            [change for change in changes if words.value(change.subject) != node], words
        )
    ]
    for change in changes:
        if words.value(change.subject) == node and not _is_silent(change):
            lines.append(_line(change, words, reasons))
    return lines


def _is_silent(change: Change) -> bool:
    """Tell whether a change is nothing to a reader: that one source more says what a thing is."""
    is_kind = change.predicate.value == _RDF_TYPE
    return change.predicate.value in _SILENT or (is_kind and change.again)


def _line(change: Change, words: Words, reasons: dict[str, Reason]) -> Line:
    what = words.aspect(change.predicate)
    if change.predicate.value == _RDF_TYPE:
        what = "kind"
    detail = ""
    if change.again:
        detail = "one source more" if change.kind == ADDED else "one source fewer"
    term = change.after if change.after is not None else change.before
    if isinstance(term, ox.Literal) and term.language and term.language != "en":
        detail = ", ".join(part for part in (term.language, detail) if part)
    values = (words.term(change.before), words.term(change.after))
    return Line(change.kind, what, *values, detail, _reasons([change], reasons), (change,))


def _following_line(change: Change, words: Words, behind: tuple[Reason, ...]) -> Line:
    values = (words.term(change.before), words.term(change.after))
    return Line(change.kind, words.aspect(change.predicate), *values, FOLLOWS, behind, (change,))


def _behind(change: Change, lines: list[Line], shortcuts: dict[str, str]) -> tuple[Reason, ...]:
    """Return the reasons of the records that a shortcut may be taken from, ranks last."""
    for marks in ((shortcuts[change.predicate.value], CORRECTION), (RANK,)):
        own = (line for line in lines if line.mark in marks)
        found = dict.fromkeys(reason for line in own for reason in line.reasons)
        if found:
            return tuple(found)
    return ()


def _reasons(changes: Iterable[Change], reasons: dict[str, Reason]) -> tuple[Reason, ...]:
    found = dict.fromkeys(reasons[c.graph] for c in changes if c.graph in reasons)
    return tuple(reason for reason in found if reason.kind)


def _shortcuts(before: Side, after: Side) -> dict[str, str]:
    """Return the properties that views take from records, each with the mark of those records."""
    found = dict.fromkeys(_STATES, STATE)
    for side in (before, after):
        for quad in side.store.quads_for_pattern(None, _SHORTCUT, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                found[quad.subject.value] = quad.object.value
    return found
