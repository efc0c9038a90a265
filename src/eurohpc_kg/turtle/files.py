"""House form on disk: which files, what is not in it, and writing without a half-written file."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eurohpc_kg.errors import EurohpcKgError, InputError, MissingFileError
from eurohpc_kg.findings import Finding
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle.read import read_text
from eurohpc_kg.turtle.write import format_text


@dataclass
class Formatted:
    """Say what became of the files: looked at, not in house form, and not readable at all."""

    files: int = 0
    findings: list[Finding] = field(default_factory=list)
    errors: list[EurohpcKgError] = field(default_factory=list)


def format_files(repository: Repository, paths: Sequence[Path], check: bool) -> Formatted:
    """Write the Turtle files of ``paths`` in the house form, or with ``check`` only look.

    A folder stands for all Turtle files below it, and no path for the content of the repository.
    A file that can't be read is left as it is, and the rest goes on.
    """
    prefixes = read_prefixes(repository)
    result = Formatted()
    for path in turtle_files(repository, paths):
        result.files += 1
        try:
            text = read_text(path)
            formatted = format_text(text, prefixes, str(path))
            if formatted != text:
                result.findings.append(_finding(repository.relative(path), text, formatted))
                if not check:
                    write_file(path, formatted)
        except EurohpcKgError as error:
            result.errors.append(error)
    return result


def turtle_files(repository: Repository, paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the Turtle files that ``paths`` stand for, sorted within each folder."""
    if not paths:
        repository.require_checkout("Name the files, or run inside a checkout.")
        paths = [repository.ontology, repository.data, repository.shapes]
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.ttl"))
        elif path.exists():
            yield path
        else:
            raise MissingFileError(path)


def _finding(path: str, text: str, formatted: str) -> Finding:
    return Finding(
        path=path,
        line=first_difference(text, formatted),
        code="house-form",
        message="the file is not in the house form",
        remedy=f"Run eurohpc-kg fmt {path}",
    )


def first_difference(one: str, other: str) -> int:
    """Return the first line that two texts do not share, or the last that both have."""
    line = 0
    for line, (left, right) in enumerate(zip(one.split("\n"), other.split("\n"), strict=False), 1):
        if left != right:
            return line
    return line


def write_file(path: Path, text: str) -> None:
    """Write a text file whole or not at all: beside it first, then in its place.

    Permissions of a file that is there are kept. Raises `InputError` where the folder does not
    let it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"the file can't be written: {error.strerror}",
            place=str(path),
            remedy="Check the permissions and the room on the disk.",
        ) from error
