"""One process that writes pages of a site, with their data beside them; `site` shares out the work.

It takes the store into memory once, and tells of each page which files it wrote and where its
links lead.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import posixpath
import re
from functools import lru_cache
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from eurohpc_kg.repository import Repository
from eurohpc_kg.store.canonical import load_in_memory
from eurohpc_kg.web.addresses import iri_of, is_thing
from eurohpc_kg.web.answers import ANSWERS, answer_data
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.faults import Fault, Refused
from eurohpc_kg.web.pages import Page, page, write_page
from eurohpc_kg.web.publish import json_of
from eurohpc_kg.web.rdf import quads_of, write_quads

_LINK = re.compile(rb'(?:href|src|data-index|data-terms|data-example)="([^"]*)"')
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# The forms in which data lie beside the pages; any tool makes the others of them.
FORMS = ("ttl", "nq", "jsonld", "csv")
# Links that only a server answers; the pages say what to do without one.
_SERVED = ("sparql",)


class Done(NamedTuple):
    """Hold what a chunk of pages gave: file → whether it changed, link → a page that has it."""

    files: dict[str, bool]
    links: dict[str, str]


_there: set[str] = set()  # folders that were made


class _Here:
    """Hold the build and the folder of this process."""

    build: Build
    target: Path
    is_new = False


def start(root: str, folder: str, target: str, is_new: bool = False) -> Build:
    """Take the store into memory, for this process and those that are forked off it."""
    store = load_in_memory(Path(folder))
    build = Build(Repository(Path(root)), Path(folder), store=store)
    build.is_site = True
    build.forms = FORMS
    build.ask = lru_cache(maxsize=4)(build.ask)  # the page, and each form of data
    _Here.build, _Here.target, _Here.is_new = build, Path(target), is_new
    _there.clear()
    return build


def write_pages(chunk: list[str]) -> Done:
    """Write these pages and their data."""
    done = Done({}, {})
    for path in chunk:
        made = _made(path)
        if made is None:
            continue
        html = write_page(made, _Here.build)
        _put(done, f"{path}.html", html)
        for link in _links(html, f"{path}.html"):
            done.links.setdefault(link, f"{path}.html")
        for suffix, content in _data(made, path):
            _put(done, f"{path}.{suffix}", content)
    return done


def _made(path: str) -> Page | None:
    if path == "404":
        fault = Fault(404, "Nothing lies at this address.", "Search for it by name.")
        return Page("404", fault.title, "error", {"fault": fault})
    return page(_Here.build, path)


def _data(made: Page, path: str) -> list[tuple[str, bytes]]:
    """Return each form of data that a page names, and the answer of a question."""
    build = _Here.build
    quads = sorted(quads_of(build, iri_of(path))) if made.forms else []  # once for all forms
    found = [
        (suffix, json_of(build, path) if suffix == "json" else write_quads(quads, suffix, build))
        for suffix in made.forms
        if suffix in build.forms and not (path.startswith("question/") and suffix in ANSWERS)
    ]
    if path.startswith("question/"):
        for suffix in ANSWERS:
            try:
                answer = answer_data(build, path.partition("/")[2], suffix, {})
            except Refused:  # Parquet, without a library for it
                continue
            if answer is not None:
                found.append((suffix, answer))
    return [(suffix, content) for suffix, content in found if content is not None]


def _put(done: Done, name: str, content: bytes) -> None:
    done.files[name] = write_file(_Here.target, name, content, _Here.is_new)


def write_file(target: Path, name: str, content: bytes, is_new: bool = False) -> bool:
    """Write a file unless it is there with these bytes; tell whether it was written.

    Where the folder ``is_new``, nothing can be there.
    """
    path = f"{target}/{name}"  # tens of thousands: a Path for each would cost a second
    if not is_new and _is_there(path, content):
        return False
    folder = path.rpartition("/")[0]
    if folder not in _there:
        Path(folder).mkdir(parents=True, exist_ok=True)
        _there.add(folder)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)
    return True


def _is_there(path: str, content: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116
            return False
        return Path(path).read_bytes() == content
    except FileNotFoundError:
        return False


def _links(html: bytes, name: str) -> set[str]:
    """Return the files to which a page links."""
    folder = posixpath.dirname(name)
    found = {_file(link, folder) for link in {*_LINK.findall(html)}}
    return found.difference(("", *_SERVED))


@lru_cache(maxsize=100_000)
def _file(link: bytes, folder: str) -> str:
    """Return the file that a link of a page leads to, empty for an address or a place inside."""
    target = unescape(link.decode()).partition("#")[0].partition("?")[0]
    if not target or _OUTSIDE.match(target):
        return ""
    return posixpath.normpath(posixpath.join(folder, target))


def packed(build: Build) -> bytes:
    """Return the whole graph as N-Quads, packed."""
    lines = sorted(f"{quad} .\n" for quad in build.store)
    return gzip.compress("".join(lines).encode(), 6, mtime=0)


def code() -> str:
    """Return a mark of the code, templates and styles that make pages."""
    digest = hashlib.blake2b(digest_size=12)
    package = Path(str(files("eurohpc_kg")))
    for path in sorted(
        p for p in package.rglob("*") if p.suffix in (".py", ".html", ".css", ".js")
    ):
        if "content" not in path.relative_to(package).parts:
            digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


__all__ = ["Done", "code", "is_thing", "packed", "start", "write_file", "write_pages"]
