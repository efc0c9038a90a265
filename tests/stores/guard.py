"""A proxy that asks who it is: as stores without users of their own are guarded in use."""

from __future__ import annotations

import base64
import http.client

from stores.faults import FaultyProxy, nothing

_WRITES = ("/update", "/store", "/statements", "/rdf-graphs/service")


class Guard(FaultyProxy):
    """Let ``writer`` and ``reader`` in, whose password is ``secret``; the one may also write."""

    def __init__(self, target: str) -> None:
        super().__init__(target, nothing)

    def pass_on(
        self, method: str, path: str, body: bytes, headers: http.client.HTTPMessage
    ) -> tuple[int, dict[str, str], bytes]:
        word = (headers.get("Authorization") or "").removeprefix("Basic ")
        user, _, password = base64.b64decode(word).decode().partition(":")
        if user not in ("writer", "reader") or password != "secret":
            return 401, {"WWW-Authenticate": 'Basic realm="store"'}, b""
        if user == "reader" and method != "GET" and path.partition("?")[0].endswith(_WRITES):
            return 403, {}, b"only the writer writes"
        return super().pass_on(method, path, body, headers)
