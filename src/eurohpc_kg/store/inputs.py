"""What a store is made of: the input files, and the two ways of telling whether they changed.

`listing` is quick (a stat a file, no content read) and decides whether the store that was used
last still holds; `fingerprint` reads every byte and names the store. Both cover the content, the
package's own code that makes the store, and the version of the engine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from eurohpc_kg import __version__
from eurohpc_kg.errors import StoreError
from eurohpc_kg.repository import ROOMS, Repository

# The modules whose code decides what is in a store.
CODE = ("names.py", "turtle", "sources.py", "questions", "graph.py", "reason", "check", "store")
_SUFFIXES = (".ttl", ".rq", ".py", ".csv", ".json")


def listing(repository: Repository) -> str:
    """Return one line a file: path, size, times and inode. It changes when any file does."""
    lines = [_versions()]
    for path, stat in _files(repository):
        lines.append(
            f"{path}\t{stat.st_size}\t{stat.st_mtime_ns}\t{stat.st_ctime_ns}\t{stat.st_ino}"
        )
    return "\n".join(lines)


def fingerprint(repository: Repository) -> str:
    """Return a name for the content of all input files, the code and the engine together.

    The same content in another folder has the same fingerprint.
    """
    import hashlib

    digest = hashlib.sha256(_versions().encode())
    for path, _ in _files(repository):
        try:
            content = Path(path).read_bytes()
        except OSError as error:
            raise StoreError(
                f"the file can't be read: {error.strerror}",
                place=path,
                remedy="Check its permissions.",
            ) from error
        name = _name(repository, path)
        digest.update(f"\0{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def _versions() -> str:
    return f"eurohpc-kg {__version__}, pyoxigraph {pyoxigraph.__version__}"


def _name(repository: Repository, path: str) -> str:
    """Return a path that does not depend on where the content or the package lies."""
    for root in (str(repository.root), str(_package())):
        if path.startswith(root + os.sep):
            return path[len(root) + 1 :].replace(os.sep, "/")
    return path


def _package() -> Path:
    return Path(__file__).parent.parent


def _files(repository: Repository) -> Iterator[tuple[str, os.stat_result]]:
    package = _package()
    for root in [repository.root / room for room in ROOMS] + [package / part for part in CODE]:
        if root.suffix == ".py":
            yield str(root), root.stat()
        else:
            yield from _walk(str(root))


def _walk(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below a folder in the order of their names; hidden ones don't count."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry) for entry in entries)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            f"the folder can't be read: {error.strerror}",
            place=folder,
            remedy="Check its permissions.",
        ) from error
    for name, entry in found:
        if name.startswith((".", "__")) and name != "__init__.py":
            continue
        if entry.is_dir():
            yield from _walk(entry.path)
        elif name.endswith(_SUFFIXES):
            yield entry.path, entry.stat()
