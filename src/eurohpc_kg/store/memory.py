"""Which store was right last time: the listing of the input files, kept beside its fingerprint.

As long as every file and folder of the listing is as it was, no input file needs reading. That is
a stat for each: half the time of listing them anew.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import zlib
from pathlib import Path

from eurohpc_kg.repository import Repository, cache_directory
from eurohpc_kg.store.inputs import Entry, is_unchanged, versions

_CHECKSUM = 4  # bytes


def recall(repository: Repository) -> Path | None:
    """Return the folder of the store that holds for the input files as they lie there."""
    cache = cache_directory()
    try:
        kept = _note(cache, repository).read_bytes()
    except OSError:
        return None
    if kept[:_CHECKSUM] != _checksum(kept[_CHECKSUM:]):
        return None
    try:
        made_by, root, name, entries = marshal.loads(kept[_CHECKSUM:])
    except ValueError:  # written by another version of Python
        return None
    path = stores(cache) / name
    holds = made_by == versions() and root == str(repository.root) and is_unchanged(entries)
    return path if holds and path.is_dir() else None


def remember(repository: Repository, cache: Path, entries: list[Entry], name: str) -> None:
    """Keep ``entries``, a `listing`, as what the store ``name`` was made of."""
    kept = marshal.dumps((versions(), str(repository.root), name, entries))
    note = _note(cache, repository)
    part = note.with_name(f".{note.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # it only saves time
        note.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(_checksum(kept) + kept)
        part.replace(note)


def stores(cache: Path) -> Path:
    """Return the folder that holds one folder a store."""
    return cache / "stores"


def _note(cache: Path, repository: Repository) -> Path:
    root = str(repository.root)
    return cache / "inputs" / f"{zlib.crc32(root.encode('utf-8', 'surrogateescape')):08x}"


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")
