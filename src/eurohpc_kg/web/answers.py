"""The answer of a question as a file: CSV, JSON, Parquet, or the query itself."""

from __future__ import annotations

import io
from collections.abc import Mapping

from eurohpc_kg.errors import MissingDependencyError
from eurohpc_kg.render import render
from eurohpc_kg.results import Results
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.faults import Fault, Refused
from eurohpc_kg.web.pages.questions import answer, given_values

ANSWERS = ("csv", "json", "parquet", "rq")


def answer_data(
    build: Build, slug: str, suffix: str, values: Mapping[str, list[str]]
) -> bytes | None:
    """Return the answer of a question in the form of a suffix; ``None`` for no question."""
    question = build.questions.get(slug)
    if question is None:
        return None
    if suffix == "rq":
        return question.text.encode()
    results = answer(build, question, given_values(question, values))
    return _parquet(results) if suffix == "parquet" else render(results, suffix).encode()


def _parquet(results: Results) -> bytes:
    """Write Parquet; names and texts as texts, numbers as numbers."""
    target = io.BytesIO()
    try:
        results.to_polars().write_parquet(target)
    except MissingDependencyError as error:
        raise Refused(
            Fault(406, "This server can't write Parquet.", "Take CSV or JSON instead.")
        ) from error
    return target.getvalue()
