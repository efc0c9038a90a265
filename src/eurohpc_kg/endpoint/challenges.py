"""Who asks for the password: answers to the challenges of a server, Basic and Digest.

It is for that server alone: nobody is followed to another one.
"""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from eurohpc_kg.endpoint.credentials import Credentials
from eurohpc_kg.endpoint.faults import place_of


def opener_for(credentials: Credentials) -> urllib.request.OpenerDirector:
    """Return what opens addresses, and answers where a server asks who it is.

    It minds the last challenge, so it is for one thread.
    """
    opener = urllib.request.build_opener(_Staying())
    if credentials.user:
        passwords = _AnyRealm(credentials)
        opener.add_handler(_Digest(passwords))
        opener.add_handler(_Basic(passwords))
    return opener


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follow a server only to another of its own pages, and only with what has no body.

    Elsewhere the password has no business, and a body would be left behind on the way.
    """

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if req.data is not None or here[:2] != there[:2]:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


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
        self._challenges[place_of(req.full_url)] = chal
        return super().get_authorization(req, chal)

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        challenge = self._challenges.get(place_of(req.full_url))
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
