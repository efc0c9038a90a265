"""Progress on stderr: one line that changes on a terminal, a line a step elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType

from eurohpc_kg.cli.output import terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from eurohpc_kg.export.dataset import Tick


class Progress:
    """Say what is going on; the last words stay."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._open = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_line()

    def __call__(self, text: str) -> None:
        """Say a step, in place of the one before where a person looks on."""
        width = terminal_width()
        if not self._live or len(text) >= width:
            self._end_line()
            self.done(text)
            return
        sys.stderr.write("\r" + text.ljust(width - 1))
        sys.stderr.flush()
        self._open = True

    def done(self, text: str) -> None:
        """Say a result on a line of its own."""
        self._end_line()
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def _end_line(self) -> None:
        if self._open:
            sys.stderr.write("\n")
            self._open = False


class Ticker:
    """Show on a terminal how far a format has come; say nothing elsewhere."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()

    def __enter__(self) -> Ticker:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._live:
            sys.stderr.write("\r\x1b[K")

    def start(self, name: str, total: int) -> Tick:
        """Return what hears of the triples read for a format."""
        done = 0

        def tick(count: int) -> None:
            nonlocal done
            done += count
            if self._live:
                share = f"{min(done / total, 1):4.0%}" if total else ""
                sys.stderr.write(f"\r\x1b[K{name} {share}")
                sys.stderr.flush()

        tick(0)
        return tick
