"""How long a client may take, to say what it wants and to take what it asked for.

The head of a request must be there within some seconds and some kilobytes, so that nobody holds a
connection by saying little, or memory by saying much; and a reply that is not fetched at some speed
is thrown away, so that nobody holds memory by reading nothing.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS = 12.0
LARGEST_HEAD = 64_000
STALL = 20.0  # seconds between two looks at what is still to be sent
LEAST = 20_000  # bytes that a client must have taken between them


class PatientProtocol(HttpToolsProtocol):
    """Close a connection whose next request does not come or has a head without end.

    Also one whose reply is not fetched.
    """

    _clock: asyncio.TimerHandle | None = None
    _head = 0
    _stalled: asyncio.TimerHandle | None = None
    _left = 0

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

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unwatch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        self._unwatch()
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

    def _watch(self) -> None:
        self._left = self.transport.get_write_buffer_size()
        self._stalled = self.loop.call_later(STALL, self._look)

    def _unwatch(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _look(self) -> None:
        """Drop a client that has taken next to nothing since the last look."""
        if self._left - self.transport.get_write_buffer_size() < LEAST:
            self.transport.abort()
        else:
            self._watch()
