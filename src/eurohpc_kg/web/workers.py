"""The processes that evaluate queries: so many at once, the others wait in line.

A query that takes longer than it may, or more memory, has its process killed: that stops the work
whatever the engine is doing, and frees all of it. Another process takes its place.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_SIZES = struct.Struct(">II")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_LOOK = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Bounds:
    """Hold what one query may take, and how many run at once or wait."""

    seconds: float = 20.0
    rows: int = 100_000
    bytes: int = 100_000_000
    memory: int = 2_000_000_000
    at_once: int = 2
    waiting: int = 64


class WorkerError(Exception):
    """Say why there is no answer.

    ``fault`` is ``busy``, ``time``, ``memory``, ``large``, ``syntax`` or ``engine``.
    """

    def __init__(self, fault: str, message: str = "") -> None:
        self.fault = fault
        self.message = message
        super().__init__(f"{fault} {message}".strip())


@dataclass(frozen=True)
class Answered:
    """Hold an answer as it is sent; ``is_cut`` where there were more rows than are sent."""

    body: bytes
    is_cut: bool


@dataclass
class Workers:
    """Answer queries over the store in ``folder``."""

    folder: Path
    bounds: Bounds = field(default_factory=Bounds)

    def __post_init__(self) -> None:
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._room = asyncio.Semaphore(self.bounds.at_once)
        self._asked = 0
        self._closing = False

    @property
    def asked(self) -> int:
        """Return how many queries run or wait."""
        return self._asked

    async def start(self) -> None:
        """Have one process ready, so that the first query waits for none."""
        self._idle.append(await self._spawn())

    async def answer(self, request: Mapping[str, Any]) -> Answered:
        """Return the answer to one request (`worker`); raise `WorkerError` where there is none."""
        if self._closing or self._asked >= self.bounds.at_once + self.bounds.waiting:
            raise WorkerError("busy")
        self._asked += 1
        try:
            async with self._room:
                return await self._run(request)
        finally:
            self._asked -= 1

    async def close(self) -> None:
        """Let what runs come to its end, then end the processes."""
        self._closing = True
        while self._asked:
            await asyncio.sleep(_LOOK / 5)
        for process in list(self._all):
            await self._end(process)

    async def _run(self, request: Mapping[str, Any]) -> Answered:
        process = self._idle.pop() if self._idle else await self._spawn()
        bounds = self.bounds
        whole = {
            **request,
            "rows": bounds.rows,
            "bytes": bounds.bytes,
            "seconds": bounds.seconds,
        }
        try:
            task = asyncio.ensure_future(_exchange(process, json.dumps(whole).encode()))
            head, body = await self._watched(task, process)
        except BaseException:
            await self._end(process)
            raise
        self._idle.append(process)
        if "fault" in head:
            raise WorkerError(head["fault"], head.get("message", ""))
        return Answered(body, head["cut"])

    async def _watched(
        self, task: asyncio.Future[tuple[dict[str, Any], bytes]], process: Process
    ) -> tuple[dict[str, Any], bytes]:
        """Wait for an answer as long as there is time and memory."""
        clock = asyncio.get_running_loop().time
        end = clock() + self.bounds.seconds
        try:
            while True:
                done, _ = await asyncio.wait({task}, timeout=min(_LOOK, max(end - clock(), 0)))
                if done:
                    return task.result()
                if clock() >= end:
                    raise WorkerError("time")
                if _memory(process.pid) > self.bounds.memory:
                    raise WorkerError("memory")
        except (asyncio.IncompleteReadError, ConnectionError, BrokenPipeError) as error:
            raise WorkerError("memory", "the process ended") from error
        finally:
            task.cancel()

    async def _spawn(self) -> Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "eurohpc_kg.web.worker",
            str(self.folder),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # a Ctrl-C for the server must not end what it waits for
        )
        self._all.add(process)
        return process

    async def _end(self, process: Process) -> None:
        self._all.discard(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _exchange(process: Process, request: bytes) -> tuple[dict[str, Any], bytes]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(struct.pack(">I", len(request)) + request)
    await process.stdin.drain()
    head, body = _SIZES.unpack(await process.stdout.readexactly(_SIZES.size))
    about: dict[str, Any] = json.loads(await process.stdout.readexactly(head))
    return about, await process.stdout.readexactly(body)


def _memory(process: int) -> int:
    """Return the bytes that a process has in memory; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0
