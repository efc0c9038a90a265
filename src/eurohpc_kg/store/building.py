"""Building a store: gather, judge, write beside, put in place.

A store is written under a name that nobody looks for and renamed when it is whole, so that a
build which is killed leaves nothing but a folder to sweep. One build runs at a time; a second one
waits, and finds the work done.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from pyoxigraph import Quad, Store

from eurohpc_kg.amounts import agreeing, amount
from eurohpc_kg.errors import RefusedError, StoreError
from eurohpc_kg.findings import Report, Severity
from eurohpc_kg.questions import Question, all_questions
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository, cache_directory
from eurohpc_kg.store.answers import keep_answers
from eurohpc_kg.store.canonical import read_graphs, write_runs
from eurohpc_kg.store.changing import TRAIL, change
from eurohpc_kg.store.folders import sweep
from eurohpc_kg.store.inputs import Entry, digests, listing, name_of
from eurohpc_kg.store.memory import remember, stores
from eurohpc_kg.store.previous import find_previous, write_parts
from eurohpc_kg.store.questions import write_questions
from eurohpc_kg.store.runs import Run, runs_of
from eurohpc_kg.store.saying import Say
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
    def runs(self) -> Sequence[Run]: ...
    @property
    def inferred(self) -> Sequence[Quad]: ...
    @property
    def questions(self) -> Sequence[Question]: ...
    @property
    def report(self) -> Report: ...
    @property
    def trail(self) -> str: ...


@dataclass(frozen=True)
class Inputs:
    """Hold what a store is made of: the files as they were listed, and their digests.

    ``from_start`` forbids to go on from the store before.
    """

    repository: Repository
    listing: list[Entry]
    files: dict[str, str]
    from_start: bool


def build_store(repository: Repository, force: bool, say: Say) -> Path:
    """Return the folder of the store for what the files say now; see `store.build`."""
    cache = cache_directory()
    try:
        stores(cache).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(cache, error) from error
    for _ in range(ATTEMPTS):
        known = listing(repository)
        files = digests(repository)
        name = name_of(files)
        path = stores(cache) / name
        if force or not path.is_dir():
            with _alone(cache, say) as alone, _no_collection():
                if force or not path.is_dir():
                    inputs = Inputs(repository, known, files, from_start=force)
                    if not _build(inputs, path, say):
                        say("a file changed while the store was built; once more")
                        continue
                if alone:
                    _remove_unfinished(stores(cache))
                sweep(path, KEPT, UNUSED)
        remember(repository, cache, known, name)
        return path
    raise StoreError(
        f"the files changed {ATTEMPTS} times while the store was built",
        place=str(repository.root),
        remedy="Wait until whatever writes them is done, and build again.",
    )


def _build(inputs: Inputs, path: Path, say: Say) -> bool:
    """Build one store and put it in place; return false where the files changed meanwhile."""
    started = time.process_time()
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        done = _from_previous(inputs, part, say) or _from_start(inputs, part, say)
        write_parts(part, inputs.files)
        if listing(inputs.repository) != inputs.listing:
            return False
        _put_in_place(part, path)
    except (OSError, RuntimeError) as error:
        raise _unwritable(path, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    say(f"built: {done}, {time.process_time() - started:.1f} s CPU")
    return True


def _from_previous(inputs: Inputs, part: Path, say: Say) -> str:
    """Build from the store before, and say what was done; say nothing where that can't be."""
    approves = getattr(importlib.import_module(EXAMINER), "approves", None)
    if inputs.from_start or approves is None:
        return ""
    previous = find_previous(part.parent, inputs.files)
    if previous is None:
        return ""
    changed = len(previous.changed)
    have = agreeing(changed, "has", "have")
    say(f"building the store: {changed:,} of the data files {have} changed")
    with contextlib.suppress(OSError, RuntimeError):  # from the start, it is told where it lasts
        count = change(inputs.repository, previous, part, approves)
        if count is not None:
            _write_questions(part, all_questions(inputs.repository))
            return f"{amount(count, 'statement')} came or went"
    shutil.rmtree(part, ignore_errors=True)
    say("what has changed can't be followed, so all is done from the start")
    return ""


def _from_start(inputs: Inputs, part: Path, say: Say) -> str:
    say("building the store: the files have changed, or this is the first time")
    examined: Examined = importlib.import_module(EXAMINER).examine(inputs.repository)
    _refuse_errors(examined.report)
    _write(part, examined)
    count = sum(graph.count for graph in read_graphs(part))  # what two files say counts once
    return f"{amount(count, 'quad')}, {len(examined.inferred):,} of them inferred"


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
    write_runs(folder, [*examined.runs, *runs_of(examined.inferred)])
    write_spellings(folder, quads)
    if examined.trail:
        (folder / TRAIL).write_text(examined.trail, encoding="utf-8")
    del store  # before another opens it
    _write_questions(folder, examined.questions)


def _write_questions(folder: Path, questions: Sequence[Question]) -> None:
    keep_answers(questions, folder)
    write_questions(questions, folder)


def _put_in_place(part: Path, path: Path) -> None:
    if path.exists():
        old = part.with_name(f"{part.name}.old")
        path.rename(old)
        part.rename(path)
        shutil.rmtree(old, ignore_errors=True)
    else:
        part.rename(path)


def _remove_unfinished(folder: Path) -> None:
    """Remove what killed builds left behind; only who is alone knows that nobody writes there."""
    for left in folder.glob(".*"):
        shutil.rmtree(left, ignore_errors=True)


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


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Let Python look for no circles of objects: a build makes millions of objects, and none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _unwritable(place: Path, error: Exception) -> StoreError:
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return StoreError(f"the store can't be written: {reason}", place=str(place), remedy=_REMEDY)
