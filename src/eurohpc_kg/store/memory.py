"""Which store was right last time: the listing of the input files, kept beside its fingerprint.

As long as every file and folder of the listing is as it was, no input file needs reading. That is
a stat for each: half the time of listing them anew.
"""

from __future__ import annotations

import marshal
import os
import zlib

from eurohpc_kg.repository import Repository, cache_path
from eurohpc_kg.store.inputs import Entry, is_unchanged, versions

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from pathlib import Path

_CHECKSUM = 4  # bytes
_STORES = "stores"


def recall(repository: Repository) -> Path | None:
    """Return the folder of the store that holds for the input files as they lie there."""
    from pathlib import Path

    path = recall_path(repository)
    return Path(path) if path else None


def recall_path(repository: Repository) -> str:
    """Return the path of the same folder, or an empty text."""
    cache = cache_path()
    try:
        with open(_note(cache, repository), "rb") as file:
            kept = file.read()
    except OSError:
        return ""
    if kept[:_CHECKSUM] != _checksum(kept[_CHECKSUM:]):
        return ""
    try:
        made_by, root, name, entries = marshal.loads(kept[_CHECKSUM:])
    except ValueError:  # written by another version of Python
        return ""
    path = os.path.join(cache, _STORES, name)
    holds = made_by == versions() and root == repository.top and is_unchanged(entries)
    return path if holds and os.path.isdir(path) else ""


def remember(repository: Repository, cache: Path, entries: list[Entry], name: str) -> None:
    """Keep ``entries``, a `listing`, as what the store ``name`` was made of."""
    import contextlib
    from pathlib import Path

    kept = marshal.dumps((versions(), repository.top, name, entries))
    note = Path(_note(str(cache), repository))
    part = note.with_name(f".{note.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # it only saves time
        note.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(_checksum(kept) + kept)
        part.replace(note)


def stores(cache: Path) -> Path:
    """Return the folder that holds one folder a store."""
    return cache / _STORES


def _note(cache: str, repository: Repository) -> str:
    name = f"{zlib.crc32(os.fsencode(repository.top)):08x}"
    return os.path.join(cache, "inputs", name)


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")
