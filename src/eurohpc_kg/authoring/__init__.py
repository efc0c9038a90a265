"""Begin a file by hand: the right room, the right name, the right header, and what is left to do.

One module a kind of file. Each returns a `Begun`; none writes over what is there.
"""

from __future__ import annotations

from eurohpc_kg.authoring.correction import new_correction
from eurohpc_kg.authoring.files import Begun
from eurohpc_kg.authoring.question import new_question
from eurohpc_kg.authoring.shape import new_shape
from eurohpc_kg.authoring.source import new_source
from eurohpc_kg.authoring.thing import new_thing

__all__ = ["Begun", "new_correction", "new_question", "new_shape", "new_source", "new_thing"]
