"""Answers as DataFrames of the libraries that notebooks use; neither comes with the program.

This module alone imports pandas and polars.
"""

from __future__ import annotations

from eurohpc_kg.errors import MissingDependencyError

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import pandas
    import polars


def pandas_frame(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> pandas.DataFrame:
    """Return a pandas DataFrame; whole numbers stay whole where some rows have none."""
    try:
        import pandas
    except ImportError as error:
        raise _missing("pandas") from error
    frame = pandas.DataFrame(rows, columns=list(columns))
    for name in columns:
        given = [row[name] for row in rows if row[name] is not None]
        if given and len(given) < len(rows) and all(type(value) is int for value in given):
            frame[name] = pandas.array([row[name] for row in rows], dtype="Int64")
    return frame


def polars_frame(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> polars.DataFrame:
    """Return a polars DataFrame."""
    try:
        import polars
    except ImportError as error:
        raise _missing("polars") from error
    return polars.DataFrame({name: [row[name] for row in rows] for name in columns}, strict=False)


def _missing(package: str) -> MissingDependencyError:
    return MissingDependencyError(
        f"{package} is not installed", remedy=f"Install it: pip install 'eurohpc-kg[{package}]'"
    )
