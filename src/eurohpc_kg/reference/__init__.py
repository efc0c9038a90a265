"""The reference pages of the documentation, made from the things they describe.

One module a subject; each has ``pages(repository)``, which yields ``(name, markdown)``. This module
alone knows where the pages stand. ``python -m eurohpc_kg.reference`` writes them; with ``--check``
it says which are out of date and exits with 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from eurohpc_kg.reference import (
    commands,
    concepts,
    coverage,
    faults,
    queries,
    shapes,
    stores,
    terms,
)
from eurohpc_kg.repository import Repository

SUBJECTS = (terms, concepts, shapes, queries, faults, commands, coverage, stores)


def pages(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield each page as ``(file name, Markdown)``, in the order of the index, which comes last."""
    index = [
        "# Reference\n",
        "Made by `make docs` from the things described; not written by hand.\n",
    ]
    for subject in SUBJECTS:
        for name, text in subject.pages(repository):
            title = text.split("\n", 1)[0].removeprefix("# ")
            index.append(f"- [{title}]({name})")
            yield name, text
    yield "README.md", "\n".join(index) + "\n"
