"""What goes around every reply: who may read it, what a browser may do with it, that it happened.

Any site may read (CORS). A page may load from its own host only, and runs no script that stands in
it: what a label or a query holds can't act. The log has a line of JSON a request, without address,
agent, query or anything else that tells of a person.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from eurohpc_kg.web.asgi import Application, GoneError, Message, Receive, Scope, Send
from eurohpc_kg.web.metrics import Metrics

Log = Callable[[str], object]

_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_ALWAYS = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Link, Location, Content-Location, Row-Limit, Row-Limit-Reached",
    ),
    (b"content-security-policy", _POLICY.encode()),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]
_PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, POST, OPTIONS"),
    (b"content-length", b"0"),
]
_LONGEST = 300


class Envelope:
    """Put every reply of an application into its envelope."""

    def __init__(self, app: Application, metrics: Metrics, log: Log | None = None) -> None:
        self.app = app
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        sent = {"status": 0, "bytes": 0}

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
                message = {**message, "headers": [*message["headers"], *_ALWAYS]}
            elif message["type"] == "http.response.body":
                sent["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            if scope["method"] == "OPTIONS":
                start = {"type": "http.response.start", "status": 204, "headers": _PREFLIGHT}
                await send_more(start)
                await send_more({"type": "http.response.body", "body": b""})
            else:
                await self.app(scope, receive, send_more)
        except GoneError:
            sent["status"] = sent["status"] or 499
        finally:
            seconds = time.perf_counter() - began
            self._metrics.count(scope["path"], sent["status"], seconds)
            if self._log is not None:
                self._log(_line(scope, sent, seconds))


def _line(scope: Scope, sent: dict[str, int], seconds: float) -> str:
    entry = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "method": scope["method"],
        "path": scope["path"][:_LONGEST],
        **sent,
        "ms": round(seconds * 1000, 1),
    }
    return json.dumps(entry)
