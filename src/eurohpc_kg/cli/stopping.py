"""An end from outside, taken as Ctrl-C is: what was begun is cleared away first."""

from __future__ import annotations

import contextlib
import signal
import threading

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterator

# Of `kill`, of a container or a CI that stops, and of a terminal that is closed.
_ENDS = ("SIGTERM", "SIGHUP")


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Raise `KeyboardInterrupt` where the process is told to end, but for what it ignores."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what a signal does
        return
    ends = [getattr(signal, name) for name in _ENDS if hasattr(signal, name)]
    before = {end: signal.getsignal(end) for end in ends}
    heard = [end for end, handler in before.items() if handler is signal.SIG_DFL]
    try:
        for end in heard:
            signal.signal(end, _stop)
        yield
    finally:
        for end in heard:
            signal.signal(end, before[end])


def _stop(*_signal: object) -> None:
    raise KeyboardInterrupt
