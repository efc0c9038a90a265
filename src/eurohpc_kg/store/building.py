"""Building a store: gather, judge, write beside, put in place.

A store is written under a name that nobody looks for and renamed when it is whole, so that a
build which is killed leaves nothing but a folder to sweep. One build runs at a time; a second one
waits, and finds the work done.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from pyoxigraph import Quad, Store

from eurohpc_kg.errors import RefusedError, StoreError
from eurohpc_kg.findings import Report, Severity
from eurohpc_kg.repository import Repository, cache_directory
from eurohpc_kg.store import Say
from eurohpc_kg.store.canonical import write_graphs
from eurohpc_kg.store.inputs import Entry, fingerprint, listing
from eurohpc_kg.store.memory import remember, stores
from eurohpc_kg.store.spellings import write_spellings

# Who reads, reasons and judges. It stands below this module in the import order, because a check
# may ask a store; hence by name, and here only.
EXAMINER = "eurohpc_kg.check"

KEPT = 4  # stores
UNUSED = 3600  # seconds after which a store above KEPT is removed
ATTEMPTS = 3
_REMEDY = "Set EUROHPC_KG_CACHE to a folder that can be written and has room."


class Examined(Protocol):
    """Hold all that a store is filled with, and the verdict on it."""

    @property
    def asserted(self) -> Sequence[Quad]: ...
    @property
    def inferred(self) -> Sequence[Quad]: ...
    @property
    def report(self) -> Report: ...


def build_store(repository: Repository, force: bool, say: Say) -> Path:
    """Return the folder of the store for what the files say now; see `store.build`."""
    cache = cache_directory()
    try:
        stores(cache).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(cache, error) from error
    for _ in range(ATTEMPTS):
        known = listing(repository)
        name = fingerprint(repository)
        path = stores(cache) / name
        if force or not path.is_dir():
            with _alone(cache, say) as alone:
                if (force or not path.is_dir()) and not _build(repository, path, known, say):
                    say("a file changed while the store was built; once more")
                    continue
                _sweep(stores(cache), path, alone)
        remember(repository, cache, known, name)
        return path
    raise StoreError(
        f"the files changed {ATTEMPTS} times while the store was built",
        place=str(repository.root),
        remedy="Wait until whatever writes them is done, and build again.",
    )


def _build(repository: Repository, path: Path, known: list[Entry], say: Say) -> bool:
    """Build one store and put it in place; return false where the files changed meanwhile."""
    started = time.process_time()
    say("building the store: the files have changed, or this is the first time")
    examined = _examine(repository)
    _refuse_errors(examined.report)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _write(part, examined)
        if listing(repository) != known:
            return False
        _put_in_place(part, path)
    except (OSError, RuntimeError) as error:
        raise _unwritable(path, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    count = len(examined.asserted) + len(examined.inferred)
    seconds = time.process_time() - started
    say(f"built: {count:,} quads, {len(examined.inferred):,} of them inferred, {seconds:.1f} s CPU")
    return True


def _examine(repository: Repository) -> Examined:
    examined: Examined = importlib.import_module(EXAMINER).examine(repository)
    return examined


def _refuse_errors(report: Report) -> None:
    errors = report.at_least(Severity.ERROR)
    if errors:
        raise RefusedError(
            f"the graph has errors ({report.summary()}), and none is built from it",
            details=Report(errors).to_text(),
            remedy="Correct them; eurohpc-kg check shows them, with the warnings.",
        )


def _write(folder: Path, examined: Examined) -> None:
    store = Store(str(folder))
    quads = [*examined.asserted, *examined.inferred]
    # One bulk load is three times quicker than transactions, and leaves a sixth on the disk.
    store.bulk_extend(quads)
    store.flush()
    write_graphs(folder, quads)
    write_spellings(folder, quads)


def _put_in_place(part: Path, path: Path) -> None:
    if path.exists():
        old = part.with_name(f"{part.name}.old")
        path.rename(old)
        part.rename(path)
        shutil.rmtree(old, ignore_errors=True)
    else:
        part.rename(path)


def _sweep(folder: Path, current: Path, alone: bool) -> None:
    """Remove what killed builds left behind, and the stores that nobody used for long.

    Only who is ``alone`` knows that an unfinished store is not one that is just being written.
    """
    found = [entry for entry in folder.iterdir() if entry.is_dir() and entry != current]
    if alone:
        for left in (entry for entry in found if entry.name.startswith(".")):
            shutil.rmtree(left, ignore_errors=True)
    whole = [entry for entry in found if not entry.name.startswith(".")]
    whole.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for old in whole[KEPT - 1 :]:
        if time.time() - old.stat().st_mtime > UNUSED:
            shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def _alone(cache: Path, say: Say) -> Iterator[bool]:
    """Hold the one lock on building, and tell whether there is one.

    It ends with the process that holds it, however that ends. Without file locks (Windows) two
    builds may do the same work twice; neither sees the other's.
    """
    try:
        import fcntl
    except ImportError:
        yield False
        return
    try:
        handle = os.open(cache / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unwritable(cache, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another process to build the store")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield True
    finally:
        os.close(handle)


def _unwritable(place: Path, error: Exception) -> StoreError:
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return StoreError(f"the store can't be written: {reason}", place=str(place), remedy=_REMEDY)
