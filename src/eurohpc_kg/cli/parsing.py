"""Words of a call: kinds of values, and what is off told as every other error is."""

from __future__ import annotations

import argparse
import re
from math import isfinite
from typing import NoReturn

from eurohpc_kg.errors import MissingFileError, UsageError

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from pathlib import Path


class Parser(argparse.ArgumentParser):
    """Parse the words of a command; raise `UsageError` where argparse would end the process."""

    def error(self, message: str) -> NoReturn:
        """Raise the error, with the options that are spelt much like one that there is not."""
        import difflib  # takes longer to import than a command to parse, and few calls are off

        options = [name for action in self._actions for name in action.option_strings]
        wrong = [word.partition("=")[0] for word in message.split() if word.startswith("--")]
        remedy = f"Its help: {self.prog} --help"
        if "unrecognized" in message and wrong:
            near = [name for word in wrong for name in difflib.get_close_matches(word, options, 2)]
            remedy = f"Did you mean {' or '.join(near)}? {remedy}" if near else remedy
        elif not message.startswith("argument "):
            remedy = " ".join(self.format_usage().split())
        raise UsageError(message, place=self.prog.partition(" ")[2], remedy=remedy)


def existing(text: str) -> Path:
    """Return the path of a file or folder that is there; raise `MissingFileError` for another."""
    from pathlib import Path

    path = Path(text)
    if not path.exists():
        raise MissingFileError(text)
    return path


def address(text: str) -> str:
    """Return an address of the web as it is written; refuse what is none."""
    if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address: write https://…")
    return text


def seconds(text: str) -> float:
    """Return a length of time above 0; refuse what is none."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not isfinite(found) or found <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return found


def above_zero(text: str) -> int:
    """Return a whole number from 1 on; refuse what is none."""
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)
