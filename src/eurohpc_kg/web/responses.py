"""A reply as a response of HTTP: conditional requests, HEAD, and gzip for those who take it."""

from __future__ import annotations

import gzip

from eurohpc_kg.web.asgi import Request, Response
from eurohpc_kg.web.memory import Memory
from eurohpc_kg.web.publish import Reply

_WORTH = 1_000  # bytes from which on packing saves time
_MOST = 2_000_000  # bytes up to which it holds up nobody else
_LEVEL = 5
_PACKED = Memory[bytes, bytes](32_000_000, lambda body, packed: len(body) + len(packed))
# What a reply of 304 repeats (RFC 9110, 15.4.5).
_REPEATED = ("cache-control", "content-location", "etag", "vary")


def respond(reply: Reply, request: Request) -> Response:
    """Return the response to a request for which there is a reply."""
    headers = dict(reply.headers)
    if reply.etag:
        is_worth = _WORTH < len(reply.body) <= _MOST
        packed = is_worth and _takes_gzip(request)
        if packed:
            headers["etag"] = f'"{reply.etag}-gzip"'
        if is_worth:
            vary = headers.get("vary")
            headers["vary"] = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
        if _is_known(request.headers.get("if-none-match", ""), reply.etag):
            return Response(b"", 304, {k: v for k, v in headers.items() if k in _REPEATED})
        if packed:
            headers["content-encoding"] = "gzip"
            return _plain(_packed(reply.body), reply.status, headers, request)
    return _plain(reply.body, reply.status, headers, request)


def _plain(body: bytes, status: int, headers: dict[str, str], request: Request) -> Response:
    if request.method == "HEAD":
        headers["content-length"] = str(len(body))
        body = b""
    return Response(body, status, headers)


def _takes_gzip(request: Request) -> bool:
    accepted = request.headers.get("accept-encoding", "")
    return "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", "")


def _is_known(if_none_match: str, etag: str) -> bool:
    """Tell whether the client has this version, packed or not.

    >>> _is_known('W/"abc", "def-gzip"', "def"), _is_known("*", "x"), _is_known('"abcd"', "abc")
    (True, True, False)
    """
    known = {part.strip().removeprefix("W/").strip('"') for part in if_none_match.split(",")}
    return bool({"*", etag, f"{etag}-gzip"} & known)


def _packed(body: bytes) -> bytes:
    packed = _PACKED.get(body)
    if packed is None:
        packed = gzip.compress(body, _LEVEL, mtime=0)
        _PACKED.keep(body, packed)
    return packed
