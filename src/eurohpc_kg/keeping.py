"""What is read once from something that does not change, and kept with it by whoever reads it."""

from __future__ import annotations

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    T = TypeVar("T")


class Keeping:
    """Keep what others make of this object, each once."""

    def kept(self, kind: Callable[[Any], T]) -> T:
        """Return what ``kind`` makes of this object, made once.

        >>> names = Keeping()
        >>> names.kept(id) is names.kept(id)
        True
        """
        made: dict[object, Any] = self.__dict__.setdefault("_kept", {})
        if kind not in made:
            made[kind] = kind(self)
        found: T = made[kind]
        return found
