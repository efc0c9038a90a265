"""Merging: add triples to a content file without changing what stands in it.

The Turtle files are the truth. Where an import says something else than a file about a property
that has one value, the file stays, and the difference is a finding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.importing.facts.terms import (
    ALT_LABEL,
    ISSUED,
    LABEL,
    LATITUDE,
    LONGITUDE,
    PUBLISHER,
    TITLE,
    ehpc,
)
from eurohpc_kg.names import Prefixes
from eurohpc_kg.turtle import locate, parse, read_text, write
from eurohpc_kg.turtle.files import write_file
from eurohpc_kg.turtle.write import comments

# Properties of which a thing, record or document has one value; of labels, one a language.
_SINGLE = frozenset(
    {
        TITLE,
        ISSUED,
        PUBLISHER,
        LATITUDE,
        LONGITUDE,
        *(
            ehpc(name)
            for name in (
                "asOf",
                "basis",
                "bound",
                "date",
                "isoAlpha2Code",
                "isoAlpha3Code",
                "isoNumericCode",
                "milestoneType",
                "of",
                "quantity",
                "rorIdentifier",
                "retrieved",
                "standing",
                "status",
                "unit",
                "value",
            )
        ),
    }
)


_NAMES = frozenset({LABEL, ALT_LABEL, ehpc("shortName"), ehpc("officialName"), ehpc("formerName")})


@dataclass
class Merged:
    """Hold the triples of a file after a merge, and what was not taken over."""

    triples: set[Triple]
    added: int = 0
    refused: list[tuple[Triple, str]] = field(default_factory=list)


def merge(existing: Iterable[Triple], new: Iterable[Triple]) -> Merged:
    """Add ``new`` triples, except those that contradict a single value that is there.

    A name that the thing has is not given again as a name of another sort, and a second label in
    a language becomes an alternative one.
    """
    merged = Merged(set(existing))
    values: dict[tuple[NamedNode, NamedNode, str], list[str]] = {}
    for triple in merged.triples:
        key = _single_key(triple)
        if key is not None:
            values.setdefault(key, []).append(_text(triple))
    names = {(t.subject, t.object) for t in merged.triples if t.predicate in _NAMES}
    for triple in sorted(set(new) - merged.triples, key=str):
        if triple.predicate in _NAMES and (triple.subject, triple.object) in names:
            continue
        key = _single_key(triple)
        if triple.predicate == LABEL and key in values:
            # The thing has its label in this language; this is one more name.
            triple, key = Triple(triple.subject, ALT_LABEL, triple.object), None
        if key is not None and key in values:
            if triple.predicate == TITLE:
                # Sheets word the title of one document in several ways; the first stays.
                continue
            merged.refused.append((triple, ", ".join(sorted(values[key]))))
            continue
        if key is not None:
            values[key] = [_text(triple)]
        merged.triples.add(triple)
        merged.added += 1
    return merged


def merge_file(
    path: Path,
    new: Collection[Triple],
    prefixes: Prefixes,
    report: Report,
    base: str | None = None,
    header: str = "",
) -> int:
    """Merge triples into a file, report the differences, and return how many were added.

    A file that gains nothing is not written. ``header`` is the comment of a new file; one that is
    there keeps its own.
    """
    text = read_text(path) if path.exists() else ""
    graph = NamedNode(base or "urn:x-file")
    existing = [q.triple for q in parse(text, graph, base, str(path))] if text else []
    merged = merge(existing, new)
    for triple, found in merged.refused:
        report.add(_difference(path, text, triple, found))
    if merged.added:
        top = "\n".join(comments(text)) if text else header
        write_file(path, write(merged.triples, prefixes, base, top))
    return merged.added


def _difference(path: Path, text: str, triple: Triple, found: str) -> Finding:
    subject = triple.subject
    assert isinstance(subject, NamedNode)
    return Finding(
        str(path),
        locate(text, subject, triple.predicate),
        "import-difference",
        f"the sheet says {_text(triple)}, the file says {found}",
        "Correct the file if the sheet is right; otherwise correct the sheet.",
        Severity.WARNING,
        subject=subject.value,
    )


def _single_key(triple: Triple) -> tuple[NamedNode, NamedNode, str] | None:
    if not isinstance(triple.subject, NamedNode):
        return None
    if triple.predicate == LABEL:
        language = triple.object.language if isinstance(triple.object, Literal) else None
        return triple.subject, triple.predicate, language or ""
    if triple.predicate in _SINGLE:
        return triple.subject, triple.predicate, ""
    return None


def _text(triple: Triple) -> str:
    """Return the object as a person reads it: the text of a literal, the end of an IRI."""
    term = triple.object
    return term.value if isinstance(term, Literal) else str(term).strip("<>").rsplit("/", 1)[-1]
