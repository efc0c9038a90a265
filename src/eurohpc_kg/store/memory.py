"""Which store was right last time: the listing of the input files, kept beside its fingerprint.

As long as the listing is the same no input file needs reading. The listing itself is compared,
not a hash of it: it is short, and no hash means one import less before an answer.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path

from eurohpc_kg.repository import Repository, cache_directory
from eurohpc_kg.store.inputs import listing


def recall(repository: Repository) -> Path | None:
    """Return the folder of the store that holds for the input files as they lie there."""
    cache = cache_directory()
    try:
        kept = _note(cache, repository).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    name, _, known = kept.partition("\n")
    path = stores(cache) / name
    if known != listing(repository) or not name or not path.is_dir():
        return None
    return path


def remember(repository: Repository, cache: Path, known: str, name: str) -> None:
    """Keep ``known``, a `listing`, as what the store ``name`` was made of."""
    note = _note(cache, repository)
    part = note.with_name(f".{note.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # it only saves time
        note.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(f"{name}\n{known}", encoding="utf-8")
        part.replace(note)


def stores(cache: Path) -> Path:
    """Return the folder that holds one folder a store."""
    return cache / "stores"


def _note(cache: Path, repository: Repository) -> Path:
    root = str(repository.root)
    return cache / "inputs" / f"{zlib.crc32(root.encode('utf-8', 'surrogateescape')):08x}"
