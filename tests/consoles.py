"""The console blocks of README and docs: run them, compare, or write them anew.

A block is fenced as ``console``; a line that starts with ``$ `` is a command, what follows is what
it prints (stdout, then stderr). A line ``…`` in the output stands for any lines. Blocks fenced
otherwise are not run. ``python tests/consoles.py [PAGE…]`` writes the blocks anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What a command says when it has to make a store that it finds the next time.
FIRST_TIME = (
    "building the store",
    "a version that was not looked at",
    "waiting for another process",
)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    """Hold one command of a page, and what the page says that it prints."""

    page: str
    line: int
    text: str
    output: str


def pages() -> list[Path]:
    """Return the pages that are written by hand."""
    guides = sorted((ROOT / "docs").glob("*.md"))
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *guides]


def commands(path: Path) -> Iterator[Command]:
    """Yield the commands of one page."""
    text = path.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        for part in re.split(r"^(?=\$ )", block[1], flags=re.MULTILINE):
            if part.startswith("$ "):
                first, _, output = part.partition("\n")
                yield Command(path.relative_to(ROOT).as_posix(), line, first[2:], output.rstrip())
            line += part.count("\n")


@cache
def build() -> None:
    """Build the store first, so that no command has to say that it does."""
    subprocess.run([sys.executable, "-m", "eurohpc_kg", "build"], cwd=ROOT, check=True)


def run(command: Command) -> str:
    """Return what the command prints, run in the repository with this interpreter's programs.

    A command that made a store of its own, of an earlier day say, is run again.
    """
    build()
    printed = _run(command.text)
    return _run(command.text) if any(words in printed for words in FIRST_TIME) else printed


def _run(text: str) -> str:
    here = str(Path(sys.executable).parent)
    done = subprocess.run(
        text,
        shell=True,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PATH": here + os.pathsep + os.environ["PATH"], "COLUMNS": "100"},
        check=False,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).rstrip()


def matches(said: str, printed: str) -> bool:
    """Tell whether the output is as the page says, ``…`` lines standing for any lines."""
    pattern = r"(?:.*\n)*?".join(
        re.escape(part) for part in re.split(r"^…\n?", said + "\n", flags=re.MULTILINE)
    )
    return re.fullmatch(pattern, printed + "\n") is not None


def rewrite(path: Path) -> None:
    """Write the outputs of one page anew; an output with ``…`` that still matches stays."""
    text = path.read_text(encoding="utf-8")
    for command in commands(path):
        printed = run(command)
        if not matches(command.output, printed):
            old = (
                f"$ {command.text}\n{command.output}\n" if command.output else f"$ {command.text}\n"
            )
            text = text.replace(old, f"$ {command.text}\n{printed}\n", 1)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    named = [Path(name).resolve() for name in sys.argv[1:]]
    for page in named or pages():
        if page.is_file():
            rewrite(page)
