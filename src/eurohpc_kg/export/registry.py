"""The formats: one module each in `formats`, found by being there.

A module of that folder is a format. It has ``EXPORTER``, an `Exporter`; its file name is the name
of the format (``_`` for ``-``).
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import IO

from eurohpc_kg.errors import UnknownNameError, UsageError
from eurohpc_kg.export import formats as room
from eurohpc_kg.export.compression import ENDINGS, split_ending
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.records import dataclass

# The groups of formats, in the order in which they are listed and written. Those that describe
# the other files come last.
GROUPS = ("rdf", "tables", "graphs", "description")
_DESCRIPTION = GROUPS.index("description")

Write = Callable[[Dataset, IO[bytes]], None]
WriteFolder = Callable[[Dataset, Folder], None]


@dataclass(frozen=True)
class Exporter:
    """Say of a format what it is, and write it.

    A format of one file has ``ending`` and ``write``; one of several has ``write_folder``, and
    names its files itself. ``needs`` are libraries of the extra ``export``. ``rank`` is its place
    in its group.
    """

    summary: str
    group: str
    ending: str = ""
    media_type: str = ""
    write: Write | None = None
    write_folder: WriteFolder | None = None
    needs: tuple[str, ...] = ()
    rank: int = 50
    # How often the quads are read, for the progress.
    passes: int = 1
    # The name of the file, where it is not eurohpc-kg with the ending.
    file: str = ""
    # It needs more than the data (an option), so that it is written only when it is named.
    only_named: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Hold a format by its name, with the compression that it is written in."""

    name: str
    exporter: Exporter
    compression: str = ""

    @property
    def file(self) -> str:
        """The name of the one file of a format that has one."""
        name = self.exporter.file or f"eurohpc-kg.{self.exporter.ending}"
        return name + (ENDINGS[self.compression] if self.compression else "")


@lru_cache(maxsize=1)
def all_exporters() -> dict[str, Exporter]:
    """Return every format by name, in the order of groups."""
    found = {}
    for module in pkgutil.iter_modules(room.__path__):
        exporter = importlib.import_module(f"{room.__name__}.{module.name}").EXPORTER
        found[module.name.replace("_", "-")] = exporter
    return dict(sorted(found.items(), key=lambda i: (GROUPS.index(i[1].group), i[1].rank, i[0])))


def choose(words: Sequence[str], compression: str = "") -> list[Choice]:
    """Return the formats of some words, in the order in which they are written.

    A word is a name, an ending (``ttl``), a group or ``all``, and may end in ``.gz`` or ``.zst``;
    ``compression`` is that of the words without. Raises `UnknownNameError`, and `UsageError` for a
    format of several files that is to be compressed.
    """
    chosen: dict[str, Choice] = {}
    for word in words:
        name, own = split_ending(word)
        for choice in _named(name, own, compression):
            if chosen.setdefault(choice.name, choice) != choice:
                raise UsageError(
                    f"the format {choice.name} is asked for twice, compressed and not",
                    remedy="Name it once.",
                )
    order = list(all_exporters())
    return sorted(chosen.values(), key=lambda choice: order.index(choice.name))


def describes(choice: Choice) -> bool:
    """Tell whether a format describes the files of the others."""
    return GROUPS.index(choice.exporter.group) >= _DESCRIPTION


def _named(name: str, own: str, compression: str) -> list[Choice]:
    exporters = all_exporters()
    if name in GROUPS or name == "all":
        return [
            Choice(one, exporter, (own or compression) if can_compress(exporter) else "")
            for one, exporter in exporters.items()
            if name in ("all", exporter.group) and not exporter.only_named
        ]
    for one, exporter in exporters.items():
        if name == one or name in exporter.also or (name == exporter.ending and not exporter.file):
            if own and not can_compress(exporter):
                raise UsageError(
                    f"the format {one} is not written compressed", remedy=f"Write {one}."
                )
            packed = (own or compression) if can_compress(exporter) else ""
            return [Choice(one, exporter, packed)]
    known = [*exporters, *GROUPS, *(e.ending for e in exporters.values() if e.ending), "all"]
    near = difflib.get_close_matches(name, known, n=4, cutoff=0.5)
    raise UnknownNameError(
        f"there is no format {name!r}",
        place="FORMAT",
        candidates=list(dict.fromkeys(near)),
        remedy="" if near else "Formats: " + ", ".join(exporters) + ".",
    )


def can_compress(exporter: Exporter) -> bool:
    """Tell whether a format may be compressed: one file, and not packed or found by name."""
    return exporter.write is not None and not exporter.file and exporter.group in ("rdf", "graphs")
