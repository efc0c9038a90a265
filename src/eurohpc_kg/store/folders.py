"""A folder of the cache that is there whole or not at all, however many processes make it."""

from __future__ import annotations

import os
import shutil
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
