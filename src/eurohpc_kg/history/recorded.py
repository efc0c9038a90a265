"""Changes of figures, milestones, states, ranks and corrections: one line a record.

A record whose name changed with its date is the same record still, where its graph had one of its
kind about the thing and has one now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from eurohpc_kg.history.pairs import ADDED, CHANGED, GONE, Change
from eurohpc_kg.history.sides import Side
from eurohpc_kg.history.words import Words
from eurohpc_kg.names import EHPC, GRAPH, readable_slug
from eurohpc_kg.records import dataclass
from eurohpc_kg.results import plain
from eurohpc_kg.show.records import RECORDS, Record, record_line

_CORRECTING = EHPC + "correctionStatus"
_REASON = EHPC + "reason"
_STATED = EHPC + "statedValue"
_CORRECTED = (EHPC + "correctedValue", EHPC + "correctedObject")
_QUANTITY = EHPC + "quantity"
_STATES = (EHPC + "milestoneType", EHPC + "status")
_INFERRED = GRAPH + "inferred"
CORRECTION, STATE, RANK = "correction", "state", "rank"


@dataclass(frozen=True)
class RecordChange:
    """Hold the change of a record as it is read; ``mark`` says of which sort it is."""

    kind: str
    what: str
    before: str
    after: str
    detail: str
    mark: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class _Seen:
    """Hold a record as one version shows it; ``sort`` is its kind of quantity, state or edition."""

    what: str
    value: str
    detail: str
    mark: str
    sort: str


def changed_records(changes: Iterable[Change], words: Words) -> list[RecordChange]:
    """Return the changes of records about one thing."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        if isinstance(change.subject, ox.NamedNode) and change.graph != _INFERRED:
            groups.setdefault(change.subject.value, []).append(change)
    seen = {iri: (_seen(words.before, iri), _seen(words.after, iri)) for iri in groups}
    found: list[RecordChange] = []
    for old, new in _renamed(groups, seen):
        shown = _record_change(seen.pop(old)[0], seen.pop(new)[1], groups[old] + groups[new], words)
        found.append(shown)
    for iri, (before, after) in seen.items():
        found.append(_record_change(before, after, groups[iri], words))
    return found


def _record_change(
    before: _Seen | None, after: _Seen | None, changes: list[Change], words: Words
) -> RecordChange:
    now = after or before or _Seen("record", "", "", "", "")
    kind = CHANGED if before and after else ADDED if after else GONE
    old, new = (seen.value if seen else "" for seen in (before, after))
    detail = now.detail
    if before and after:
        if before.detail != after.detail:
            detail = f"{before.detail} → {after.detail}"
        elif before.value == after.value:
            names = dict.fromkeys(words.aspect(change.predicate) for change in changes)
            detail = f"{detail} ({', '.join(names)})".strip()
    return RecordChange(kind, now.what, old, new, detail, now.mark, tuple(changes))


def _renamed(
    groups: dict[str, list[Change]], seen: dict[str, tuple[_Seen | None, _Seen | None]]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a record that went and the one that came for it, in the same graph."""
    gone: dict[tuple[str, str], list[str]] = {}
    come: dict[tuple[str, str], list[str]] = {}
    for iri, (before, after) in seen.items():
        only = before or after
        if only is None or (before and after) or only.mark == CORRECTION:
            continue
        key = (groups[iri][0].graph, only.sort)
        (gone if before else come).setdefault(key, []).append(iri)
    for key, old in gone.items():
        new = come.get(key, [])
        if len(old) == len(new) == 1:
            yield old[0], new[0]


def _seen(side: Side, iri: str) -> _Seen | None:
    """Return a record as a version shows it, or None where it has none of this name."""
    node = ox.NamedNode(iri)
    said: dict[str, ox.NamedNode | ox.Literal] = {}
    for quad in side.store.quads_for_pattern(node, None, None):
        is_plain = isinstance(quad.object, (ox.NamedNode, ox.Literal))
        if is_plain and quad.graph_name != ox.NamedNode(_INFERRED):
            said[quad.predicate.value] = quad.object  # type: ignore[assignment]
    if not said:
        return None
    if _CORRECTING in said:
        status = readable_slug(said[_CORRECTING].value).removesuffix("Correction").lower()
        value = next((_in_words(side, said[name]) for name in _CORRECTED if name in said), "")
        if _STATED in said:
            value = f"{value} instead of {_in_words(side, said[_STATED])}"
        reason = f": {said[_REASON].value}" if _REASON in said else ""
        return _Seen(_corrected(side, said), value, status + reason, CORRECTION, iri)
    line = record_line(Record(side.names, node))[1]
    kind = next((kind for kind in RECORDS.values() if kind in said), "")
    mark = STATE if kind in _STATES else RANK
    if kind == _QUANTITY:
        mark = said[kind].value
    return _Seen(line.aspect, line.value, line.detail, mark, said[kind].value if kind else iri)


def _corrected(side: Side, said: dict[str, ox.NamedNode | ox.Literal]) -> str:
    """Return what a correction is called: by what the record is of, or by the property."""
    name: object = said.get(EHPC + "correctsProperty")
    record = said.get(EHPC + "corrects")
    if isinstance(record, ox.NamedNode):
        for kind in RECORDS.values():
            quads = side.store.quads_for_pattern(record, ox.NamedNode(kind), None)
            name = next((quad.object for quad in quads), name)
    if isinstance(name, (ox.NamedNode, ox.Literal)):
        return f"correction of {_in_words(side, name)}"
    return "correction"


def _in_words(side: Side, term: ox.NamedNode | ox.Literal) -> str:
    return side.names.label(term) if isinstance(term, ox.NamedNode) else plain(term)
