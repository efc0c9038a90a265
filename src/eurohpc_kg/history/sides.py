"""One side of a comparison: what a person wrote for a version, as graphs and as a store.

A side is a file or folder, ``now`` (the content as it lies here), a day (what was known by then),
or a git revision; it is looked for in this order.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.errors import EncodingError, InputError, TurtleSyntaxError
from eurohpc_kg.history import graphs as texts
from eurohpc_kg.history.days import looks_like_a_date
from eurohpc_kg.history.graphs import Graphs
from eurohpc_kg.history.revisions import commit_of, files_of
from eurohpc_kg.history.unjudged import folder_of, is_store
from eurohpc_kg.history.versions import store_files, version
from eurohpc_kg.labels import Names
from eurohpc_kg.names import SOURCE, read_prefixes
from eurohpc_kg.repository import ROOMS, Repository
from eurohpc_kg.store import open_folder
from eurohpc_kg.store.saying import Say

NOW = "now"
ENDINGS = ("nq", "nt", "ttl", "trig", "rdf", "jsonld")


class Side:
    """Hold one version: ``repository`` is its content, or None for a file of statements."""

    def __init__(
        self,
        name: str,
        note: str,
        graphs: Graphs,
        repository: Repository | None,
        here: Repository,
        make: Callable[[], ox.Store],
    ) -> None:
        self.name = name
        self.note = note
        self.graphs = graphs
        self.repository = repository
        self._here = here
        self._make = make

    def __str__(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name

    @cached_property
    def store(self) -> ox.Store:
        return self._make()

    @cached_property
    def names(self) -> Names:
        return Names(self.store, read_prefixes(self.repository or self._here))


def read_side(text: str, here: Repository, say: Say) -> Side:
    """Return the version that a person means; ``here`` is the content that days are days of.

    Raises `UsageError` and `UnknownNameError` for what names no version, and `InputError` for a
    file that can't be read.
    """
    path = Path(text)
    if text == NOW:
        return _of_repository(text, "", here, here, say)
    if path.is_dir() and all((path / room).is_dir() for room in ROOMS):
        return _of_repository(text, "", Repository(path.resolve()), here, say)
    if path.exists():
        found = texts.of_quads(_read(path))
        return Side(text, "", found, None, here, lambda: texts.load(found))
    if looks_like_a_date(text):
        seen = version(here, as_of=text)
        return _of_repository(text, str(seen), seen.repository, here, say)
    commit = commit_of(here, text)
    past = store_files(files_of(here, commit))
    note = "" if commit.startswith(text) else f"commit {commit[:12]}"
    return _of_repository(text, note, past, here, say)


def _of_repository(
    name: str, note: str, repository: Repository, here: Repository, say: Say
) -> Side:
    folder = folder_of(repository, say)
    found = texts.of_store(folder)

    def make() -> ox.Store:
        return open_folder(folder) if is_store(folder) else texts.load(found)

    return Side(name, note, found, repository, here, make)


def _read(path: Path) -> list[ox.Quad]:
    """Return the quads of a file, or of all files of statements in a folder."""
    if path.is_file():
        return _read_file(path)
    files = sorted(file for file in path.rglob("*") if file.is_file() and _format(file))
    if not files:
        raise InputError(
            "there is no content and no file of statements in the folder",
            place=str(path),
            remedy="Give a checkout, or a folder with files that end in .ttl, .nq or .trig.",
        )
    return [quad for file in files for quad in _read_file(file)]


def _read_file(path: Path) -> list[ox.Quad]:
    form = _format(path)
    if form is None:
        raise InputError(
            "the ending names no form of RDF",
            place=str(path),
            remedy="Give a file that ends in .nq, .trig, .ttl or .nt, packed (.gz) or not.",
        )
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        parser = ox.parse(data, format=form)
        quads = list(parser)
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise TurtleSyntaxError(
            str(error.msg), place=place, remedy="Correct the file, or get it again."
        ) from error
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"byte {error.start} is not UTF-8", place=str(path), remedy="Save it as UTF-8."
        ) from error
    except (OSError, EOFError) as error:
        raise InputError(
            f"it can't be read: {error}", place=str(path), remedy="Check it, or get it again."
        ) from error
    base = parser.base_iri or ""
    if base.startswith(SOURCE):  # a source document fills the graph of its name
        graph = ox.NamedNode(base)
        return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads]
    return quads


def _format(path: Path) -> ox.RdfFormat | None:
    suffixes = [suffix for suffix in path.suffixes if suffix != ".gz"]
    ending = suffixes[-1][1:].lower() if suffixes else ""
    return ox.RdfFormat.from_extension(ending) if ending in ENDINGS else None
