"""Several requests at the same time, where that is quicker and order does not matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

_Made = TypeVar("_Made")


def together(jobs: Iterable[Callable[[], _Made]], at_once: int) -> list[_Made]:
    """Do all jobs, ``at_once`` at the same time, and return what they give, in their order.

    A job is taken from ``jobs`` when there is somebody to do it, so that none waits with its data.
    Where one fails, those that come after are left undone, and its error is raised.

    >>> together([lambda: 1, lambda: 2], 2)
    [1, 2]
    """
    if at_once == 1:
        return [job() for job in jobs]
    from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

    with ThreadPoolExecutor(at_once) as pool:
        started: list[Future[_Made]] = []
        going: set[Future[_Made]] = set()
        for job in jobs:
            if len(going) == at_once:
                done, going = wait(going, return_when=FIRST_COMPLETED)
                if any(one.exception() for one in done):
                    break
            started.append(pool.submit(job))
            going.add(started[-1])
        return [one.result() for one in started]
