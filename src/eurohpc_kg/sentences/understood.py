"""What a sentence was taken to mean: a question, and the values that it names."""

from __future__ import annotations

from eurohpc_kg.records import dataclass

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import pyoxigraph as ox

    from eurohpc_kg.questions import Question


@dataclass(frozen=True)
class Value:
    """Hold a value found in a sentence, how it is named there, and which words name it."""

    value: ox.NamedNode | str
    name: str
    words: frozenset[int]


@dataclass(frozen=True)
class Understood:
    """Hold what a sentence was taken to mean."""

    question: Question
    values: dict[str, Value]
    score: float
