"""The content seen from another day: files without what was not known, or did not hold yet.

`Lens.view` maps the files of a repository (path -> bytes) to those of the same repository as it
would have been: ``as_of`` leaves out documents, corrections and things, ``on`` leaves out records.
Files that nothing is left out of keep their bytes. The ontology, shapes and queries are those of
now; only how many of each class there should be is not asked of the past.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Quad

from eurohpc_kg.history.knowledge import (
    known_corrections,
    known_from,
    known_from_quads,
    value,
)
from eurohpc_kg.history.register import REGISTER, known_entries
from eurohpc_kg.history.validity import (
    corrected_dates,
    has_later_date,
    later_records,
    later_words,
)
from eurohpc_kg.names import SOURCE, read_prefixes, readable_slug
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import content_file, parse_content
from eurohpc_kg.turtle import write
from eurohpc_kg.turtle.read import decode

SOURCES, CORRECTIONS, SIZES = "data/sources/", "data/corrections/", "shapes/sizes.csv"

_SUBJECT = re.compile(r"^(?:[\w-]*:|<[^>\s]*/)([\w.-]+)>? a ", re.MULTILINE)

Files = dict[str, bytes]


@dataclass(frozen=True)
class Lens:
    """Name the two days, each as ``YYYY-MM-DD``, or empty for all that is known, or any day."""

    as_of: str = ""
    on: str = ""

    def __str__(self) -> str:
        parts = (f"as of {self.as_of}" if self.as_of else "", f"on {self.on}" if self.on else "")
        return ", ".join(part for part in parts if part)

    def view(self, files: Mapping[str, bytes], repository: Repository) -> Files:
        """Return the files as this lens shows them; ``repository`` says which graph is whose.

        Raises what parsing raises, for a file that must be changed and can't be read.
        """
        seen = dict(files)
        if self.as_of:
            for path in _documents(files):
                day = known_from(_text(path, files[path])) or known_from_quads(
                    _parse(path, files[path], repository), SOURCE + _slug(path)
                )
                if not "" < day <= self.as_of:
                    del seen[path]
            _cut_register(seen, files)
        corrections = self._corrections(seen, repository)
        if self.on:
            self._leave_out_later(seen, repository, corrections)
        if seen != files and SIZES in seen:
            seen[SIZES] = _without_least(_text(SIZES, seen[SIZES])).encode()
        return seen

    def _corrections(self, seen: Files, repository: Repository) -> list[Quad]:
        """Cut the files of corrections to what was known; return what they still say."""
        paths = [path for path in seen if path.startswith(CORRECTIONS) and path.endswith(".ttl")]
        if not paths:
            return []
        documents = _documents(seen)
        stated = {name for path in documents for name in _SUBJECT.findall(_text(path, seen[path]))}
        published = {SOURCE + _slug(path) for path in documents}

        def is_known(iri: str) -> bool:
            return iri in published or readable_slug(iri) in stated

        kept: list[Quad] = []
        for path in paths:
            quads = _parse(path, seen[path], repository)
            known = known_corrections(quads, self.as_of, is_known)
            _replace(seen, path, quads, known, repository)
            kept += known
        return kept

    def _leave_out_later(
        self, seen: Files, repository: Repository, corrections: list[Quad]
    ) -> None:
        texts = {path: _text(path, seen[path]) for path in _documents(seen)}
        parsed = {
            path: _parse(path, seen[path], repository)
            for path, text in texts.items()
            if has_later_date(text, self.on)
        }
        later = (quad for quads in parsed.values() for quad in quads)
        words = later_words(later, corrections, self.on)
        for path, text in texts.items():
            if path not in parsed and any(word in text for word in words):
                parsed[path] = _parse(path, seen[path], repository)
        redated = corrected_dates(corrections)
        gone: set[str] = set()
        for path, quads in parsed.items():
            out = later_records(quads, self.on, redated, words)
            _replace(
                seen, path, quads, [q for q in quads if value(q.subject) not in out], repository
            )
            gone |= out
        if gone and corrections:
            for path in [path for path in seen if path.startswith(CORRECTIONS)]:
                quads = _parse(path, seen[path], repository)
                kept = known_corrections(quads, "", lambda iri: iri not in gone)
                _replace(seen, path, quads, kept, repository)


def _cut_register(seen: Files, files: Mapping[str, bytes]) -> None:
    """Leave out of the register what only documents speak of that are not there any more."""
    later = [_text(path, files[path]) for path in _documents(files) if path not in seen]
    register = {path: _text(path, seen[path]) for path in seen if path.startswith(REGISTER)}
    if not later:
        return
    speaking = (
        _text(path, data)
        for path, data in seen.items()
        if path.endswith(".ttl") and path.startswith((SOURCES, "ontology/", "shapes/"))
    )
    for path, text in known_entries(register, speaking, later).items():
        if not text:
            del seen[path]
        elif text != register[path]:
            seen[path] = text.encode()


def _documents(files: Mapping[str, bytes]) -> list[str]:
    return [path for path in files if path.startswith(SOURCES) and path.endswith(".ttl")]


def _slug(path: str) -> str:
    return path.removeprefix(SOURCES).removesuffix(".ttl")


def _text(path: str, data: bytes) -> str:
    return decode(data, path)


def _parse(path: str, data: bytes, repository: Repository) -> list[Quad]:
    file = content_file(repository, repository.root / Path(path))
    return parse_content(_text(path, data), file, path)


def _replace(
    seen: Files, path: str, quads: list[Quad], kept: list[Quad], repository: Repository
) -> None:
    """Put what is kept of a file in its place; a file of corrections may go altogether."""
    if len(kept) == len(quads):
        return
    base = SOURCE + _slug(path) if path.startswith(SOURCES) else None
    if kept:
        seen[path] = write(kept, read_prefixes(repository), base).encode()
    else:
        del seen[path]


def _without_least(table: str) -> str:
    """Return the table of sizes with no least number."""
    rows = list(csv.reader(table.splitlines()))
    if not rows or "least" not in rows[0]:
        return table
    column = rows[0].index("least")
    for row in rows[1:]:
        if column < len(row):
            row[column] = "0"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
