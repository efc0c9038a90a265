"""The exceptions: what stops the program, with the place, the problem and the remedy.

::

    EurohpcKgError                 could not do it                      exit code 3
    ├── UsageError                 the call's words are off             exit code 2
    │   ├── MissingFileError       a file that they name is not there
    │   ├── UnknownNameError       no thing, question or term has this name
    │   └── AmbiguousNameError     several have it
    ├── InputError                 something given can't be read
    │   ├── EncodingError          not UTF-8
    │   ├── TooLargeError          over the size a file or literal may have
    │   ├── TurtleSyntaxError      not Turtle
    │   ├── QuerySyntaxError       not SPARQL, or not a read-only query
    │   └── PlacementError         a file in the wrong room, or with the wrong base
    ├── RuleError                  an axiom that the reasoner does not cover
    ├── RefusedError               nothing is made from a graph with errors   exit code 1
    ├── StoreError                 the store can't be read, written or trusted
    ├── MissingDependencyError     an optional package is not installed
    └── EndpointError              a remote service did not answer as it should

Faults of the data are not exceptions: see `findings`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Sequence


class EurohpcKgError(Exception):
    """Stop with a message a person can act on.

    ``place`` is a file with line, an address or an option; ``remedy`` says what to do, as an
    imperative sentence. Rendered as ``place: problem remedy``.
    """

    exit_code = 3

    def __init__(self, problem: str, *, place: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.place = place
        self.remedy = remedy
        super().__init__(problem)

    def __str__(self) -> str:
        head = f"{self.place}: {self.problem}" if self.place else self.problem
        return f"{head}\n  {self.remedy}" if self.remedy else head


class UsageError(EurohpcKgError):
    """Say that the words of a call are off."""

    exit_code = 2


class MissingFileError(UsageError):
    """Say that a file or folder that a call names is not there."""

    def __init__(self, path: object) -> None:
        problem = "there is no such file or folder"
        super().__init__(problem, place=str(path), remedy="Check the name.")


class UnknownNameError(UsageError):
    """Say that nothing has the name given; ``candidates`` are the nearest names."""

    def __init__(
        self,
        problem: str,
        *,
        place: str = "",
        remedy: str = "",
        candidates: Sequence[str] = (),
    ) -> None:
        self.candidates = tuple(candidates)
        if candidates and not remedy:
            remedy = "Did you mean " + ", ".join(candidates) + "?"
        super().__init__(problem, place=place, remedy=remedy)


class AmbiguousNameError(UnknownNameError):
    """Say that several things have the name given; ``candidates`` are all of them."""


class InputError(EurohpcKgError):
    """Say that something given can't be read."""


class EncodingError(InputError):
    """Say that a file is not UTF-8."""


class TooLargeError(InputError):
    """Say that a file or a literal is over the size allowed."""


class TurtleSyntaxError(InputError):
    """Say where a text stops being Turtle."""


class QuerySyntaxError(InputError):
    """Say where a text stops being a read-only SPARQL query."""


class PlacementError(InputError):
    """Say that a file stands in the wrong room or names the wrong base."""


class RuleError(EurohpcKgError):
    """Say that the ontology has an axiom that the reasoner does not cover."""


class RefusedError(EurohpcKgError):
    """Say that the graph has errors, so nothing is made from it; ``details`` lists them."""

    exit_code = 1

    def __init__(
        self, problem: str, *, place: str = "", remedy: str = "", details: str = ""
    ) -> None:
        self.details = details
        super().__init__(problem, place=place, remedy=remedy)


class StoreError(EurohpcKgError):
    """Say that the store can't be read, written or trusted."""


class MissingDependencyError(EurohpcKgError):
    """Say which optional package a feature needs, and how to install it."""


class EndpointError(EurohpcKgError):
    """Say that a remote service did not answer as it should."""
