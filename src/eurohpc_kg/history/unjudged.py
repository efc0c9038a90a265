"""The graphs of a version without judging it: what is compared need not be sound.

An old revision may break a rule of today; it has a difference from the present all the same. So the
statements and what follows from them are kept here beside the stores, which hold only what passed.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from eurohpc_kg.errors import InputError, StoreError
from eurohpc_kg.graph import from_files
from eurohpc_kg.questions.sib import from_questions
from eurohpc_kg.reason import reason
from eurohpc_kg.repository import Repository, cache_directory
from eurohpc_kg.store.canonical import write_graphs
from eurohpc_kg.store.folders import made_beside, sweep
from eurohpc_kg.store.inputs import fingerprint
from eurohpc_kg.store.memory import recall, stores
from eurohpc_kg.store.saying import Say

KEPT = 8  # versions
UNUSED = 86_400  # seconds after which one above KEPT is removed


def folder_of(repository: Repository, say: Say) -> Path:
    """Return a folder with the canonical graphs of a repository: its store's, or made for this.

    Raises what reading and reasoning raise, and `StoreError` where the cache can't be written.
    """
    built = recall(repository)
    if built is not None:
        return built
    name = fingerprint(repository)
    for path in (stores(cache_directory()) / name, _room() / name):
        if path.is_dir():
            return path
    path = _room() / name
    say("reading and reasoning over a version that was not looked at before")
    asserted = _asserted(repository)
    quads = [*asserted, *reason(asserted, repository).inferred]
    try:
        with made_beside(path) as part:
            write_graphs(part, quads)
    except OSError as error:
        raise StoreError(
            f"the version can't be kept: {error.strerror}",
            place=str(path),
            remedy="Set EUROHPC_KG_CACHE to a folder that can be written and has room.",
        ) from error
    sweep(path, KEPT, UNUSED)
    return path


def _asserted(repository: Repository) -> list[Quad]:
    """Return what is said; without the questions, where one of the past is none today."""
    said = from_files(repository)
    try:
        return said + from_questions(repository)
    except InputError:
        return said


def is_store(folder: Path) -> bool:
    """Tell whether a folder from `folder_of` holds a store too."""
    return folder.parent != _room()


def _room() -> Path:
    return cache_directory() / "unjudged"
