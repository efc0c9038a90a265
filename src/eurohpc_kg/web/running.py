"""Running the server: a socket, the event loop, and the end on SIGTERM or Ctrl-C.

Requests that have begun are answered before it ends; new ones are not taken.
"""

from __future__ import annotations

import socket
import sys

import uvicorn

from eurohpc_kg.errors import UsageError
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import folder_of
from eurohpc_kg.web.patience import PatientProtocol
from eurohpc_kg.web.server import application
from eurohpc_kg.web.serving import Serving, Settings

_DRAIN = 30  # seconds that requests have to come to their end
_AT_ONCE = 1_000  # connections; more are told to come back
_WAITING = 2_048
_IDLE = 15  # seconds


def serve(
    repository: Repository, host: str, port: int, settings: Settings, *, is_logged: bool
) -> None:
    """Serve until a signal says otherwise; build the store first where it must be."""
    folder = folder_of(repository, _say)
    listening = _listen(host, port)
    address = f"http://{host}:{listening.getsockname()[1]}/"
    serving = Serving(repository, folder, settings, _say)
    app = application(serving, _say if is_logged else None)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",  # there are none, and their library takes as long to import as all of ours
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
        proxy_headers=False,
        limit_concurrency=_AT_ONCE,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_DRAIN,
    )
    _say(f"serving at {address}")
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"can't listen there: {getattr(error, 'strerror', None) or error}",
            place=f"{host}:{port}",
            remedy="Choose another --host or --port.",
        ) from error
    listening.listen(_WAITING)
    return listening


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
