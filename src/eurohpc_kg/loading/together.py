"""Several requests at the same time, where that is quicker and order does not matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

_Made = TypeVar("_Made")


def together(jobs: Iterable[Callable[[], _Made]], at_once: int) -> list[_Made]:
    """Do all jobs, ``at_once`` at the same time, and return what they give, in their order.

    Where one fails, those that wait are left undone, and its error is raised.

    >>> together([lambda: 1, lambda: 2], 2)
    [1, 2]
    """
    if at_once == 1:
        return [job() for job in jobs]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(at_once) as pool:
        waiting = [pool.submit(job) for job in jobs]
        try:
            return [one.result() for one in waiting]
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
