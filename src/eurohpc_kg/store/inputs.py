"""What a store is made of: the input files, and the two ways of telling whether they changed.

`listing` is quick (a stat a file, no content read) and decides whether the store that was used
last still holds; `fingerprint` reads every byte and names the store. Both cover the content, the
package's own code that makes the store, and the version of the engine.
"""

from __future__ import annotations

import os

import pyoxigraph

from eurohpc_kg import __version__
from eurohpc_kg.errors import StoreError
from eurohpc_kg.repository import ROOMS, Repository

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = 32  # characters of the name of a store

# The modules whose code decides what is in a store.
CODE = ("names.py", "turtle", "sources.py", "questions", "graph.py", "reason", "check", "store")
_SUFFIXES = (".ttl", ".rq", ".py", ".csv", ".json")

# path, size, time of the last write, time of the last change of any kind
Entry = tuple[str, int, int, int]


def versions() -> str:
    """Return the versions of the package and of the engine."""
    return f"eurohpc-kg {__version__}, pyoxigraph {pyoxigraph.__version__}"


def listing(repository: Repository) -> list[Entry]:
    """Return every input file and every folder of them, with what changes when it does.

    A folder changes when a file in it comes, goes or gets another name.
    """
    found: list[Entry] = []
    package = _package()
    for root in [repository.root / room for room in ROOMS] + [package / part for part in CODE]:
        if root.exists():
            found.append(_entry(str(root)))
            if root.is_dir():
                _walk(str(root), found)
    found.sort()
    return found


def is_unchanged(entries: list[Entry]) -> bool:
    """Tell whether all that was listed is as it was, and so nothing was added to it either."""
    stat = os.stat  # every answer waits for this loop
    try:
        for path, size, written, changed in entries:
            now = stat(path)
            if now.st_ctime_ns != changed or now.st_mtime_ns != written or now.st_size != size:
                return False
    except OSError:
        return False
    return True


def fingerprint(repository: Repository) -> str:
    """Return a name for the content of all input files, the code and the engine together.

    The same content in another folder has the same fingerprint.
    """
    return name_of(digests(repository))


def digests(repository: Repository) -> dict[str, str]:
    """Return the SHA-256 of every input file, by a name that doesn't depend on its folder."""
    import hashlib
    from pathlib import Path

    found = {}
    roots = (str(repository.root), str(_package()))
    for path, *_ in listing(repository):
        if path.endswith(_SUFFIXES):
            try:
                content = Path(path).read_bytes()
            except OSError as error:
                raise _unreadable(path, error) from error
            found[_name(path, roots)] = hashlib.sha256(content).hexdigest()
    return found


def name_of(files: Mapping[str, str]) -> str:
    """Return the fingerprint for `digests`."""
    import hashlib

    digest = hashlib.sha256(versions().encode())
    for name, one in files.items():
        digest.update(f"\0{name}\0{one}".encode())
    return digest.hexdigest()[:NAME]


def _name(path: str, roots: tuple[str, ...]) -> str:
    """Return a path below one of ``roots``, wherever that lies."""
    for root in roots:
        if path.startswith(root + os.sep):
            return path[len(root) + 1 :].replace(os.sep, "/")
    return path


def _package() -> Path:
    from pathlib import Path

    return Path(__file__).parent.parent


def _entry(path: str) -> Entry:
    stat = os.stat(path)
    return path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _walk(folder: str, found: list[Entry]) -> None:
    """Add what is below a folder; hidden files, and those that no store is made of, don't count."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(".") or name == "__pycache__":
                    continue
                if entry.is_dir():
                    found.append(_entry(entry.path))
                    _walk(entry.path, found)
                elif name.endswith(_SUFFIXES):
                    found.append(_entry(entry.path))
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(path: str, error: OSError) -> StoreError:
    return StoreError(
        f"it can't be read: {error.strerror}", place=path, remedy="Check its permissions."
    )
