"""A free sentence to a saved question and its parameters, or the nearest questions.

`words` cuts a sentence, `understanding` finds the question that is meant (`understood`),
`correcting` sets slips of typing right where none was found, `refusing` says what could be asked
instead.
"""

from __future__ import annotations

from eurohpc_kg.sentences.refusing import command_of
from eurohpc_kg.sentences.understanding import understand
from eurohpc_kg.sentences.understood import Understood, Value

__all__ = ["Understood", "Value", "command_of", "understand"]
