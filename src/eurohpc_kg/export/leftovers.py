"""What an export writes before it is in place, and what one that was killed has left of that.

Whatever is being written is locked. The lock ends with the process that holds it, however that
ends: what nobody holds any more is left over, and the next export to the same place removes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

_YOUNG = 60  # seconds in which something new may not be locked yet


def partial(target: Path) -> str:
    """Return how the names begin of what will become ``target``."""
    return f".{target.name}."


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Lock a file or folder that is being written, where the system has such locks."""
    handle = _locked(path)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def sweep(target: Path) -> None:
    """Remove what exports to ``target`` that did not come to their end have left beside it."""
    # What was moved out of the way (.old) is the only copy until something stands in its place.
    endings = (".part", ".old") if target.exists() else (".part",)
    with contextlib.suppress(OSError):
        for path in sorted(target.parent.iterdir()):
            is_ours = path.name.startswith(partial(target)) and path.suffix in endings
            if is_ours and time.time() - path.lstat().st_mtime > _YOUNG:
                _remove(path)


def _remove(path: Path) -> None:
    handle = _locked(path)
    if handle is None:  # somebody writes it, or it can't be told
        return
    try:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _locked(path: Path) -> int | None:
    """Return a handle that locks a path, or nothing where another has it or there are no locks."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    handle = None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if handle is not None:
            os.close(handle)
        return None
    return handle
