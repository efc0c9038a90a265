"""Who asks: user, password or token, from the environment or netrc, and never in a message.

``EUROHPC_KG_USER`` with ``EUROHPC_KG_PASSWORD``, or ``EUROHPC_KG_TOKEN``; else the entry of the
host in the netrc file (``NETRC``, by default ``~/.netrc``). A password in an address is taken too,
and taken out of the address, so that no message repeats it.
"""

from __future__ import annotations

import netrc
import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from eurohpc_kg.errors import InputError, UsageError
from eurohpc_kg.records import dataclass, field

_UNWRITABLE = re.compile(r"[\s\x00-\x1f\x7f]")
USER, PASSWORD, TOKEN = "EUROHPC_KG_USER", "EUROHPC_KG_PASSWORD", "EUROHPC_KG_TOKEN"


@dataclass(frozen=True)
class Credentials:
    """Hold what a server may ask for; what is secret is not shown."""

    user: str = ""
    password: str = field(default_factory=str, repr=False)
    token: str = field(default_factory=str, repr=False)

    @property
    def given(self) -> bool:
        """Tell whether there is anything to send."""
        return bool(self.user or self.token)


def credentials_for(
    address: str, user: str = "", environment: Mapping[str, str] | None = None
) -> tuple[str, Credentials]:
    """Return the address without secrets, and the credentials for its host.

    ``user`` is what was given on the command line; its password still comes from the environment
    or netrc. Raises `UsageError` for an address that is not one of http or https, and `InputError`
    for a netrc file that can't be read.

    >>> credentials_for("http://me:secret@127.0.0.1:7878/", environment={})
    ('http://127.0.0.1:7878/', Credentials(user='me'))
    """
    given = os.environ if environment is None else environment
    parts = _parts(address)
    clean = _without_secrets(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"{clean!r} is no address of a server",
            remedy="Write one that begins with http:// or https://.",
        )
    if given.get(TOKEN):
        return clean, Credentials(token=given[TOKEN])
    if parts.username and not user:
        return clean, Credentials(unquote(parts.username), unquote(parts.password or ""))
    name = user or given.get(USER, "")
    if name and PASSWORD in given:
        return clean, Credentials(name, given[PASSWORD])
    return clean, _from_netrc(parts.hostname, name, given)


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        is_whole = parts.port != 0 and not _UNWRITABLE.search(address)
    except ValueError:
        is_whole = False
    if not is_whole:  # it is not repeated: what is wrong in it may be a password
        raise UsageError(
            "what is given is no address of a server",
            remedy="Write one such as http://127.0.0.1:7878; in a password, %23 for #, and so on.",
        )
    return parts


def _without_secrets(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _from_netrc(host: str, user: str, given: Mapping[str, str]) -> Credentials:
    path = Path(given.get("NETRC") or Path.home() / ".netrc")
    if not path.is_file():
        return Credentials(user)
    try:
        entry = netrc.netrc(str(path)).authenticators(host)
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        # The words of the error may be a password.
        line = error.lineno if isinstance(error, netrc.NetrcParseError) else None
        raise InputError(
            "not a netrc file that can be read",
            place=f"{path}:{line}" if line else str(path),
            remedy="Correct it, or remove it.",
        ) from None
    if entry is None or (user and entry[0] != user):
        return Credentials(user)
    return Credentials(entry[0], entry[2] or "")
