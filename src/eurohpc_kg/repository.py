"""Where the content is: in a checkout, in an installed wheel, or in a folder named by the caller.

This module alone knows the difference. Everything else asks a `Repository` for its rooms.
"""

from __future__ import annotations

import os
from pathlib import Path

from eurohpc_kg.errors import PlacementError, UsageError
from eurohpc_kg.records import dataclass

ROOMS = ("ontology", "data", "shapes", "queries")


@dataclass(frozen=True)
class Repository:
    """Name the folders of one copy of the content; ``root`` holds `ROOMS`."""

    root: Path

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
                place=str(self.root),
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
        root = Path(named)
        missing = [room for room in ROOMS if not (root / room).is_dir()]
        if missing:
            raise PlacementError(
                f"the folder has no {', '.join(missing)}",
                place=f"EUROHPC_KG_ROOT={named}",
                remedy="Name the top folder of a checkout, or unset the variable.",
            )
        return Repository(root)
    here = (start or Path.cwd()).resolve()
    package = Path(__file__).resolve().parent
    for root in (*_with_parents(here), package / "content", package.parent.parent):
        if _is_root(root):
            return Repository(root)
    raise PlacementError(
        "no ontology and data found here or in the package",
        place=str(here),
        remedy="Run inside a checkout, or install the package again.",
    )


def cache_directory() -> Path:
    """Return the folder for built stores: ``$EUROHPC_KG_CACHE``, else the user's cache folder."""
    named = os.environ.get("EUROHPC_KG_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "eurohpc-kg"


def _with_parents(path: Path) -> tuple[Path, ...]:
    return (path, *path.parents)


def _is_root(path: Path) -> bool:
    if not (path / "ontology" / "prefixes.ttl").is_file():
        return False
    return all((path / room).is_dir() for room in ROOMS)
