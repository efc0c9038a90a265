"""Words of a call that are off, told as every other error: the problem, and what to write."""

from __future__ import annotations

import argparse
from typing import NoReturn

from eurohpc_kg.errors import UsageError


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
