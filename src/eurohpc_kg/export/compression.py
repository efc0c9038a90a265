"""Compression by name or by a file's ending: gzip and Zstandard, the same bytes each time."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from eurohpc_kg.export.optional import require

ENDINGS = {"gzip": ".gz", "zstd": ".zst"}
_LEVELS = {"gzip": 6, "zstd": 9}


def split_ending(name: str) -> tuple[str, str]:
    """Return a name without the ending of a compression, and the compression.

    >>> split_ending("nq.gz"), split_ending("nq")
    (('nq', 'gzip'), ('nq', ''))
    """
    for compression, ending in ENDINGS.items():
        if name.endswith(ending):
            return name.removesuffix(ending), compression
    return name, ""


@contextmanager
def compressed(file: object, compression: str) -> Iterator[IO[bytes]]:
    """Give a file that compresses what is written to it into ``file``; "" leaves it as it is."""
    raw = cast(IO[bytes], file)
    if not compression:
        yield raw
    elif compression == "gzip":
        # Neither name nor time, so that the same content gives the same bytes.
        with gzip.GzipFile("", "wb", _LEVELS[compression], raw, mtime=0) as zipped:
            yield cast(IO[bytes], zipped)
    else:
        zstandard = require("zstandard", "the compression zstd")
        packer = zstandard.ZstdCompressor(level=_LEVELS[compression], write_checksum=True)
        with packer.stream_writer(raw, closefd=False) as zipped:
            yield cast(IO[bytes], zipped)
