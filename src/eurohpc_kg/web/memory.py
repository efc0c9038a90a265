"""What was made once and may be needed again, up to so many bytes: the latest used stay.

Replies, answers and packed bodies are kept in it, each kind in one of its own, so that no reader
can fill the memory of a server by asking for ever new things.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_EACH = 500  # bytes that an entry takes besides what it holds
_SHARE = 4  # nothing is kept that would take more than this part of the room


class Memory(Generic[K, V]):
    """Keep values by key; ``weigh`` tells the bytes of both. It may be used by several threads.

    >>> kept = Memory[str, bytes](2_400, lambda key, value: len(value))
    >>> for name in "abcde":
    ...     kept.keep(name, b"x")
    >>> [kept.get(name) for name in "abe"]
    [None, b'x', b'x']
    """

    def __init__(self, room: int, weigh: Callable[[K, V], int]) -> None:
        self._room = room
        self._weigh = weigh
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return what is kept for a key, and count it as used."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: K, value: V) -> None:
        """Keep a value; those not used for longest make room for it."""
        size = self._weigh(key, value) + _EACH
        if size > self._room // _SHARE:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = (value, size)
            self._size += size
            while self._size > self._room:
                _, (_, gone) = self._kept.popitem(last=False)
                self._size -= gone
