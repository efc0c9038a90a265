"""Saved questions: files of ``queries/questions`` with a header, parameters and columns.

`header` reads the decorators on top, `parameters` what may be given and what holds otherwise;
`saved` makes a `Question` of the file and binds values, `sib` says the same as quads.
"""

from __future__ import annotations

from eurohpc_kg.questions.parameters import Parameter
from eurohpc_kg.questions.saved import (
    GROUPS,
    Question,
    all_questions,
    by_group,
    federated_questions,
    find_question,
    path_of,
    read_question,
)

__all__ = [
    "GROUPS",
    "Parameter",
    "Question",
    "all_questions",
    "by_group",
    "federated_questions",
    "find_question",
    "path_of",
    "read_question",
]
