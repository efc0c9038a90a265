"""Where an answer goes and in which form: stdout, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys

from eurohpc_kg.errors import UsageError

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

_ENDINGS = {
    **{"markdown": "md", "htm": "html", "json-ld": "jsonld", "mmd": "mermaid"},
    **{"rq": "ru", "sparql": "ru"},
}


def form_of(arguments: argparse.Namespace, forms: Iterable[str], default: str) -> str:
    """Return the form that ``--format`` names, else the ending of the file, else ``default``.

    Raises `UsageError` for an ending that means none of ``forms``.
    """
    if arguments.format or not _is_file(arguments.output):
        return arguments.format or default
    from pathlib import Path

    ending = Path(arguments.output).suffix.lower()
    form = default if ending == ".txt" else _ENDINGS.get(ending[1:], ending[1:])
    if form not in forms:
        raise UsageError(
            f"the ending {ending or '(none)'} names no form",
            place=arguments.output,
            remedy="Add --format, one of " + ", ".join(forms) + ".",
        )
    return form


def width_of(output: str | None) -> int:
    """Return the width of the terminal that the answer goes to, 0 where it goes to none."""
    return 0 if _is_file(output) or not sys.stdout.isatty() else terminal_width()


def put(text: str, output: str | None) -> None:
    """Write to the file named, or to stdout where none is, or it is ``-``."""
    if not _is_file(output):
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


def _is_file(output: str | None) -> bool:
    return output not in (None, "-")
