"""Where a new file may go: inside a checkout, where none is yet, under a well-formed name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from eurohpc_kg.errors import InputError, UsageError
from eurohpc_kg.importing.facts.sheets import date_problem
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle.files import write_file

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|^`\\]+")


@dataclass(frozen=True)
class Begun:
    """Hold what was written and what a person still has to do, a sentence each."""

    path: Path
    left: tuple[str, ...]


def begin(repository: Repository, path: Path, text: str, *left: str) -> Begun:
    """Write a file that is not there yet; raise `UsageError` where it is, or in a wheel."""
    require_checkout(repository)
    if path.exists():
        raise UsageError(
            "there is such a file already",
            place=repository.relative(path),
            remedy="Edit it, or choose another name.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text)
    return Begun(path, left)


def require_checkout(repository: Repository) -> None:
    """Raise `UsageError` where the content is that of an installed package."""
    if not repository.is_checkout:
        raise UsageError(
            "the content of an installed package is not edited in place",
            place=str(repository.root),
            remedy="Run inside a checkout.",
        )


def require_slug(slug: str) -> str:
    """Return a slug, or raise `InputError` where it is none."""
    if not _SLUG.fullmatch(slug):
        raise InputError(
            f"{slug!r} is no name for a file of ours",
            remedy="Write small letters, digits and single hyphens: lumi, euro-q-exa.",
        )
    return slug


def require_date(date: str) -> str:
    """Return a year, month or day as written, or raise `InputError`; empty is undated."""
    problem = date_problem(date) if date else ""
    if problem or (date and len(date) not in (4, 7, 10)):
        raise InputError(
            f"{date!r} is no date: {problem or 'it has another form'}",
            remedy="Write 2026, 2026-11 or 2026-11-25, as precise as known.",
        )
    return date


def require_address(address: str) -> str:
    """Return the address of a page, or raise `InputError`."""
    if not _ADDRESS.fullmatch(address):
        raise InputError(
            f"{address!r} is not the address of a page",
            remedy="Give it in full, from https:// on, with spaces and quotes percent-encoded.",
        )
    return address
