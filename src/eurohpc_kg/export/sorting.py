"""Sorting more lines than fit in memory: sorted runs on disk, merged as they are read.

Memory does not grow with what is sorted, only with `RUN`.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

RUN = 200_000  # lines held at once
_BATCH = 10_000  # lines written at once


def sort_lines(chunks: Iterable[bytes], folder: Path, run: int = RUN) -> Iterator[bytes]:
    """Give the lines of ``chunks`` (each of whole lines) in the order of their bytes.

    ``folder`` is where runs are kept when there is more than one. Lines keep their ends.
    """
    with ExitStack() as stack:
        files: list[IO[bytes]] = []
        held: list[bytes] = []
        for chunk in chunks:
            held += chunk.splitlines(keepends=True)
            if len(held) >= run:
                held.sort()
                files.append(_keep(held, stack, folder))
                held = []
        held.sort()
        if files:
            yield from heapq.merge(*files, held)
        else:
            yield from held


def batches(lines: Iterable[bytes], size: int = _BATCH) -> Iterator[bytes]:
    """Join lines to pieces worth a call each."""
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if len(held) >= size:
            yield b"".join(held)
            held.clear()
    if held:
        yield b"".join(held)


def _keep(lines: list[bytes], stack: ExitStack, folder: Path) -> IO[bytes]:
    file = stack.enter_context(tempfile.TemporaryFile(dir=folder))  # noqa: SIM115
    for piece in batches(lines):
        file.write(piece)
    file.seek(0)
    return file
