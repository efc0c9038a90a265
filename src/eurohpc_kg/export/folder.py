"""The folder of an export: written beside, put in place whole, or not there at all.

Each file is counted and hashed while it is written, and compressed where that was asked for; the
manifest tells of all of them.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, cast

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.export.compression import compressed
from eurohpc_kg.export.leftovers import held, partial, sweep
from eurohpc_kg.records import dataclass

MANIFEST = "manifest.json"
GENERATOR = "eurohpc-kg export"
_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True)
class Written:
    """Say of a file what it is: ``size`` in bytes as it stands there, ``content`` before that."""

    name: str
    format: str
    media_type: str
    title: str
    size: int
    sha256: str
    compression: str = ""
    rows: int | None = None


class Folder:
    """Take the files of one export; a context that puts them in place when it ends well."""

    def __init__(self, target: Path, *, force: bool = False) -> None:
        self.target = target
        self.files: list[Written] = []
        self._force = force
        require_replaceable(target, force)
        # Where the name is a link to a folder, that folder is replaced, and the link stays.
        self._place = target.resolve() if target.is_symlink() else target
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            sweep(self._place)
            self.path = Path(
                tempfile.mkdtemp(
                    dir=self._place.parent, prefix=partial(self._place), suffix=".part"
                )
            )
        except OSError as error:
            raise unwritable(target, error) from error
        self.work = self.path / ".work"
        self._open = ExitStack()

    def __enter__(self) -> Folder:
        self._open.enter_context(held(self.path))
        self.work.mkdir()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._put_in_place()
        except OSError as failure:
            raise unwritable(self.target, failure) from failure
        finally:
            shutil.rmtree(self.path, ignore_errors=True)
            self._open.close()
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            raise unwritable(self.target, error) from error

    @contextmanager
    def open(
        self, name: str, format: str, media_type: str, title: str, compression: str = ""
    ) -> Iterator[IO[bytes]]:
        """Open a new file for writing; it is listed once it is closed in good order."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as raw:
            counter = _Hashed(raw)
            with compressed(counter, compression) as file:
                yield file
            counter.flush()
        digest = counter.digest.hexdigest()
        self.files.append(
            Written(name, format, media_type, title, counter.size, digest, compression)
        )

    def add(
        self, name: str, format: str, media_type: str, title: str, rows: int | None = None
    ) -> None:
        """List a file that something else has written into ``path``."""
        digest, size = hashlib.sha256(), 0
        with (self.path / name).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
        self.files.append(
            Written(name, format, media_type, title, size, digest.hexdigest(), rows=rows)
        )

    def write_manifest(self, head: Mapping[str, object]) -> None:
        """Write the manifest: what ``head`` says, then every file by name."""
        files = [
            {
                key: value
                for key, value in (
                    ("name", file.name),
                    ("title", file.title),
                    ("format", file.format),
                    ("mediaType", file.media_type),
                    ("compression", file.compression),
                    ("rows", file.rows),
                    ("bytes", file.size),
                    ("sha256", file.sha256),
                )
                if value not in ("", None)
            }
            for file in sorted(self.files, key=lambda file: file.name)
        ]
        text = json.dumps({"generator": GENERATOR, **head, "files": files}, indent=1)
        (self.path / MANIFEST).write_text(text + "\n", encoding="utf-8")

    def _put_in_place(self) -> None:
        shutil.rmtree(self.work)
        self.path.chmod(0o777 & ~_umask())
        if not self._place.exists():
            self.path.rename(self._place)
            return
        require_replaceable(self._place, self._force)
        old = self.path.with_suffix(".old")
        self._place.rename(old)
        try:
            self.path.rename(self._place)
        except BaseException:  # an interruption, too, must not leave the place empty
            old.rename(self._place)
            raise
        shutil.rmtree(old, ignore_errors=True)


def require_replaceable(target: Path, force: bool) -> None:
    """Raise `EurohpcKgError` where the target holds what no export has put there."""
    if target.is_dir():
        if force or is_export(target) or not any(target.iterdir()):
            return
        problem, remedy = (
            "the folder holds something else than an earlier export",
            "Name another folder, or give --force, which removes all that is in it.",
        )
    elif target.exists():
        problem, remedy = "there is a file of this name", "Name a folder."
    else:
        return
    raise EurohpcKgError(problem, place=str(target), remedy=remedy)


def is_export(folder: Path) -> bool:
    """Tell whether a folder is an earlier export, by its manifest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("generator") == GENERATOR


def unwritable(target: Path, error: OSError) -> EurohpcKgError:
    """Return the error for a target that can't be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        remedy = "Make room, or name a folder on another disk; nothing was left behind."
    else:
        remedy = "Name a folder that can be written."
    return EurohpcKgError(
        f"the export can't be written: {error.strerror or error}", place=str(target), remedy=remedy
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class _Hashed(io.RawIOBase):
    """Pass bytes on, and hash and count them."""

    def __init__(self, file: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self.size = 0
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = cast(bytes, data)
        self._file.write(piece)
        self.digest.update(piece)
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        self._file.flush()
