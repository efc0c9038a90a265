"""The header of a saved query: grlc decorators, lines that start with ``#+``.

Together they are a small YAML document (`key: text`, ``key: |`` with lines below it, ``key:`` with
a list), so that grlc and other tools read them too. This module alone knows the form; it accepts
less than YAML does and refuses what YAML would read differently, so that no YAML library is loaded
to answer a question.
"""

from __future__ import annotations

from eurohpc_kg.errors import InputError

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Sequence

Header = dict[str, str | list[str]]


def read_header(text: str, keys: Sequence[str], place: str = "") -> Header:
    """Read the ``#+`` lines at the top of a query; only ``keys`` are allowed, each once.

    Raises `InputError` with the line that is off.

    >>> read_header("#+ summary: Who?\\n#+ tags:\\n#+   - network\\n", ("summary", "tags"))
    {'summary': 'Who?', 'tags': ['network']}
    """
    header: Header = {}
    key, block = "", False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            break
        body = line[2:].rstrip()
        name, colon, value = body[1:].partition(":")
        held = header.get(key)
        if colon and body[0] == " " and name.isidentifier() and value[:1] in ("", " "):
            key, value = name, value[1:]
            if key not in keys or key in header:
                problem = f"{key!r} stands twice" if key in header else f"unknown key {key!r}"
                raise _fault(place, number, problem, f"Write each once: {', '.join(keys)}.")
            block = value == "|"
            header[key] = "" if block else _plain(value, place, number) if value else []
        elif block and isinstance(held, str):
            header[key] = f"{held} {body.strip()}".strip()
        elif isinstance(held, list) and body.startswith("   - "):
            held.append(body[5:].strip())
        else:
            raise _fault(place, number, "not a line of a header", "Write '#+ key: text'.")
    return header


def pairs(items: str | list[str]) -> dict[str, str]:
    """Read the ``name: text`` items of a list, in order; quotes around the text are dropped.

    >>> pairs(["sector: sector:healthcare", 'text: "lumi"'])
    {'sector': 'sector:healthcare', 'text': 'lumi'}
    """
    parts = (item.partition(": ") for item in items)
    return {name: value.strip().strip("\"'") for name, _, value in parts}


def _plain(value: str, place: str, number: int) -> str:
    """Return a plain scalar; refuse one that YAML would read as something else."""
    if ": " in value or " #" in value or value[0] in "[{&*!|>%@`\"'":
        raise _fault(place, number, "not a plain text for YAML", "Write it below 'key: |'.")
    return value


def _fault(place: str, line: int, problem: str, remedy: str) -> InputError:
    return InputError(problem, place=f"{place or 'header'}:{line}", remedy=remedy)
