"""A query in a file, or in whatever else gives bytes. Imported where one is given."""

from __future__ import annotations

from typing import IO

from eurohpc_kg.errors import EncodingError, MissingFileError, TooLargeError
from eurohpc_kg.sparql.safety import LARGEST_QUERY

_LARGEST = 4 * LARGEST_QUERY  # bytes


def read_query(name: str) -> str:
    """Return the query in a file; raise `MissingFileError`, and what `query_of` raises."""
    try:
        with open(name, "rb") as file:
            return query_of(file, name)
    except FileNotFoundError:
        raise MissingFileError(name) from None


def query_of(file: IO[bytes], place: str) -> str:
    """Return the query that a file holds; raise `TooLargeError` or `EncodingError`."""
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise TooLargeError(
            "the query is too long",
            place=place,
            remedy=f"Write at most {LARGEST_QUERY:,} characters.",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"byte {error.start} is not UTF-8", place=place, remedy="Save the query as UTF-8."
        ) from error
