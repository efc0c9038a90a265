"""Progress on stderr: one line that changes on a terminal, a line a step elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType

from eurohpc_kg.cli.output import terminal_width


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
