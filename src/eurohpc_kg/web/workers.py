"""The processes that evaluate queries, or write pages: so many at once, the others wait in line.

A query that takes longer than it may, or more memory, has its process killed: that stops the work
whatever the engine is doing, and frees all of it. Another process takes its place.
"""

from __future__ import annotations

import asyncio
import contextlib
import marshal
import os
import struct
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from eurohpc_kg.records import dataclass
from eurohpc_kg.web.worker import FROM_DISK

WORKER = "eurohpc_kg.web.worker"
_LENGTH = struct.Struct(">I")
_SIZES = struct.Struct(">II")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_LOOK = 0.05  # seconds between two looks at the memory
_START = 30.0  # seconds in which a process must be ready, on a machine that has much else to do


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


class _Process(asyncio.SubprocessProtocol):
    """Speak with one process (`worker`): one request at a time, its answer as one future.

    It is a protocol and not a pair of streams: that is half the work on the event loop, which a
    short query would notice.
    """

    def __init__(self) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._answer: asyncio.Future[tuple[dict[str, Any], bytes]] | None = None
        self._data = bytearray()
        self._size = 0
        self._transport: asyncio.SubprocessTransport

    @property
    def number(self) -> int:
        return self._transport.get_pid()

    def ask(self, request: bytes) -> asyncio.Future[tuple[dict[str, Any], bytes]]:
        """Send a request; the future has what is to be said of the answer, and the answer."""
        self._answer = asyncio.get_running_loop().create_future()
        if self.ended.done():
            self.process_exited()
        else:
            stdin = cast("asyncio.WriteTransport", self._transport.get_pipe_transport(0))
            stdin.write(_LENGTH.pack(len(request)) + request)
        return self._answer

    async def end(self) -> None:
        """Kill the process, whatever it does, and wait until it is gone."""
        if self._answer is not None:
            self._answer.cancel()
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()
        await self.ended
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.SubprocessTransport", transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - stdout is the only
        self._data += data
        if not self._size and len(self._data) >= _SIZES.size:
            self._size = _SIZES.size + sum(_SIZES.unpack_from(self._data))
        if self._size and len(self._data) == self._size:
            head = _SIZES.size + _SIZES.unpack_from(self._data)[0]
            about, body = marshal.loads(self._data[_SIZES.size : head]), bytes(self._data[head:])
            self._data, self._size = bytearray(), 0
            if not self.ready.done():
                self.ready.set_result(None)
            elif self._answer is not None and not self._answer.done():
                self._answer.set_result((about, body))

    def process_exited(self) -> None:
        for future in (self.ended, self.ready):
            if not future.done():
                future.set_result(None)
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(WorkerError("memory", "the process ended"))


class Workers:
    """Answer queries over the store in ``folder``; from memory when it ``is_kept`` there."""

    def __init__(
        self, folder: Path, bounds: Bounds, is_kept: bool = True, command: Sequence[str] = ()
    ) -> None:
        """Take the module and arguments of the processes, where it is not `worker`."""
        self.folder = folder
        self.bounds = bounds
        self._command = command or (WORKER, str(folder), *(() if is_kept else (FROM_DISK,)))
        self._idle: list[_Process] = []
        self._all: set[_Process] = set()
        self._room = asyncio.Semaphore(self.bounds.at_once)
        self._asked = 0
        self._closing = False

    @property
    def asked(self) -> int:
        """Return how many queries run or wait."""
        return self._asked

    @property
    def is_ready(self) -> bool:
        """Tell whether a process is there that need not be waited for."""
        return any(one.ready.done() and not one.ended.done() for one in self._all)

    async def start(self) -> None:
        """Have one process, if there is none, so that the next query waits for less.

        It takes the room of a query meanwhile, so that there are never more than may run at once.
        """
        async with self._room:
            if not self._all and not self._closing:
                self._idle.append(await self._spawn())

    async def answer(self, request: Mapping[str, Any]) -> Answered:
        """Return the answer to one request (`worker`); raise `WorkerError` where there is none."""
        head, body = await self.ask(request)
        return Answered(body, head["cut"])

    async def ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return what a process says of its answer, and the answer."""
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

    async def _run(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        process = self._idle.pop() if self._idle else await self._spawn()
        bounds = self.bounds
        whole = {
            **request,
            "rows": bounds.rows,
            "bytes": bounds.bytes,
            "seconds": bounds.seconds,
        }
        try:
            if not process.ready.done():
                await asyncio.wait({process.ready}, timeout=_START)
            head, body = await self._watched(process.ask(marshal.dumps(whole)), process)
        except BaseException:
            await self._end(process)
            raise
        self._idle.append(process)
        if "fault" in head:
            raise WorkerError(head["fault"], head.get("message", ""))
        return head, body

    async def _watched(
        self, answer: asyncio.Future[tuple[dict[str, Any], bytes]], process: _Process
    ) -> tuple[dict[str, Any], bytes]:
        """Wait for an answer as long as there is time and memory."""
        clock = asyncio.get_running_loop().time
        end = clock() + self.bounds.seconds
        while True:
            done, _ = await asyncio.wait({answer}, timeout=min(_LOOK, max(end - clock(), 0)))
            if done:
                return answer.result()
            if clock() >= end:
                raise WorkerError("time")
            if _memory(process.number) > self.bounds.memory:
                raise WorkerError("memory")

    async def _spawn(self) -> _Process:
        _, process = await asyncio.get_running_loop().subprocess_exec(
            _Process,
            sys.executable,
            "-m",
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=None,
            start_new_session=True,  # a Ctrl-C for the server must not end what it waits for
        )
        self._all.add(process)
        return process

    async def _end(self, process: _Process) -> None:
        self._all.discard(process)
        await process.end()


def _memory(process: int) -> int:
    """Return the bytes that a process has in memory; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0
