"""A proxy that hurts: it passes requests on to a store, or answers 500, hangs, or breaks off."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

Fault = Callable[[str, bytes], str]
"""Takes method and path with query, and the body; returns pass, 500, 503, hang, cut or lose.

``lose`` passes the request on and then breaks off: the store did it, and nobody heard.
"""


class FaultyProxy:
    """Stand between a client and a store; ``fault`` decides about each request."""

    def __init__(self, target: str, fault: Fault) -> None:
        self.target = target.removeprefix("http://")
        self.fault = fault
        self.seen: list[str] = []
        self.hang = threading.Event()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self._body()
                head = f"{self.command} {self.path}"
                proxy.seen.append(head)
                what = proxy.fault(head, body)
                if what in ("500", "503"):
                    return self._answer(int(what), b"out of order")
                if what == "hang":
                    proxy.hang.wait(60)
                if what in ("hang", "cut"):
                    self.close_connection = True
                    return None
                status, headers, answer = proxy.pass_on(self.command, self.path, body, self.headers)
                if what == "lose":
                    self.close_connection = True
                    return None
                return self._answer(status, answer, headers)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815

            def _body(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                    parts = []
                    while size := int(self.rfile.readline().split(b";")[0], 16):
                        parts.append(self.rfile.read(size))
                        self.rfile.readline()
                    self.rfile.readline()
                    return b"".join(parts)
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))

            def _answer(
                self, status: int, body: bytes, headers: dict[str, str] | None = None
            ) -> None:
                self.send_response_only(status)
                for name, value in (headers or {}).items():
                    if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FaultyProxy:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hang.set()
        self._server.shutdown()
        self._server.server_close()

    def pass_on(
        self, method: str, path: str, body: bytes, headers: http.client.HTTPMessage
    ) -> tuple[int, dict[str, str], bytes]:
        host, _, rest = self.target.partition("/")
        connection = http.client.HTTPConnection(host, timeout=120)
        kept = {
            name: value
            for name, value in headers.items()
            if name.lower() not in ("host", "transfer-encoding", "content-length", "connection")
        }
        prefix = f"/{rest}".rstrip("/")
        try:
            connection.request(method, prefix + path, body or None, kept)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


def nothing(_head: str, _body: bytes) -> str:
    """Do no harm."""
    return "pass"


def slowly(seconds: float) -> Fault:
    """Pass everything on, later."""

    def fault(_head: str, _body: bytes) -> str:
        time.sleep(seconds)
        return "pass"

    return fault
