"""The house: import order, size of rooms, one home for each library, no machine's paths."""

from __future__ import annotations

import ast
import statistics
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "eurohpc_kg"

# A module imports only what stands above it (docs/architecture.md).
ORDER = [
    "patterns", "records", "keeping", "amounts", "errors", "findings", "repository",
    "namespaces", "names", "statements", "turtle", "sources", "terms", "sparql", "questions",
    "graph", "reason", "store", "labels", "results", "documents",
    "check", "explain", "cite", "render", "sentences", "show", "history", "trust", "api",
    "importing", "authoring", "export", "endpoint", "loading", "web", "agents",
    "cli", "reference", "",
]  # fmt: skip

# Each library has one home.
HOMES = {
    "duckdb": {"export", "reason"},
    "openpyxl": {"importing"},
    "owlrl": set(),
    "pyshacl": {"check"},
    "shacl": {"check"},
    "SPARQLWrapper": {"endpoint"},
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


NAMES = {name_of(path) for path in MODULES}


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "" if parts in (("__init__",), ("__main__",)) else parts[0]


@cache
def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            within = {f"{node.module}.{alias.name}" for alias in node.names}
            names.update(name if name in NAMES else node.module for name in within)
    return names


def test_every_module_stands_in_a_room_of_the_plan() -> None:
    assert {room_of(path) for path in MODULES} <= set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_above_it(path: Path) -> None:
    here = ORDER.index(room_of(path))
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("eurohpc_kg.")}
    known = {room for room in rooms if room in ORDER}
    below = {room for room in known if ORDER.index(room) > here}
    assert not below, f"{path.relative_to(ROOT)} imports {below}, which stand below it in ORDER"


def test_no_module_is_over_300_lines_and_the_median_is_at_most_120() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    long = {str(path.relative_to(ROOT)): n for path, n in sizes.items() if n > 300}
    assert not long, f"split these: {long}"
    assert statistics.median(sizes.values()) <= 120


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_has_one_home(library: str) -> None:
    users = {
        room_of(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users <= HOMES[library]


def test_there_is_no_circle_of_imports() -> None:
    """A function's own imports count too. Only the package itself may be anybody's: its version."""
    below = {name_of(path): imported(path) & NAMES - {PACKAGE.name} for path in MODULES}
    TopologicalSorter(below).prepare()  # raises CycleError, with the circle
