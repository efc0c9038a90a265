"""Versions of the content: each a `Repository` in a folder of the cache, named by what is in it.

A version is whole files of the four rooms, so all that takes a repository takes a version: the
store, the checks, explanations. Two days between which nothing changed are one version and share
one store; a version in which nothing is left out is the repository itself. How a version was found
is noted beside it, with a listing of the files that it came from, so that the next look costs no
more than a stat of each.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from eurohpc_kg.amounts import amount
from eurohpc_kg.errors import InputError, StoreError
from eurohpc_kg.history.days import read_day
from eurohpc_kg.history.lens import SOURCES, Lens
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import ROOMS, Repository, cache_directory
from eurohpc_kg.store.folders import made_beside, sweep
from eurohpc_kg.store.inputs import NAME, is_unchanged, listing, versions
from eurohpc_kg.store.notes import read_note, write_note

SUFFIXES = (".ttl", ".rq", ".csv", ".json")
KEPT = 12  # versions
UNUSED = 86_400  # seconds after which a version above KEPT is removed
_NOTES = "notes"


@dataclass(frozen=True)
class Version:
    """Hold the content as seen from a day: ``documents`` of ``all_documents`` are in it."""

    repository: Repository
    lens: Lens
    documents: int
    all_documents: int

    def __str__(self) -> str:
        return f"{self.lens}: {self.documents:,} of {amount(self.all_documents, 'document')}"


def version(repository: Repository, as_of: str | None = None, on: str | None = None) -> Version:
    """Return the content as it was known on one day (``as_of``), and as it held on one (``on``).

    Days are written ``2025-03-31``, ``2025-03`` or ``2025``; a month or year stands for its last
    day. Raises `UsageError` for what is no date, and `InputError` where no document was published
    by then.
    """
    lens = Lens(read_day(as_of, "as-of") if as_of else "", read_day(on, "on") if on else "")
    if not str(lens):
        return Version(repository, lens, 0, 0)
    note = _folder() / _NOTES / _key(str(repository.root), versions(), str(lens), *_code())
    kept = _recall(note)
    if kept is not None:
        return Version(Repository(kept[0]), lens, kept[1], kept[2])
    known = listing(repository)
    files = read_files(repository)
    seen = lens.view(files, repository)
    before, after = _documents(files), _documents(seen)
    if before and not after:
        raise InputError(
            f"no document was published by {lens.as_of}",
            place=str(repository.root),
            remedy="Give a later day; eurohpc-kg sources lists the documents with their dates.",
        )
    root = repository.root if seen == files else store_files(seen).root
    write_note(note, (str(root), after, before, known))
    return Version(Repository(root), lens, after, before)


def read_files(repository: Repository) -> dict[str, bytes]:
    """Return the files of the rooms that hold content, by path relative to the root."""
    found: dict[str, bytes] = {}
    for room in ROOMS:
        for folder, folders, names in os.walk(repository.root / room):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in names:
                if name.endswith(SUFFIXES) and not name.startswith("."):
                    path = Path(folder) / name
                    found[path.relative_to(repository.root).as_posix()] = path.read_bytes()
    return dict(sorted(found.items()))


def store_files(files: Mapping[str, bytes]) -> Repository:
    """Return the repository in the cache that holds exactly these files; write it if need be.

    Raises `StoreError` where the cache can't be written.
    """
    path = _folder() / _key(*(part for item in sorted(files.items()) for part in item))
    if path.is_dir():
        with contextlib.suppress(OSError):
            os.utime(path)
        return Repository(path)
    try:
        with made_beside(path) as part:
            for room in ROOMS:
                (part / room).mkdir(exist_ok=True)
            for name, data in files.items():
                target = part / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    except OSError as error:
        raise StoreError(
            f"the version can't be written: {error.strerror}",
            place=str(path),
            remedy="Set EUROHPC_KG_CACHE to a folder that can be written and has room.",
        ) from error
    sweep(path, KEPT, UNUSED, but=_NOTES)
    return Repository(path)


def _recall(note: Path) -> tuple[Path, int, int] | None:
    """Return the root of a version and its documents, where the note still holds."""
    kept = read_note(note)
    if kept is None:
        return None
    root, after, before, entries = kept
    path = Path(root)
    if not (path / ROOMS[0]).is_dir() or not is_unchanged(entries):
        return None
    if path.parent == _folder():
        with contextlib.suppress(OSError):
            os.utime(path)
    return path, after, before


def _documents(files: Mapping[str, bytes]) -> int:
    return sum(path.startswith(SOURCES) and path.endswith(".ttl") for path in files)


def _code() -> list[bytes]:
    """Return the code that decides what is in a version."""
    here = Path(__file__).parent
    names = ("days.py", "knowledge.py", "lens.py", "register.py", "validity.py")
    return [(here / name).read_bytes() for name in names]


def _folder() -> Path:
    return cache_directory() / "versions"


def _key(*parts: str | bytes) -> str:
    """Return a name for these parts; their lengths keep them apart."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(f"{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:NAME]
