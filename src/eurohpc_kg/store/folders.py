"""Folders of the cache: each there whole or not at all, and those that nobody uses removed."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def made_beside(path: Path) -> Iterator[Path]:
    """Give an empty folder to write into; it takes the place of ``path`` with the block's end.

    Where another process was as quick, its folder stays and this one goes: they hold the same.
    Raises `OSError` where the folder can't be made.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        shutil.rmtree(part, ignore_errors=True)  # of a killed process that had this number
        part.mkdir(parents=True)
        yield part
        if not path.is_dir():
            try:
                part.rename(path)
            except OSError:
                if not path.is_dir():
                    raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def sweep(current: Path, kept: int, unused: float, but: str = "") -> None:
    """Remove the folders beside one that nobody used for ``unused`` seconds.

    The ``kept`` used last stay, ``current`` among them, and the one whose name is ``but``. What a
    killed process left half made is none of these.
    """
    found = [
        (entry.stat().st_mtime, entry)
        for entry in current.parent.iterdir()
        if entry.is_dir() and entry != current and entry.name != but
    ]
    whole = sorted((one for one in found if not one[1].name.startswith(".")), reverse=True)
    halves = [one for one in found if one[1].name.startswith(".")]
    for used, entry in (*whole[max(kept - 1, 0) :], *halves):
        if time.time() - used > unused:
            shutil.rmtree(entry, ignore_errors=True)
