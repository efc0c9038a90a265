"""One export from start to end: choose the graphs, write every format, describe, put in place."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from eurohpc_kg.errors import UsageError
from eurohpc_kg.export.about import TITLE
from eurohpc_kg.export.compression import compressed
from eurohpc_kg.export.dataset import INFERRED, Dataset, Tick
from eurohpc_kg.export.folder import Folder, unwritable
from eurohpc_kg.export.leftovers import held, partial, sweep
from eurohpc_kg.export.optional import require
from eurohpc_kg.export.registry import Choice, describes
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import build
from eurohpc_kg.store.canonical import CanonicalGraph, read_graphs
from eurohpc_kg.store.choosing import named_graphs
from eurohpc_kg.store.memory import recall
from eurohpc_kg.store.saying import Say

# Hears which format is written, and how many triples will be read for it; gives what hears of each.
Progress = Callable[[str, int], Tick]


def _silent(_name: str, _total: int) -> Tick:
    return lambda _count: None


def choose_graphs(
    repository: Repository,
    names: Sequence[str] = (),
    *,
    inferred: bool = True,
    say: Say | None = None,
) -> list[CanonicalGraph]:
    """Return the graphs of a repository, or those that are named; build the store where needed.

    A name is as `store.choosing.is_named` takes it. Raises `UnknownNameError` where nothing has it.
    """
    graphs = [
        graph
        for graph in read_graphs(recall(repository) or build(repository, say=say))
        if inferred or graph.name != INFERRED
    ]
    return named_graphs(graphs, names, "--graph")


def export(
    choices: Sequence[Choice],
    graphs: Iterable[CanonicalGraph],
    repository: Repository,
    target: Path,
    *,
    known: Iterable[CanonicalGraph] | None = None,
    force: bool = False,
    note: str = "",
    site: str = "",
    progress: Progress = _silent,
) -> Folder:
    """Write formats into a folder that appears whole or not at all; return it, with its files.

    ``note`` says in the manifest what was left out; ``site`` is where the files will be published;
    ``known`` are the graphs in which names are looked up, where not only those exported. Raises
    `EurohpcKgError` for a target that holds something else or can't be written, and
    `MissingDependencyError`.
    """
    require_libraries(choices)
    with Folder(target, force=force) as folder:
        dataset = Dataset(graphs, repository, folder.work, known=known, site=site)
        for choice in sorted(choices, key=describes):
            dataset.tick = progress(choice.name, dataset.count * choice.exporter.passes)
            write_into(folder, choice, dataset)
        folder.write_manifest(_head(dataset, choices, note))
    return folder


def write_into(folder: Folder, choice: Choice, dataset: Dataset) -> None:
    """Write one format into a folder."""
    exporter = choice.exporter
    if exporter.write_folder is not None:
        exporter.write_folder(dataset, folder)
    if exporter.write is not None:
        with folder.open(
            choice.file, choice.name, exporter.media_type, exporter.summary, choice.compression
        ) as file:
            exporter.write(dataset, file)


def export_file(
    choice: Choice,
    graphs: Iterable[CanonicalGraph],
    repository: Repository,
    target: Path | None,
    *,
    known: Iterable[CanonicalGraph] | None = None,
    progress: Progress = _silent,
) -> None:
    """Write one format of one file to a file, whole or not at all, or to stdout."""
    exporter = choice.exporter
    if exporter.write is None or describes(choice):
        raise UsageError(f"the format {choice.name} needs a folder", remedy="Give -o DIR.")
    require_libraries([choice])
    with tempfile.TemporaryDirectory(prefix="eurohpc-kg-") as work:
        dataset = Dataset(graphs, repository, Path(work), known=known)
        dataset.tick = progress(choice.name, dataset.count * exporter.passes)
        if target is None:
            with (
                open(1, "wb", closefd=False) as raw,
                compressed(raw, choice.compression) as file,
            ):
                exporter.write(dataset, file)
            return
        sweep(target)
        part = target.with_name(f"{partial(target)}{os.getpid()}.part")
        try:
            with (
                part.open("wb") as raw,
                held(part),
                compressed(raw, choice.compression) as file,
            ):
                exporter.write(dataset, file)
            part.replace(target)
        except OSError as error:
            raise unwritable(target, error) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def as_bytes(choice: Choice, dataset: Dataset) -> bytes:
    """Return one format of one file as bytes, for programs and tests."""
    buffer = io.BytesIO()
    assert choice.exporter.write is not None
    with compressed(buffer, choice.compression) as file:
        choice.exporter.write(dataset, file)
    return buffer.getvalue()


def require_libraries(choices: Iterable[Choice]) -> None:
    """Raise `MissingDependencyError` before anything is written, not after half of it."""
    for choice in choices:
        for library in choice.exporter.needs:
            require(library, f"the format {choice.name}")
        if choice.compression == "zstd":
            require("zstandard", "the compression zstd")


def _head(dataset: Dataset, choices: Sequence[Choice], note: str) -> dict[str, object]:
    return {
        "title": TITLE,
        "version": dataset.version,
        "date": dataset.date,
        **({"selection": note} if note else {}),
        "formats": [choice.name for choice in choices],
        "quads": dataset.count,
        "canonicalisation": "RDFC-1.0, SHA-256 of the canonical N-Quads of each graph by itself",
        "graphs": [
            {"name": graph.name, "triples": graph.count, "rdfc10": graph.hash}
            for graph in dataset.graphs
        ],
    }
