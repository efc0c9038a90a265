"""The pages as a folder of files, with the data beside them, for any web server or pages host.

What is written is what `serve` would send. Processes share the pages among them; only files whose
bytes changed are written, what no build makes any more is removed, and every link is followed.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from eurohpc_kg.amounts import amount
from eurohpc_kg.errors import InputError
from eurohpc_kg.findings import Finding, Report
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository
from eurohpc_kg.store.saying import Say
from eurohpc_kg.web import site_worker
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.description import describe_dataset
from eurohpc_kg.web.files import LOGO, static_files
from eurohpc_kg.web.indexes import INDEXES
from eurohpc_kg.web.maps import BASE_MAP, base_map
from eurohpc_kg.web.pages.listing import paths
from eurohpc_kg.web.workers import Bounds

MANIFEST = ".eurohpc-kg-site.json"
ENGINE, WHOLE = "-/oxigraph/", "-/graph.nq.gz"
_ENGINE_FILES = ("web.js", "web_bg.wasm")
_CHUNK = 40
_MANY = 50_000  # objects that are made before the next look for those that nobody needs
_MOST_BROKEN = 50


@dataclass(frozen=True)
class Written:
    """Hold what was done: how many files there are, were written anew and removed; and faults."""

    files: int
    changed: int
    removed: int
    report: Report


def write_site(
    repository: Repository,
    folder: Path,
    target: Path,
    say: Say,
    *,
    jobs: int = 0,
    engine: Path | None = None,
) -> Written:
    """Write the site of the store in ``folder`` to ``target``.

    ``engine`` is the folder of Oxigraph's package from npm, for queries in the reader's browser.
    Raises `InputError` for a target that holds anything but a site.
    """
    known = _known(target)
    stamp = f"{folder.name} {site_worker.code()} {engine}"
    if known.get("stamp") == stamp and all((target / name).is_file() for name in known["files"]):
        say("nothing has changed")
        return Written(len(known["files"]), 0, 0, Report([]))
    target.mkdir(parents=True, exist_ok=True)
    is_new = not any(target.iterdir())
    begin = partial(site_worker.start, str(repository.root), str(folder), str(target), is_new)
    build = begin()
    names: dict[str, bool] = {}
    links: dict[str, str] = {}
    todo = paths(build)
    for number, done in enumerate(_pages(begin, todo, jobs)):
        names.update(done.files)
        for link, page in done.links.items():
            links.setdefault(link, page)
        if number % 25 == 0:
            say(f"{min((number + 1) * _CHUNK, len(todo)):,} of {amount(len(todo), 'page')}")
    for name, content in _extras(build, engine):
        names[name] = site_worker.write_file(target, name, content)
    removed = [name for name in known.get("files", ()) if name not in names]
    for name in removed:
        _remove(target, name)
    manifest = {"stamp": stamp, "files": sorted(names)}
    (target / MANIFEST).write_text(json.dumps(manifest, indent=0) + "\n", encoding="utf-8")
    return Written(len(names), sum(names.values()), len(removed), _broken(links, names))


def _known(target: Path) -> dict[str, Any]:
    """Return what was written there before; refuse a folder with anything else in it."""
    manifest = target / MANIFEST
    if manifest.is_file():
        known: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        return known
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            "it holds something that is no site of ours",
            place=str(target),
            remedy="Name a folder that is empty, or one that was written before.",
        )
    return {}


def _pages(begin: Callable[[], Build], todo: list[str], jobs: int) -> Iterator[site_worker.Done]:
    """Write all pages in several processes; yield what was written.

    A page of every room is written before processes are forked off, so that what many pages need
    is gathered once. A process with threads can't be forked: then each begins anew.
    One has all questions, and those first: what draws their plots takes a second to begin.
    """
    asked = [path for path in todo if path.startswith("question/")]
    others = [path for path in todo if not path.startswith("question/")]
    first = sorted({path.partition("/")[0]: path for path in others}.values())
    yield site_worker.write_pages(first)
    left = [path for path in others if path not in first]
    chunks = [asked, *(left[i : i + _CHUNK] for i in range(0, len(left), _CHUNK))]
    gc.freeze()  # what was read stays to the end, and need not be looked through again and again
    gc.set_threshold(_MANY)  # and what a page takes is mostly free as soon as it is written
    can_fork = _threads() == 1
    with ProcessPoolExecutor(
        jobs or os.cpu_count() or 1,
        mp_context=get_context("fork" if can_fork else "spawn"),
        initializer=None if can_fork else begin,
    ) as pool:
        yield from pool.map(site_worker.write_pages, chunks)


def _threads() -> int:
    """Return how many threads this process has, 0 where that is not known."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208
    except OSError:
        return 0


def _extras(build: Build, engine: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield what is no page: styles, scripts, the map, indexes, the description, the engine."""
    static = static_files()
    for name, file in static.items():
        yield f"-/static/{name}", file.read_bytes()
    yield LOGO, static[LOGO].read_bytes()
    yield BASE_MAP, base_map()
    for name, make in INDEXES.items():
        yield name, make(build)
    void = describe_dataset(build, Bounds(), "", "ttl")
    yield ".well-known/void", void
    yield "void.ttl", void
    yield ".nojekyll", b""
    if engine is not None:
        for name in _ENGINE_FILES:
            if not (engine / name).is_file():
                raise InputError(
                    f"it has no {name}",
                    place=str(engine),
                    remedy="Name the folder node_modules/oxigraph, after: npm install oxigraph",
                )
            yield ENGINE + name, (engine / name).read_bytes()
        yield WHOLE, site_worker.packed(build)


def _remove(target: Path, name: str) -> None:
    path = target / name
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == target or not folder.is_dir() or any(folder.iterdir()):
            break
        shutil.rmtree(folder)


def _broken(links: dict[str, str], names: Iterable[str]) -> Report:
    """Return a finding for each link that leads to no file."""
    there = set(names)
    broken = sorted((page, link) for link, page in links.items() if link not in there)
    return Report(
        [
            Finding(
                "",
                0,
                "broken-link",
                f"it links to {link}, which is not there",
                "Report this page: the site is at fault.",
                subject=page,
            )
            for page, link in broken[:_MOST_BROKEN]
        ]
    )
