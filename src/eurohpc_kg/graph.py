"""All asserted quads: every file of the content, each in its named graph.

What stands here was written by someone; what follows from it is `reason`'s. `ROOMS` is the list
of what goes in: the Turtle files, and whatever else can be said of the content as quads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from pyoxigraph import Quad

from eurohpc_kg.questions.sib import from_questions
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import content_files, read_content


def from_files(repository: Repository) -> list[Quad]:
    """Return the quads of every content file, in the order of paths."""
    files = content_files(repository)
    return list(chain.from_iterable(read_content(repository, file) for file in files))


# One function a kind of content; a new kind is one more line.
ROOMS: tuple[Callable[[Repository], Iterable[Quad]], ...] = (from_files, from_questions)


def assemble(repository: Repository) -> list[Quad]:
    """Return all asserted quads of a repository.

    Raises what `sources.read_content` raises, for the first file that can't be read: `check` is
    the way to hear of all of them at once.
    """
    return list(chain.from_iterable(room(repository) for room in ROOMS))
