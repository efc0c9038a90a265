"""Why there is no answer, or not the one that was wanted: a message for each case."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import urllib.error
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from eurohpc_kg.endpoint.credentials import Credentials
from eurohpc_kg.errors import EndpointError

LONGEST_ERROR = 300  # characters
_FORBIDDEN = "SECURITY: No permission"  # Virtuoso says it with 500


class UnansweredError(EndpointError):
    """Say that no answer came, so that what was sent may or may not have been done."""


class RejectedError(EndpointError):
    """Say that the server answered with an error, of this ``status`` and with these ``headers``."""

    def __init__(
        self,
        problem: str,
        *,
        status: int,
        headers: Mapping[str, str] | None = None,
        place: str = "",
        remedy: str = "",
    ) -> None:
        self.status = status
        self.headers = headers or {}
        super().__init__(problem, place=place, remedy=remedy)

    @property
    def wait(self) -> float:
        """The seconds that the server asks to wait (``Retry-After``, RFC 9110, section 10.2.3)."""
        text = self.headers.get("retry-after", "").strip()
        if text.isdigit():
            return float(text)
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
        except ValueError:
            return 0.0


def unanswered(error: BaseException, place: str, timeout: float) -> UnansweredError:
    """Return the error for a request that nothing came back to within ``timeout`` seconds."""
    cause = cause_of(error)
    if isinstance(cause, TimeoutError):
        return UnansweredError(
            f"no answer within {timeout:g} s",
            place=place,
            remedy="Look whether the server is busy; --timeout waits longer.",
        )
    if isinstance(cause, ConnectionRefusedError):
        return UnansweredError(
            "nothing listens there", place=place, remedy="Start the server, or correct the address."
        )
    if isinstance(cause, socket.gaierror):
        return UnansweredError(
            "there is no host of this name", place=place, remedy="Correct the address."
        )
    if isinstance(cause, ssl.SSLError):
        return UnansweredError(
            f"no trusted connection: {cause.reason or cause}",
            place=place,
            remedy="Mend the certificate of the server.",
        )
    what = str(cause) or type(cause).__name__
    return UnansweredError(
        f"the connection broke off: {what}", place=place, remedy="Look at the log of the server."
    )


def rejected(error: urllib.error.HTTPError, place: str, credentials: Credentials) -> RejectedError:
    """Return the error for an answer of 400 and above."""
    status = error.code
    said = _said(error)
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if status == 401:
        who = f"the user {credentials.user!r}" if credentials.user else "a user without a name"
        problem = f"the server does not let {who} in"
        remedy = "Give --user, and the password in EUROHPC_KG_PASSWORD or the netrc file."
    elif status == 403 or (status == 500 and _FORBIDDEN in said):
        who = f"the user {credentials.user!r}" if credentials.user else "this user"
        problem = f"{who} may not do this: {said}"
        remedy = "Take a user that may write, or ask the server's keeper for the right to."
    elif 300 <= status < 400:
        there = urljoin(error.url, headers.get("location", ""))
        problem = f"the server sends on to {place_of(there)}"
        remedy = "Give the address that it sends on to, if you trust it."
    elif status in (404, 405):
        problem = f"the server has nothing of this kind there ({status})"
        remedy = "Correct the address, or name the product with --store."
    elif status == 413:
        problem = "the server takes no request of this size"
        remedy = "Raise its limit."
    else:
        problem = f"the server answered {status}: {said}"
        remedy = "Look at the log of the server."
    return RejectedError(problem, status=status, headers=headers, place=place, remedy=remedy)


def cause_of(error: BaseException) -> BaseException:
    """Return what is behind an URLError, with both kinds of time-out as one."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, socket.timeout):
        return TimeoutError(str(reason))
    return reason if isinstance(reason, BaseException) else error


def _said(error: urllib.error.HTTPError) -> str:
    """Return the first line of the server's words, cut to a length that a person reads."""
    try:
        text = error.read(20_000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        text = ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines and not lines[0].startswith("<") else str(error.reason)
    return first[:LONGEST_ERROR]


def place_of(url: str) -> str:
    """Return the address without its query, which may be long."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
