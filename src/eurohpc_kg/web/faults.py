"""What a reader is told when there is no answer: one body as JSON, one as a page.

``{"status", "problem", "remedy", "place", "near"}`` for programs; the same in words for people. No
reader ever sees a traceback.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from eurohpc_kg.errors import EurohpcKgError, TooLargeError, UnknownNameError, UsageError
from eurohpc_kg.records import dataclass
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.negotiate import choose
from eurohpc_kg.web.pages.page import Page, write_page

_WAIT = {503: "5"}  # seconds after which to ask again


@dataclass(frozen=True)
class Fault:
    """Hold why there is no answer, and what to do; ``near`` are paths that may have been meant."""

    status: int
    problem: str
    remedy: str = ""
    place: str = ""
    near: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the status in words."""
        return HTTPStatus(self.status).phrase


class Refused(Exception):  # noqa: N818 - it carries a fault of the request, not of the program
    """Carry a fault to where the reply is made."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.problem)


def fault_of(error: EurohpcKgError) -> Fault:
    """Return what to tell of an error: what the reader wrote is at fault, or we are."""
    if isinstance(error, TooLargeError):
        status = 413
    elif isinstance(error, UnknownNameError):
        status = 404
    elif isinstance(error, UsageError) or error.exit_code == UsageError.exit_code:
        status = 400
    else:
        status = 400 if error.place or error.remedy else 500
    return Fault(status, error.problem, error.remedy, error.place)


def body_of(fault: Fault, build: Build | None, accept: str, path: str = "") -> tuple[str, bytes]:
    """Return the content type and the body that tell of a fault; a page where that is asked for."""
    wanted = choose(accept, ["application/json", "text/html"])
    if build is not None and wanted == "text/html" and "text/html" in accept:
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
