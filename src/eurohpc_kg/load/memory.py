"""The digests of a store, kept beside it: it never changes, and reading all of it takes seconds."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from eurohpc_kg.load.canonical import Digest


def memory_of(folder: Path) -> Path:
    """Return the file for the digests of the store in a folder.

    >>> memory_of(Path("stores/9f")).name
    '9f.digests'
    """
    return folder.parent.parent / "digests" / f"{folder.name}.digests"


def recall_digests(path: Path | None) -> dict[str, Digest]:
    """Return what was kept; nothing where there is no such file, or it is damaged."""
    found: dict[str, Digest] = {}
    if path is None:
        return found
    with contextlib.suppress(OSError, ValueError):
        for line in path.read_text(encoding="utf-8").splitlines():
            name, count, text = line.split("\t")
            found[name] = Digest(int(count), text)
        return found
    return {}


def keep_digests(path: Path | None, digests: Mapping[str, Digest]) -> None:
    """Keep digests for the next time; a cache that can't be written is fine."""
    if path is None:
        return
    text = "".join(f"{name}\t{one.count}\t{one.hash}\n" for name, one in digests.items())
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
