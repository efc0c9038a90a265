"""What a sentence that is not clear could have asked: the nearest questions, ready to be typed."""

from __future__ import annotations

from eurohpc_kg.errors import UsageError
from eurohpc_kg.names import readable_slug

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Sequence

    from eurohpc_kg.labels import Match
    from eurohpc_kg.sentences.understood import Understood

_SHOWN = 3
# Below this share of words in common two texts are alike by chance.
_LEAST = 0.15


def unclear(sentence: str, scored: Sequence[Understood], named: Sequence[Match]) -> UsageError:
    """Return the error; ``scored`` are all questions, the nearest first, ``named`` what has the
    whole sentence as its name.

    Questions that have a use for what the sentence names come before those that don't.
    """
    near = [found for found in scored if found.score >= _LEAST or _is_apt(found)]
    near = sorted(near, key=lambda found: (not _is_apt(found), not _is_about(found)))[:_SHOWN]
    lines = [f"{command_of(found)} ({found.question.summary})" for found in near]
    remedy = "List the questions with: eurohpc-kg ask"
    if lines:
        remedy = "Nearest are:\n    " + "\n    ".join(lines) + "\n  Ask one of them by its name."
    if named:
        remedy += f"\n  What is known about it: eurohpc-kg show {sentence!r}"
    return UsageError("it is not clear which question is meant", place=sentence, remedy=remedy)


def _is_apt(found: Understood) -> bool:
    """Tell whether a value is of the kind that the question asks for, and not just any thing."""
    return any(found.question.parameters[name].within for name in found.values)


def _is_about(found: Understood) -> bool:
    """Tell whether a question speaks of the kind of thing that a value is: of a country, say."""
    summary = found.question.summary.lower()
    kinds = {found.question.parameters[name].within for name in found.values}
    return any(readable_slug(kind).lower() in summary for kind in kinds if kind)


def command_of(found: Understood) -> str:
    """Return the words after ``eurohpc-kg ask`` that ask a question with these values."""
    values = (f"--{name.replace('_', '-')} {value.name!r}" for name, value in found.values.items())
    return " ".join((found.question.slug, *values))
