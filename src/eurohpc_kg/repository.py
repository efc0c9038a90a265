"""Where the content is: in a checkout, in an installed wheel, or in a folder named by the caller.

This module alone knows the difference. Everything else asks a `Repository` for its rooms. It keeps
paths as text, and `pathlib` is imported when a room is asked for: on the way to an answer none is.
"""

from __future__ import annotations

import os

from eurohpc_kg.errors import PlacementError, UsageError
from eurohpc_kg.records import cached_property

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from pathlib import Path

ROOMS = ("ontology", "data", "shapes", "queries")


class Repository:
    """Name the folders of one copy of the content; ``root`` holds `ROOMS`, ``top`` is its path."""

    def __init__(self, root: str | Path) -> None:
        self.top = os.fspath(root)

    def __repr__(self) -> str:
        return f"Repository({self.top!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Repository) and self.top == other.top

    def __hash__(self) -> int:
        return hash(self.top)

    @cached_property
    def root(self) -> Path:
        from pathlib import Path

        return Path(self.top)

    @property
    def ontology(self) -> Path:
        return self.root / "ontology"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def register(self) -> Path:
        return self.root / "data" / "register"

    @property
    def sources(self) -> Path:
        return self.root / "data" / "sources"

    @property
    def corrections(self) -> Path:
        return self.root / "data" / "corrections"

    @property
    def shapes(self) -> Path:
        return self.root / "shapes"

    @property
    def questions(self) -> Path:
        return self.root / "queries" / "questions"

    @property
    def federation(self) -> Path:
        return self.root / "queries" / "federation"

    @property
    def checks(self) -> Path:
        return self.root / "queries" / "checks"

    @property
    def views(self) -> Path:
        return self.root / "queries" / "views"

    @property
    def is_checkout(self) -> bool:
        """Tell whether the content may be edited here (a wheel's content may not)."""
        return (self.root / "pyproject.toml").is_file()

    def require_checkout(self, remedy: str = "Run inside a checkout.") -> None:
        """Raise `UsageError` where the content may not be edited."""
        if not self.is_checkout:
            raise UsageError(
                "the content of an installed package is not edited in place",
                place=self.top,
                remedy=remedy,
            )

    def relative(self, path: Path) -> str:
        """Return ``path`` as findings show it: relative to the root, with forward slashes."""
        try:
            if path.is_relative_to(self.root) and ".." not in path.parts:
                return path.relative_to(self.root).as_posix()
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def find_repository(start: Path | None = None) -> Repository:
    """Find the content: ``$EUROHPC_KG_ROOT``, a checkout around ``start``, or the package's own.

    ``start`` is the working directory when not given. Raises `PlacementError` when
    ``$EUROHPC_KG_ROOT`` names a folder that lacks one of `ROOMS`, or when nothing is found.
    """
    named = os.environ.get("EUROHPC_KG_ROOT")
    if named:
        missing = [room for room in ROOMS if not os.path.isdir(os.path.join(named, room))]
        if missing:
            raise PlacementError(
                f"the folder has no {', '.join(missing)}",
                place=f"EUROHPC_KG_ROOT={named}",
                remedy="Name the top folder of a checkout, or unset the variable.",
            )
        return Repository(named)
    here = os.path.realpath(start or os.getcwd())
    package = os.path.dirname(os.path.realpath(__file__))
    checkout = os.path.dirname(os.path.dirname(package))
    for root in (*_with_parents(here), os.path.join(package, "content"), checkout):
        if _is_root(root):
            return Repository(root)
    raise PlacementError(
        "no ontology and data found here or in the package",
        place=here,
        remedy="Run inside a checkout, or install the package again.",
    )


def cache_directory() -> Path:
    """Return the folder for built stores: ``$EUROHPC_KG_CACHE``, else the user's cache folder."""
    from pathlib import Path

    return Path(cache_path())


def cache_path() -> str:
    """Return the path of `cache_directory`."""
    named = os.environ.get("EUROHPC_KG_CACHE")
    if named:
        return named
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "eurohpc-kg")


def _with_parents(path: str) -> list[str]:
    found = [path]
    while (above := os.path.dirname(path)) != path:
        found.append(path := above)
    return found


def _is_root(path: str) -> bool:
    if not os.path.isfile(os.path.join(path, "ontology", "prefixes.ttl")):
        return False
    return all(os.path.isdir(os.path.join(path, room)) for room in ROOMS)
