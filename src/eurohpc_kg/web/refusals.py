"""What a reader is told when there is no answer: one body as JSON, one as a page.

``{"status", "problem", "remedy", "place", "near"}`` for programs; the same in words for people. No
reader ever sees a traceback.
"""

from __future__ import annotations

import json

from eurohpc_kg.web.build import Build
from eurohpc_kg.web.faults import Fault
from eurohpc_kg.web.negotiate import choose

_WAIT = {503: "5"}  # seconds after which to ask again


def body_of(fault: Fault, build: Build | None, accept: str, path: str = "") -> tuple[str, bytes]:
    """Return the content type and the body that tell of a fault; a page where that is asked for."""
    wanted = choose(accept, ["application/json", "text/html"])
    if build is not None and wanted == "text/html" and "text/html" in accept:
        from eurohpc_kg.web.pages.page import Page, write_page

        page = Page(path or "-/error", fault.title, "error", {"fault": fault})
        return "text/html; charset=utf-8", write_page(page, build)
    body = {
        name: value
        for name in ("status", "problem", "remedy", "place", "near")
        if (value := getattr(fault, name))
    }
    return "application/json", (json.dumps(body, ensure_ascii=False) + "\n").encode()


def headers_of(fault: Fault) -> list[tuple[str, str]]:
    """Return the headers that a fault adds."""
    wait = _WAIT.get(fault.status)
    return [("retry-after", wait)] if wait else []
