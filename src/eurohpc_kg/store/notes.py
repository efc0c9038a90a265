"""Notes: small files that only save time, so that one which is not whole is as good as none.

A note is a value as `marshal` writes it, which needs no import that takes long, with a checksum in
front. Another version of Python may not read it.
"""

from __future__ import annotations

import marshal
import os
import zlib

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

_CHECKSUM = 4  # bytes
_VERSION = 4  # of the form: every Python that runs this reads it


def read_note(path: str | Path) -> Any:
    """Return the value of a note, or ``None`` where there is none that is whole."""
    try:
        with open(path, "rb") as file:
            kept = file.read()
        data = kept[_CHECKSUM:]
        return marshal.loads(data) if kept[:_CHECKSUM] == _checksum(data) else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def write_note(path: Path, value: Any) -> None:
    """Write a note in the place of another; where that can't be, there is none."""
    import contextlib

    part = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(packed(value))
        part.replace(path)


def packed(value: Any) -> bytes:
    """Return what a file holds that `read_note` reads."""
    data = marshal.dumps(value, _VERSION)
    return _checksum(data) + data


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")
