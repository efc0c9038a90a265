"""A git revision of the content, as files; nothing in the checkout is touched.

``git archive`` writes the rooms of a revision to a pipe, so there is no folder to clean up.
"""

from __future__ import annotations

import difflib
import io
import os
import subprocess
import tarfile

from eurohpc_kg.errors import InputError, MissingDependencyError, UnknownNameError, UsageError
from eurohpc_kg.repository import ROOMS, Repository

_OTHERS = "Give a date, a file or a folder, or the revision of a checkout."


def commit_of(repository: Repository, revision: str) -> str:
    """Return the full hash of the commit that a revision names.

    Raises `UsageError` where the content has no revisions, `UnknownNameError` (with the nearest
    names) for one that it has not, and `MissingDependencyError` without git.
    """
    if not repository.is_checkout:
        raise UsageError(
            f"{revision!r} is no date, file or folder, and an installed package has no revisions",
            place=str(repository.root),
            remedy=_OTHERS,
        )
    inside = _git(repository, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        raise UsageError(
            f"{revision!r} is no date, file or folder, and this is no git repository"
            f" ({_first_line(inside)})",
            place=str(repository.root),
            remedy=_OTHERS,
        )
    name = f"{revision}^{{commit}}"
    found = _git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if found.returncode:
        known = _git(repository, "for-each-ref", "--format=%(refname:short)").stdout.decode()
        near = difflib.get_close_matches(revision, known.split(), n=5)
        raise UnknownNameError(
            f"{revision!r} is no revision, date, file or folder",
            place=str(repository.root),
            remedy="" if near else "git log and git tag list the revisions.",
            candidates=near,
        )
    return found.stdout.decode().strip()


def files_of(repository: Repository, commit: str) -> dict[str, bytes]:
    """Return the files of the rooms in a commit, by path relative to the root.

    Raises `InputError` for a commit that has no content.
    """
    listed = _git(repository, "ls-tree", "--name-only", commit)
    rooms = [room for room in ROOMS if room in listed.stdout.decode().splitlines()]
    if "ontology" not in rooms:
        raise InputError(
            "this revision has no ontology",
            place=commit[:12],
            remedy="Give a later revision: this one is from before the content.",
        )
    archive = _git(repository, "archive", "--format=tar", commit, "--", *rooms)
    if archive.returncode:
        raise InputError(
            f"the revision can't be read: {_first_line(archive)}",
            place=commit[:12],
            remedy="Run git fsck; a shallow or partial clone lacks old revisions.",
        )
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        for member in tar:
            handle = tar.extractfile(member) if member.isfile() else None
            if handle is not None:
                files[member.name] = handle.read()
    return files


def _git(repository: Repository, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in the content's folder, whatever repository a caller's git is busy with."""
    around = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        return subprocess.run(
            ["git", *words],
            cwd=repository.root,
            env=around | {"LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise MissingDependencyError(
            "git is not installed", place=words[-1], remedy=f"Install git. Or: {_OTHERS}"
        ) from error


def _first_line(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else f"git ended with {done.returncode}"
