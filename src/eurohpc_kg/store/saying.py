"""Whoever hears what takes long."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], object]


def nobody(text: str) -> None:
    """Hear nothing."""
