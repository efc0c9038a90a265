"""Answers: `answer` (in `asking`) asks a store, `Results` holds rows and gives them every form.

`tables` lays text out for people, `wire` writes the SPARQL 1.1 formats for programs.
"""

from __future__ import annotations

from eurohpc_kg.results.answer import Results, short_sources
from eurohpc_kg.results.asking import answer
from eurohpc_kg.results.wire import Cell, plain, python_value

__all__ = ["Cell", "Results", "answer", "plain", "python_value", "short_sources"]
