"""Property paths: what they are, and how they are written.

``str(path)`` is SPARQL again.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.records import dataclass


@dataclass(frozen=True)
class Link:
    """Hold one property, followed forwards."""

    name: ox.NamedNode

    def __str__(self) -> str:
        return str(self.name)


@dataclass(frozen=True)
class Inverse:
    """Hold ``^path``."""

    path: Path

    def __str__(self) -> str:
        return f"^({self.path})"


@dataclass(frozen=True)
class Sequence:
    """Hold ``path/path``."""

    paths: tuple[Path, ...]

    def __str__(self) -> str:
        return "(" + "/".join(map(str, self.paths)) + ")"


@dataclass(frozen=True)
class Choice:
    """Hold ``path|path``."""

    paths: tuple[Path, ...]

    def __str__(self) -> str:
        return "(" + "|".join(map(str, self.paths)) + ")"


@dataclass(frozen=True)
class Repeat:
    """Hold ``path*``, ``path+`` or ``path?``, by its ``mark``."""

    path: Path
    mark: str

    def __str__(self) -> str:
        return f"({self.path}){self.mark}"


@dataclass(frozen=True)
class Negated:
    """Hold ``!(a|^b)``: any property but these forwards, but those backwards.

    ``backwards`` is ``None`` where no ``^`` stands in it: then nothing is followed backwards; and
    the same of ``forwards``.
    """

    forwards: frozenset[ox.NamedNode] | None
    backwards: frozenset[ox.NamedNode] | None

    def __str__(self) -> str:
        names = [str(name) for name in sorted(self.forwards or (), key=str)]
        names += [f"^{name}" for name in sorted(self.backwards or (), key=str)]
        return "!(" + "|".join(names) + ")"


Path = Link | Inverse | Sequence | Choice | Repeat | Negated


def is_nullable(path: Path) -> bool:
    """Tell whether a path may have no length: whether it leads from a node to itself."""
    if isinstance(path, Inverse):
        return is_nullable(path.path)
    if isinstance(path, Sequence):
        return all(map(is_nullable, path.paths))
    if isinstance(path, Choice):
        return any(map(is_nullable, path.paths))
    return isinstance(path, Repeat) and (path.mark in "*?" or is_nullable(path.path))
