"""HTTP with the manners of a guest: time limits, retries only where they do no harm, one message.

`Transport.send` is the only way to a server. What may be sent twice (``repeatable``) is tried
again, later each time, when the server is not there, too busy, or breaks off; what may not is tried
again only when it surely did not arrive: no connection, or the server's own "not now".
"""

from __future__ import annotations

import base64
import http.client
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TypeVar

from eurohpc_kg.endpoint.bodies import Answer, Body, whole
from eurohpc_kg.endpoint.challenges import opener_for
from eurohpc_kg.endpoint.credentials import Credentials
from eurohpc_kg.endpoint.faults import (
    RejectedError,
    UnansweredError,
    cause_of,
    place_of,
    rejected,
    unanswered,
)

_Read = TypeVar("_Read")
AGENT = "eurohpc-kg (https://w3id.org/eurohpc-kg/)"
TIMEOUT = 60.0
ATTEMPTS = 4
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0

_NOT_NOW = frozenset({429, 503})
_PASSING = frozenset({429, 500, 502, 503, 504})


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
            wait = pause
            try:
                return self._once(request, read, timeout)
            except RejectedError as error:
                again = error.status in (_PASSING if repeatable else _NOT_NOW)
                if not again or attempt == self.attempts:
                    raise
                wait = max(pause, min(error.wait, timeout))
            except UnansweredError as error:
                arrived = not isinstance(error.__cause__, ConnectionRefusedError)
                waited = isinstance(error.__cause__, TimeoutError)
                if (arrived and not repeatable) or waited or attempt == self.attempts:
                    raise
            self._sleep(wait)
            pause = min(pause * 3, LONGEST_PAUSE)
        raise AssertionError("the last attempt returns or raises")

    @property
    def _opener(self) -> urllib.request.OpenerDirector:
        """Return the opener of this thread: one that answers challenges minds the last one."""
        if not hasattr(self._own, "opener"):
            self._own.opener = opener_for(self.credentials)
        return self._own.opener  # type: ignore[no-any-return]

    def _once(
        self,
        request: urllib.request.Request,
        read: Callable[[http.client.HTTPResponse], _Read],
        timeout: float,
    ) -> _Read:
        place = place_of(request.full_url)
        try:
            found = self._opener.open(request, timeout=timeout)
        except urllib.error.HTTPError as error:
            with error:
                raise rejected(error, place, self.credentials) from None
        except (urllib.error.URLError, OSError, http.client.HTTPException, ValueError) as error:
            raise unanswered(error, place, timeout) from cause_of(error)
        try:
            with found:
                return read(found)
        except (OSError, http.client.HTTPException) as error:
            raise unanswered(error, place, timeout) from cause_of(error)
