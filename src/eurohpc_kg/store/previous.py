"""The store before this one, as a start for the next: found, verified, copied.

Each store says in ``made-of.json`` which files it was made of, and in ``parts.json`` what each of
its own files looked like when it was done. One that differs in a few data files only, and is
whole to the last byte, saves the next build the work that would give the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from eurohpc_kg.records import dataclass
from eurohpc_kg.store.inputs import versions

MADE_OF, PARTS = "made-of.json", "parts.json"
MOST_FILES = 50
"""From so many changed files on, a build from the start is not much slower."""

_DATA = "data/"
_TABLE = ".sst"
_BESIDE = (".json", ".marshal", ".nt", ".tsv")  # what is not the database's
# RocksDB's notes for its developers, and its lock: of no use to another store.
_NOT_COPIED = ("LOG", "LOCK")


@dataclass(frozen=True)
class Previous:
    """Name a whole store, and the data files that have changed since, come or gone."""

    folder: Path
    changed: tuple[str, ...]


def write_parts(folder: Path, files: Mapping[str, str]) -> None:
    """Finish a store: write down what it was made of, and what its parts are."""
    text = json.dumps({"made by": versions(), "files": dict(files)})
    (folder / MADE_OF).write_text(text, encoding="utf-8")
    (folder / PARTS).write_text(json.dumps(_parts(folder)), encoding="utf-8")


def find_previous(stores: Path, files: Mapping[str, str]) -> Previous | None:
    """Return the whole store that differs least in its files, if only data files differ."""
    found = []
    for folder in stores.iterdir():
        if not folder.name.startswith("."):
            changed = _changed(folder, files)
            if changed is not None and len(changed) <= MOST_FILES:
                found.append(Previous(folder, changed))
    found.sort(key=lambda one: (len(one.changed), one.folder.name))
    return next((one for one in found if _is_whole(one.folder)), None)


def copy_database(source: Path, target: Path) -> None:
    """Copy the database of a store; its tables, which are never written again, are shared."""
    target.mkdir(exist_ok=True)
    for path in source.iterdir():
        if path.suffix == _TABLE:
            _link(path, target / path.name)
        elif path.is_file() and path.suffix not in _BESIDE and not _is_notes(path):
            shutil.copyfile(path, target / path.name)


def _changed(folder: Path, files: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the data files in which a store differs; ``None`` where more than these do."""
    try:
        noted = json.loads((folder / MADE_OF).read_bytes())
        then: dict[str, str] = noted["files"]
        if noted["made by"] != versions():
            return None
        names = {name for name in then.keys() | files.keys() if then.get(name) != files.get(name)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    if not all(name.startswith(_DATA) and name.endswith(".ttl") for name in names):
        return None
    return tuple(sorted(names))


def _is_whole(folder: Path) -> bool:
    """Tell whether every part of a store is as it was when it was done."""
    try:
        noted: dict[str, str] = json.loads((folder / PARTS).read_bytes())
        return all(_digest(folder / name) == digest for name, digest in noted.items())
    except (OSError, ValueError, AttributeError):
        return False


def _parts(folder: Path) -> dict[str, str]:
    return {
        path.name: _digest(path)
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != PARTS and not _is_notes(path)
    }


def _is_notes(path: Path) -> bool:
    return path.name.startswith(_NOT_COPIED)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _link(source: Path, target: Path) -> None:
    with contextlib.suppress(OSError):
        os.link(source, target)
        return
    shutil.copyfile(source, target)
