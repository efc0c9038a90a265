"""ASGI as the server needs it: a request, a response, and the handlers of an application by path.

A framework does the same and much besides: to import one takes as long as to open the store twice,
and each request passes through all that it could do. What is hard about HTTP is done by the server
under this (uvicorn), or by `patience`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, MutableMapping
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple

from eurohpc_kg.patterns import Pattern
from eurohpc_kg.records import cached_property

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

READ = ("GET", "HEAD")
_HOST = Pattern(r"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


class GoneError(Exception):
    """Say that the client went before it had sent all."""


class Request:
    """Read one request. ``path`` is decoded, ``query`` is what stands behind the question mark."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self._scope = scope
        self._receive = receive

    @cached_property
    def headers(self) -> dict[str, str]:
        """Return the headers by their names in lower case; of several of one name the first."""
        return {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in reversed(self._scope["headers"])
        }

    @cached_property
    def query(self) -> str:
        text: bytes = self._scope.get("query_string", b"")
        return text.decode(errors="replace")

    @property
    def origin(self) -> str:
        """Return the address that the client sees as the top, as far as it tells it well."""
        host = self.headers.get("host", "")
        if not _HOST.fullmatch(host):
            name, port = self._scope.get("server") or ("localhost", 80)
            host = f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
        return f"{self._scope.get('scheme', 'http')}://{host}{self._scope.get('root_path', '')}"

    async def stream(self) -> AsyncIterator[bytes]:
        """Yield the parts of the body as they come; raise `GoneError` where they do not."""
        more = True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise GoneError
            more = message.get("more_body", False)
            if part := message.get("body", b""):
                yield part


class Response:
    """Hold a response, and send it. The length is said where there may be a body."""

    def __init__(self, body: bytes, status: int, headers: Mapping[str, str]) -> None:
        self.body = body
        self.status = status
        self.headers = {**headers}
        if status not in (204, 304):
            self.headers.setdefault("content-length", str(len(body)))

    async def send(self, send: Send) -> None:
        headers = [(name.encode("latin-1"), text.encode("latin-1"))
                   for name, text in self.headers.items()]  # fmt: skip
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


Handler = Callable[[Request], Awaitable[Response]]


class Route(NamedTuple):
    """Hold what answers at a path, or below it where the path ends with a slash."""

    path: str
    handler: Handler
    methods: tuple[str, ...] = READ


class Application:
    """Answer requests by the first route that fits.

    ``other`` answers where the method is not for a path, ``broken`` where a handler fails; the
    error goes on to the server, which logs it. ``living`` is entered before the first request and
    left after the last one.
    """

    def __init__(
        self,
        routes: Iterable[Route],
        other: Handler,
        broken: Handler,
        living: Callable[[], AbstractAsyncContextManager[None]],
    ) -> None:
        self.routes = tuple(routes)
        self._exact = {route.path: route for route in self.routes}
        self._below = [route for route in self.routes if route.path.endswith("/")]
        self._other = other
        self._broken = broken
        self._living = living

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        request, response = Request(scope, receive), None
        try:
            response = await self._handler(request)(request)
            await response.send(send)
        except GoneError:
            raise
        except Exception:
            if response is None:
                response = await self._broken(request)
                await response.send(send)
            raise

    def _handler(self, request: Request) -> Handler:
        path = request.path
        route = self._exact.get(path)
        if route is None or path.endswith("/"):
            route = next((one for one in self._below if path.startswith(one.path)), None)
        return route.handler if route and request.method in route.methods else self._other

    async def _live(self, receive: Receive, send: Send) -> None:
        """Do what is to be done before the first request and after the last one."""
        await receive()
        step = "startup"
        try:
            async with self._living():
                await send({"type": "lifespan.startup.complete"})
                step = "shutdown"
                await receive()
        except BaseException as error:
            await send({"type": f"lifespan.{step}.failed", "message": str(error)})
            raise
        await send({"type": "lifespan.shutdown.complete"})
