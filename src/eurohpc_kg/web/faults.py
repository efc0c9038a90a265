"""Why there is no answer: a status, the problem in words, and what to do."""

from __future__ import annotations

from http import HTTPStatus

from eurohpc_kg.errors import EurohpcKgError, TooLargeError, UnknownNameError, UsageError
from eurohpc_kg.records import dataclass


@dataclass(frozen=True)
class Fault:
    """Hold why there is no answer, and what to do; ``near`` are paths that may have been meant."""

    status: int
    problem: str
    remedy: str = ""
    place: str = ""
    near: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the status in words."""
        return HTTPStatus(self.status).phrase


class Refused(Exception):  # noqa: N818 - it carries a fault of the request, not of the program
    """Carry a fault to where the reply is made."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.problem)


def fault_of(error: EurohpcKgError) -> Fault:
    """Return what to tell of an error: what the reader wrote is at fault, or we are."""
    if isinstance(error, TooLargeError):
        status = 413
    elif isinstance(error, UnknownNameError):
        status = 404
    elif isinstance(error, UsageError) or error.exit_code == UsageError.exit_code:
        status = 400
    else:
        status = 400 if error.place or error.remedy else 500
    return Fault(status, error.problem, error.remedy, error.place)
