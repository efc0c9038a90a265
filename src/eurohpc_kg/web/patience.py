"""How long a client may take to say what it wants: a connection without a request is closed.

The head of a request must be there within some seconds and some kilobytes, so that nobody holds a
connection by saying little, or memory by saying much.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS = 12.0
LARGEST_HEAD = 64_000


class PatientProtocol(HttpToolsProtocol):
    """Close a connection whose next request does not come, or has a head without end."""

    _clock: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        if self._clock is not None:
            self._head += len(data)
            if self._head > LARGEST_HEAD + len(data):
                self.transport.close()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begin()

    def on_headers_complete(self) -> None:
        self._end()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def _begin(self) -> None:
        if self._clock is None:
            self._head = 0
            self._clock = self.loop.call_later(SECONDS, self._too_late)

    def _end(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _too_late(self) -> None:
        self._clock = None
        self.transport.close()
