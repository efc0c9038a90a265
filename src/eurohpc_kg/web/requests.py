"""What a request holds, read within bounds: its parameters, its query, whether a page is wanted."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

from eurohpc_kg.web import endpoint
from eurohpc_kg.web.asgi import Request
from eurohpc_kg.web.faults import Fault, Refused
from eurohpc_kg.web.memory import Memory

_MOST_VALUES = 60
_LONGEST = 20_000
_SECONDS = 20  # for the body of a request
_HTML = "text/html"
# Decoding a form takes longer than finding the answer that was given before.
_READ = Memory[tuple[str, str, bytes], endpoint.Asked](
    8_000_000, lambda key, asked: sum(map(len, key)) + 4 * len(asked.query)
)
_TOO_LARGE = Fault(
    413, f"The request is larger than {endpoint.LARGEST_BODY // 1_000_000} MB.", "Ask less."
)


def values_of(request: Request) -> dict[str, list[str]]:
    """Return the parameters of a page; raise `Refused` for too many, or for what is no text."""
    text = request.query
    if not text:
        return {}
    if len(text) > _LONGEST:
        raise Refused(Fault(414, "The address is too long.", "Ask at /sparql by POST."))
    try:
        values = parse_qs(text, max_num_fields=_MOST_VALUES, errors="strict")
    except (ValueError, UnicodeDecodeError) as error:
        raise Refused(
            Fault(400, "The parameters can't be read.", "Write fewer, as UTF-8.")
        ) from error
    return {
        name: ["".join(c for c in value if c.isprintable() or c in "\n\t") for value in several]
        for name, several in values.items()
    }


async def asked_by(request: Request) -> endpoint.Asked | None:
    """Return the query that a request asks, ``None`` where it asks none."""
    query_string = request.query
    if request.method != "POST":
        return endpoint.read_get(query_string)
    key = (request.headers.get("content-type", ""), query_string, await _body(request))
    asked = _READ.get(key)
    if asked is None:
        asked = endpoint.read_post(*key)
        _READ.keep(key, asked)
    return asked


def wants_page(accept: str) -> bool:
    """Tell whether a person asks: a browser names HTML before anything else."""
    first = accept.partition(",")[0].partition(";")[0].strip().lower()
    return first in (_HTML, "application/xhtml+xml")


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > endpoint.LARGEST_BODY:
                    raise Refused(_TOO_LARGE)
    except TimeoutError as error:
        raise Refused(Fault(408, "The query did not come in time.", "Send it at once.")) from error
    return bytes(body)
