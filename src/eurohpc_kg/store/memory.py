"""Which store was right last time: the listing of the input files, kept beside its fingerprint.

As long as every file and folder of the listing is as it was, no input file needs reading. That is
a stat for each: half the time of listing them anew.
"""

from __future__ import annotations

import os
import zlib

from eurohpc_kg.repository import Repository, cache_path
from eurohpc_kg.store.inputs import Entry, is_unchanged, versions
from eurohpc_kg.store.notes import read_note, write_note

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from pathlib import Path

_STORES = "stores"


def recall(repository: Repository) -> Path | None:
    """Return the folder of the store that holds for the input files as they lie there."""
    from pathlib import Path

    path = recall_path(repository)
    return Path(path) if path else None


def recall_path(repository: Repository) -> str:
    """Return the path of the same folder, or an empty text."""
    cache = cache_path()
    kept = read_note(_note(cache, repository))
    if kept is None:
        return ""
    made_by, root, name, entries = kept
    path = os.path.join(cache, _STORES, name)
    holds = made_by == versions() and root == repository.top and is_unchanged(entries)
    return path if holds and os.path.isdir(path) else ""


def remember(repository: Repository, cache: Path, entries: list[Entry], name: str) -> None:
    """Keep ``entries``, a `listing`, as what the store ``name`` was made of."""
    from pathlib import Path

    note = Path(_note(str(cache), repository))
    write_note(note, (versions(), repository.top, name, entries))


def stores(cache: Path) -> Path:
    """Return the folder that holds one folder a store."""
    return cache / _STORES


def _note(cache: str, repository: Repository) -> str:
    name = f"{zlib.crc32(os.fsencode(repository.top)):08x}"
    return os.path.join(cache, "inputs", name)
