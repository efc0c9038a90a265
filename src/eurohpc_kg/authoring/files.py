"""Where a new file may go: inside a checkout, where none is yet, under a well-formed name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Triple

from eurohpc_kg.errors import UsageError
from eurohpc_kg.findings import Report
from eurohpc_kg.importing.facts.dates import date_problem
from eurohpc_kg.importing.facts.merging import merge_file
from eurohpc_kg.importing.facts.register_files import HEADERS
from eurohpc_kg.names import is_language, is_slug, read_prefixes
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle.files import write_file

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|^`\\]+")


@dataclass(frozen=True)
class Begun:
    """Hold what was written and what a person still has to do, a sentence each."""

    path: Path
    left: tuple[str, ...]


def begin(repository: Repository, path: Path, text: str, *left: str) -> Begun:
    """Write a file that is not there yet; raise `UsageError` where it is, or in a wheel."""
    repository.require_checkout()
    if path.exists():
        raise UsageError(
            "there is such a file already",
            place=repository.relative(path),
            remedy="Edit it, or choose another name.",
        )
    write_file(path, text)
    return Begun(path, left)


def register(repository: Repository, name: str, triples: Collection[Triple]) -> Path:
    """Add triples to the register file of this name; return its path."""
    path = repository.register / f"{name}.ttl"
    merge_file(path, triples, read_prefixes(repository), Report(), header=HEADERS[name])
    return path


def require_slug(slug: str) -> str:
    """Return a slug, or raise `UsageError` where it is none."""
    if not is_slug(slug):
        raise UsageError(
            f"{slug!r} is no name for a file of ours",
            remedy="Write small letters, digits and single hyphens: lumi, euro-q-exa.",
        )
    return slug


def require_date(date: str) -> str:
    """Return a year, month or day as written, or raise `UsageError`; empty is undated."""
    problem = date_problem(date) if date else ""
    if problem:
        raise UsageError(
            f"{date!r} is no date: {problem}",
            remedy="Write 2026, 2026-11 or 2026-11-25, as precise as known.",
        )
    return date


def require_language(language: str) -> str:
    """Return the tag of a language, or raise `UsageError`."""
    if not is_language(language):
        raise UsageError(
            f"{language!r} is not the tag of a language",
            remedy="Write its code of two or three letters: en, cs, sr-Latn.",
        )
    return language


def require_address(address: str) -> str:
    """Return the address of a page, or raise `UsageError`."""
    if not _ADDRESS.fullmatch(address):
        raise UsageError(
            f"{address!r} is not the address of a page",
            remedy="Give it in full, from https:// on, with spaces and quotes percent-encoded.",
        )
    return address
