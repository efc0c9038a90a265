"""The files that pages load: style, scripts and the logo, as replies."""

from __future__ import annotations

from functools import cache

from eurohpc_kg import __version__
from eurohpc_kg.web.publish import Reply

LOGO = "logo.svg"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


@cache
def _names() -> frozenset[str]:
    """Return what there is; whatever else is asked for never becomes a path."""
    from importlib.resources import files  # imports as much as half a framework

    return frozenset(file.name for file in files("eurohpc_kg.web").joinpath("static").iterdir())


def static(name: str) -> Reply | None:
    """Return the file of a name, ``None`` where there is none."""
    kind = _TYPES.get(name.rpartition(".")[2])
    if kind is None or name.startswith(".") or name not in _names():
        return None
    from importlib.resources import files

    return _reply(files("eurohpc_kg.web").joinpath("static", name).read_bytes(), kind)


def europe() -> Reply:
    """Return the borders that lie under the marks of each map."""
    from eurohpc_kg.web.maps import base_map

    return _reply(base_map(), _TYPES["svg"])


def _reply(body: bytes, kind: str) -> Reply:
    etag = f"{len(body):x}-{__version__}"
    headers = [("content-type", kind), ("etag", f'"{etag}"'), ("cache-control", "no-cache")]
    return Reply(200, headers, body, etag)
