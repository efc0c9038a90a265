"""Where an answer goes: stdout, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys


def put(text: str, output: str | None) -> None:
    """Write to the file named, or to stdout where none is, or it is ``-``."""
    if output in (None, "-"):
        sys.stdout.write(text)
        return
    from pathlib import Path

    path = Path(str(output))
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except OSError as error:
        error.filename = output  # and not the part, of which nobody knows
        raise
    finally:
        part.unlink(missing_ok=True)


def say(text: str) -> None:
    """Write a line of talk to stderr, where it does not get into the data."""
    sys.stderr.write(f"eurohpc-kg: {text}\n")


def terminal_width() -> int:
    """Return how many characters fit in a line of the terminal, or of ``$COLUMNS``."""
    try:
        return int(os.environ.get("COLUMNS", "")) or os.get_terminal_size().columns
    except ValueError:
        try:
            return os.get_terminal_size().columns
        except OSError:
            return 80
    except OSError:
        return 80
