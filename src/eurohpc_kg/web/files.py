"""The files that pages load: style, scripts and the logo, as replies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from eurohpc_kg import __version__
from eurohpc_kg.web.publish import Reply

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LOGO = "logo.svg"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


@cache
def static_files() -> dict[str, Traversable]:
    """Return what there is, by name; whatever else is asked for never becomes a path."""
    from importlib.resources import files  # imports as much as half a framework

    folder = files("eurohpc_kg.web").joinpath("static")
    return {file.name: file for file in folder.iterdir() if not file.name.startswith(".")}


def static(name: str) -> Reply | None:
    """Return the file of a name, ``None`` where there is none."""
    kind, file = _TYPES.get(name.rpartition(".")[2]), static_files().get(name)
    return _reply(file.read_bytes(), kind) if kind and file else None


def europe() -> Reply:
    """Return the borders that lie under the marks of each map."""
    from eurohpc_kg.web.maps import base_map

    return _reply(base_map(), _TYPES["svg"])


def _reply(body: bytes, kind: str) -> Reply:
    etag = f"{len(body):x}-{__version__}"
    headers = [("content-type", kind), ("etag", f'"{etag}"'), ("cache-control", "no-cache")]
    return Reply(200, headers, body, etag)
