"""What is being served: one build with its publisher and its workers, and the change to the next.

A request keeps the edition that it began with; when the content was built anew, later requests get
the new one, and the old one ends when its last query has. Nothing is built here: as long as files
are changed and not built, the last build is served.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Coroutine, Hashable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from eurohpc_kg.records import dataclass, field, replace
from eurohpc_kg.repository import Repository
from eurohpc_kg.store.canonical import load_in_memory
from eurohpc_kg.store.memory import recall
from eurohpc_kg.store.saying import Say
from eurohpc_kg.web.asking import asker
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.memory import Memory
from eurohpc_kg.web.publish import Publisher, Reply
from eurohpc_kg.web.workers import Bounds, Workers

THREADS = 4
PRESS = "eurohpc_kg.web.press"
_LOOK = 2.0  # seconds between two looks for a new build
_KEEP = 600.0  # seconds after which the store is marked as used, so that no build sweeps it away
_PAGE_SECONDS = 8.0
_ANSWERS = 64_000_000  # bytes of answers that are kept


@dataclass(frozen=True)
class Settings:
    """Hold what an operator chooses.

    ``services`` are the addresses that ``SERVICE`` may ask. Where the store ``is_kept`` in memory,
    each process takes it there soon after its first answer, and most things take a third of the
    time.
    """

    bounds: Bounds = field(default_factory=Bounds)
    services: tuple[str, ...] = ()
    address: str = ""
    is_kept: bool = True


@dataclass(frozen=True)
class Edition:
    """Hold one build as it is served.

    ``desk`` answers the questions that pages ask; ``press`` writes pages while others are written
    here; ``answers`` are replies of the endpoint and of the descriptions, which stay true as long
    as the build does.
    """

    build: Build
    publisher: Publisher
    workers: Workers
    desk: Workers
    answers: Memory[Hashable, Reply] = field(default_factory=lambda: Memory(_ANSWERS, _weight))
    in_memory: bool | None = None  # None: not tried yet
    press: Workers | None = None

    async def start(self) -> None:
        """Have processes for queries; without it the first queries start them."""
        for one in self._processes():  # one after the other: if one fails, nothing is half begun
            await one.start()

    async def close(self) -> None:
        await asyncio.gather(*(one.close() for one in self._processes()))

    def _processes(self) -> list[Workers]:
        return [one for one in (self.workers, self.desk, self.press) if one is not None]


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_memory(repository: Repository, folder: Path) -> Build:
    return Build(repository, folder, store=load_in_memory(folder))


def _weight(key: Hashable, reply: Reply) -> int:
    return len(reply.body) + len(str(key))


class Serving:
    """Hold the edition of the moment, and the threads that write pages."""

    def __init__(self, repository: Repository, folder: Path, settings: Settings, say: Say) -> None:
        self.settings = settings
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._repository = repository
        self._folder = folder
        self._say = say
        self._tasks: set[asyncio.Task[None]] = set()
        self.current: Edition

    async def start(self) -> None:
        self.current = await self._open(self._folder)
        self._spawn(self._watch())

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.current.close()
        self.threads.shutdown(wait=False, cancel_futures=True)

    async def _open(self, folder: Path) -> Edition:
        bounds = self.settings.bounds
        is_kept = self.settings.is_kept
        workers = Workers(folder, bounds, is_kept)
        seconds = min(_PAGE_SECONDS, bounds.seconds)
        desk = Workers(folder, replace(bounds, seconds=seconds, at_once=1), is_kept)
        loop = asyncio.get_running_loop()
        build = await loop.run_in_executor(self.threads, Build, self._repository, folder)
        build.ask = asker(desk, loop, build.names)
        return Edition(build, Publisher(build), workers, desk)

    async def _take(self, edition: Edition) -> Edition:
        """Return the same edition with its store in memory, or, said once, as it is."""
        loop = asyncio.get_running_loop()
        folder = edition.build.folder
        try:
            build = await loop.run_in_executor(self.threads, _in_memory, self._repository, folder)
        except Exception as error:
            self._say(f"the store can't be taken into memory, it is read from the disk: {error}")
            return replace(edition, in_memory=False)
        build.ask = edition.build.ask
        press = self._press(folder) if _processors() > 1 else None
        return replace(
            edition, build=build, publisher=Publisher(build), in_memory=True, press=press
        )

    def _press(self, folder: Path) -> Workers:
        bounds = replace(self.settings.bounds, seconds=_PAGE_SECONDS, at_once=1)
        return Workers(folder, bounds, command=(PRESS, str(self._repository.root), str(folder)))

    async def _watch(self) -> None:
        """Look for a new build, and put it in the place of the old one."""
        since = 0.0
        while True:
            await asyncio.sleep(_LOOK)
            since += _LOOK
            if since >= _KEEP:
                since = 0.0
                with contextlib.suppress(OSError):
                    os.utime(self.current.build.folder)
            try:
                await self.current.start()  # the first answers need not wait for it
            except Exception as error:  # the next query tries again, and tells its reader
                self._say(f"no process for queries can be started: {error}")
            try:
                found = await asyncio.get_running_loop().run_in_executor(
                    self.threads, recall, self._repository
                )
                if found is None or found == self.current.build.folder:
                    if self.settings.is_kept and self.current.in_memory is None:
                        self.current = await self._take(self.current)
                    continue
                old, self.current = self.current, await self._next(found)
            except Exception as error:
                self._say(f"the new build can't be served, the old one stays: {error}")
                continue
            self._say(f"serving the build {self.current.build.name}")
            self._spawn(old.close())

    async def _next(self, folder: Path) -> Edition:
        """Return the edition of a new build, its processes started: nobody waits for it."""
        edition = await self._open(folder)
        try:
            await edition.start()
        except BaseException:
            await edition.close()
            raise
        return edition

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
