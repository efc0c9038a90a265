"""Saved questions: files of ``queries/questions`` with a header, parameters and columns.

`header` reads the decorators on top, `saved` makes a `Question` of the file and binds values,
`sib` says the same as quads.
"""

from __future__ import annotations

from eurohpc_kg.questions.saved import (
    GROUPS,
    Parameter,
    Question,
    all_questions,
    federated_questions,
    find_question,
    kept_questions,
    path_of,
    read_question,
)

__all__ = [
    "GROUPS",
    "Parameter",
    "Question",
    "all_questions",
    "federated_questions",
    "find_question",
    "kept_questions",
    "path_of",
    "read_question",
]
