"""The embedded store: built once for the same inputs, opened read-only, never half there.

A store is a folder named by the fingerprint of everything that it was made of, in the cache
folder (`cache_directory`). Opening looks first whether the input files are those of last time, by
a stat of each; only when they are not are they read. The rest stands in `building`, which is not
imported until a store must be built.
"""

from __future__ import annotations

import os
import sys

from pyoxigraph import Store

from eurohpc_kg.errors import StoreError
from eurohpc_kg.repository import Repository
from eurohpc_kg.store.memory import recall_path

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from pathlib import Path

    from eurohpc_kg.store.saying import Say


def open_store(repository: Repository, say: Say | None = None) -> Store:
    """Return the store of a repository, open for reading; build it first where needed.

    ``say`` hears what takes long, by default as a line on stderr. Raises what `build` raises, and
    `StoreError` for a store that can't be opened.
    """
    return open_folder(path_of(repository, say))


def path_of(repository: Repository, say: Say | None = None) -> str:
    """Return the path of the store of a repository; build it first where needed."""
    return recall_path(repository) or str(build(repository, say=say or to_stderr))


def folder_of(repository: Repository, say: Say | None = None) -> Path:
    """Return the folder of the store of a repository; build it first where needed."""
    from pathlib import Path

    return Path(path_of(repository, say))


def build(repository: Repository, *, force: bool = False, say: Say | None = None) -> Path:
    """Return the folder of the store for what the files say now; build it unless it is there.

    ``force`` builds in any case, over a store that is damaged. Raises `RefusedError` for a graph
    with errors, and `StoreError` where the cache folder can't be used.
    """
    from eurohpc_kg.store.building import build_store
    from eurohpc_kg.store.saying import nobody

    return build_store(repository, force, say or nobody)


def open_folder(path: str | Path) -> Store:
    """Return the store in a folder, open for reading; raise `StoreError` where it is damaged."""
    try:
        store = Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"the store is damaged: {str(error).splitlines()[0]}",
            place=str(path),
            remedy="Run eurohpc-kg build --force, which makes it anew.",
        ) from error
    # The stores that were not opened for longest are removed first. A cache that may only be read
    # is fine.
    try:  # noqa: SIM105 - importing contextlib takes longer than the rest of this
        os.utime(path)
    except OSError:
        pass
    return store


def to_stderr(text: str) -> None:
    """Tell a person who waits."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
