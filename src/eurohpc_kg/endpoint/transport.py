"""HTTP with the manners of a guest: time limits, retries only where they do no harm, one message.

`Transport.send` is the only way to a server. What may be sent twice (``repeatable``) is tried
again, later each time, when the server is not there, too busy, or breaks off; what may not is tried
again only when it surely did not arrive: no connection, or the server's own "not now".
"""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from eurohpc_kg.endpoint.bodies import Answer, Body, whole
from eurohpc_kg.endpoint.credentials import Credentials
from eurohpc_kg.errors import EndpointError

_Read = TypeVar("_Read")
AGENT = "eurohpc-kg (https://w3id.org/eurohpc-kg/)"
TIMEOUT = 60.0
ATTEMPTS = 4
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
LONGEST_ERROR = 300

_NOT_NOW = frozenset({429, 503})
_PASSING = frozenset({429, 500, 502, 503, 504})


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


class Transport:
    """Send requests to one server as one user."""

    def __init__(
        self,
        credentials: Credentials | None = None,
        *,
        timeout: float = TIMEOUT,
        attempts: int = ATTEMPTS,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.credentials = credentials or Credentials()
        self.timeout = timeout
        self.attempts = attempts
        self.unasked = True
        """Whether the password is sent before the server asks for it, as curl does."""
        self._sleep = sleep
        self._own = threading.local()

    def send(
        self,
        request: urllib.request.Request,
        *,
        repeatable: bool,
        timeout: float | None = None,
    ) -> Answer:
        """Return the answer; raise `RejectedError` or `UnansweredError`."""
        return self._carried(request, whole, repeatable, timeout or self.timeout)

    def receive(self, request: urllib.request.Request, read: Callable[[Body], _Read]) -> _Read:
        """Return what ``read`` makes of an answer as it comes; raises as `send`.

        ``read`` is called again, with a new body, if the answer breaks off.
        """
        return self._carried(request, lambda found: read(Body(found)), True, self.timeout)

    def _carried(
        self,
        request: urllib.request.Request,
        read: Callable[[http.client.HTTPResponse], _Read],
        repeatable: bool,
        timeout: float,
    ) -> _Read:
        request.add_header("User-Agent", AGENT)
        if self.credentials.token:
            request.add_header("Authorization", f"Bearer {self.credentials.token}")
        elif self.unasked and self.credentials.user and not request.has_header("Authorization"):
            pair = f"{self.credentials.user}:{self.credentials.password}".encode()
            basic = base64.b64encode(pair).decode()
            request.add_unredirected_header("Authorization", f"Basic {basic}")
        pause = FIRST_PAUSE
        for attempt in range(1, self.attempts + 1):
            try:
                return self._once(request, read, timeout)
            except RejectedError as error:
                again = error.status in (_PASSING if repeatable else _NOT_NOW)
                if not again or attempt == self.attempts:
                    raise
            except UnansweredError as error:
                arrived = not isinstance(error.__cause__, ConnectionRefusedError)
                waited = isinstance(error.__cause__, TimeoutError)
                if (arrived and not repeatable) or waited or attempt == self.attempts:
                    raise
            self._sleep(pause)
            pause = min(pause * 3, LONGEST_PAUSE)
        raise AssertionError("the last attempt returns or raises")

    @property
    def _opener(self) -> urllib.request.OpenerDirector:
        """Return the opener of this thread: one that answers challenges minds the last one."""
        if not hasattr(self._own, "opener"):
            self._own.opener = _opener(self.credentials)
        return self._own.opener  # type: ignore[no-any-return]

    def _once(
        self,
        request: urllib.request.Request,
        read: Callable[[http.client.HTTPResponse], _Read],
        timeout: float,
    ) -> _Read:
        place = _place(request.full_url)
        try:
            found = self._opener.open(request, timeout=timeout)
        except urllib.error.HTTPError as error:
            with error:
                raise _rejected(error, place, self.credentials) from None
        except (urllib.error.URLError, OSError, http.client.HTTPException, ValueError) as error:
            raise _unanswered(error, place, timeout) from _cause(error)
        try:
            with found:
                return read(found)
        except (OSError, http.client.HTTPException) as error:
            raise _unanswered(error, place, timeout) from _cause(error)


def _opener(credentials: Credentials) -> urllib.request.OpenerDirector:
    opener = urllib.request.build_opener()
    if credentials.user:
        passwords = _AnyRealm(credentials)
        opener.add_handler(_Digest(passwords))
        opener.add_handler(_Basic(passwords))
    return opener


class _Closing:
    """Close the answer that asked for a password, which urllib leaves open."""

    def http_error_401(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        try:
            found = super().http_error_401(req, fp, code, msg, headers)  # type: ignore[misc]
        except (OSError, http.client.HTTPException):
            fp.close()
            raise
        if found is not None:
            fp.close()
        return found


class _Basic(_Closing, urllib.request.HTTPBasicAuthHandler):
    """Answer a challenge with the password."""


class _Digest(_Closing, urllib.request.HTTPDigestAuthHandler):
    """Answer a challenge, and use it again for the same path before the next one is asked.

    A server that answers 401 to a large body closes the connection before it is read.
    """

    def __init__(self, passwords: urllib.request.HTTPPasswordMgr) -> None:
        super().__init__(passwords)
        self._challenges: dict[str, Mapping[str, str]] = {}

    def get_authorization(self, req: urllib.request.Request, chal: Mapping[str, str]) -> str | None:
        self._challenges[_place(req.full_url)] = chal
        return super().get_authorization(req, chal)

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        challenge = self._challenges.get(_place(req.full_url))
        if challenge is not None:
            answer = super().get_authorization(req, challenge)
            req.add_unredirected_header(self.auth_header, f"Digest {answer}")
        return req

    https_request = http_request


class _AnyRealm(urllib.request.HTTPPasswordMgr):
    """Give the one pair there is, whatever the realm."""

    def __init__(self, credentials: Credentials) -> None:
        super().__init__()
        self._pair = (credentials.user, credentials.password)

    def find_user_password(self, *_: object) -> tuple[str | None, str | None]:
        return self._pair


def _cause(error: BaseException) -> BaseException:
    """Return what is behind an URLError, with both kinds of time-out as one."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, socket.timeout):
        return TimeoutError(str(reason))
    return reason if isinstance(reason, BaseException) else error


def _unanswered(error: BaseException, place: str, timeout: float) -> UnansweredError:
    cause = _cause(error)
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


def _rejected(error: urllib.error.HTTPError, place: str, credentials: Credentials) -> RejectedError:
    status = error.code
    said = _said(error)
    if status == 401:
        who = f"the user {credentials.user!r}" if credentials.user else "a user without a name"
        problem = f"the server does not let {who} in"
        remedy = "Give --user, and the password in EUROHPC_KG_PASSWORD or the netrc file."
    elif status == 403:
        who = f"the user {credentials.user!r}" if credentials.user else "this user"
        problem = f"{who} may not do this: {said}"
        remedy = "Take a user that may write, or ask the server's keeper for the right to."
    elif status in (404, 405):
        problem = f"the server has nothing of this kind there ({status})"
        remedy = "Correct the address, or name the product with --store."
    elif status == 413:
        problem = "the server takes no request of this size"
        remedy = "Raise its limit."
    else:
        problem = f"the server answered {status}: {said}"
        remedy = "Look at the log of the server."
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    return RejectedError(problem, status=status, headers=headers, place=place, remedy=remedy)


def _said(error: urllib.error.HTTPError) -> str:
    """Return the first line of the server's words, cut to a length that a person reads."""
    try:
        text = error.read(20_000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        text = ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines and not lines[0].startswith("<") else str(error.reason)
    return first[:LONGEST_ERROR]


def _place(url: str) -> str:
    """Return the address without its query, which may be long."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
