"""The command line: find the command, parse its words, call one function, return the exit code.

One module a command; `commands` is the table of them. A command module has

- ``SUMMARY``: one line, as in the table;
- ``add_arguments(parser)``: its options on an `argparse.ArgumentParser`;
- ``run(arguments) -> int``: the work, by calling the library; the exit code;
- and, only where the options depend on the words themselves (the parameters of a question),
  ``parse(parser, words) -> argparse.Namespace``, called after ``add_arguments``;
- where every millisecond counts, ``quick(words)``: what ``parse`` would give for plain words, as a
  dictionary, or ``None``: then argparse is asked.

It imports at the top only what costs nothing, raises `EurohpcKgError` for what it can't do, and
prints data on stdout and talk on stderr. This module alone turns exceptions into messages and
exit codes: 0 fine, 1 findings, 2 usage, 3 could not do it, 130 interrupted. No exception shows a
traceback, unless ``EUROHPC_KG_DEBUG`` is set.
"""

from __future__ import annotations

import gc
import os
import sys

from eurohpc_kg import __version__
from eurohpc_kg.cli.commands import GROUPS, all_commands, module_of
from eurohpc_kg.errors import EurohpcKgError, UsageError

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import ModuleType

PROGRAM = "eurohpc-kg"
OK, FINDINGS, USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Without ``words`` they are those of the process, and the process ends here: taking the
    interpreter and an open store apart would take longer than many an answer.
    """
    if words is not None:
        return _interruptible(list(words))
    gc.set_threshold(100_000, 50, 50)  # commands make many objects and next to no cycles
    code = _interruptible(sys.argv[1:])
    _flush()
    os._exit(code)


def _interruptible(words: list[str]) -> int:
    try:
        return _guarded(words)
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # nobody listens any more, or it is closed
            continue


def _guarded(words: list[str]) -> int:
    _prepare_streams()
    try:
        code = _dispatch(words)
        sys.stdout.flush()
        return code
    except EurohpcKgError as error:
        return _fail(error, str(error), error.exit_code)
    except BrokenPipeError:
        # The reader went away (`| head`): nothing more to say, and nothing to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        remedy = "Look whether it is there, may be used, and has room."
        return _fail(error, f"{place}{error.strerror or error}\n  {remedy}", FAILED)
    except MemoryError as error:
        return _fail(error, "not enough memory\n  Give the process more, or less to do.", FAILED)
    except Exception as error:
        problem = f"internal error: {type(error).__name__}: {error}"
        remedy = "Please report it, with what EUROHPC_KG_DEBUG=1 makes this command print."
        return _fail(error, f"{problem}\n  {remedy}", FAILED)


def _dispatch(words: list[str]) -> int:
    if not words:
        sys.stderr.write(help_text())
        return USAGE
    first = words[0]
    if first in ("-h", "--help", "help") and len(words) == 1:
        sys.stdout.write(help_text())
        return OK
    if first in ("-V", "--version"):
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        return OK
    if first == "help":
        words = [words[1], "--help"]
        first = words[0]
    if first not in all_commands():
        raise UsageError(f"there is no command {first!r}", remedy=_nearest(first))
    return _run(first, words[1:])


class _Taken:
    """Stand for an `argparse.Namespace`."""

    def __init__(self, values: dict[str, object]) -> None:
        self.__dict__.update(values)


def parser_for(command: str) -> argparse.ArgumentParser:
    """Return the parser of a command, with its options; also what documents the command."""
    return _parser(command, _module(command))


def _width() -> int:
    """Return the width of help; given one, argparse does not import shutil to find it."""
    try:
        return min(int(os.environ.get("COLUMNS", "")) or 80, 100)
    except ValueError:
        return 80


def _module(command: str) -> ModuleType:
    import importlib

    return importlib.import_module(module_of(command))


def _parser(command: str, module: ModuleType) -> argparse.ArgumentParser:
    import argparse
    from functools import partial

    from eurohpc_kg.cli.parsing import Parser

    parser = Parser(
        prog=f"{PROGRAM} {command}",
        description=f"{module.SUMMARY}.",
        epilog=getattr(module, "EPILOG", None),
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=_width()),
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    return parser


def _run(command: str, words: list[str]) -> int:
    module = _module(command)
    taken = module.quick(words) if hasattr(module, "quick") else None
    if taken is not None:
        return int(module.run(_Taken(taken)))
    parser = _parser(command, module)
    try:
        if hasattr(module, "parse"):
            arguments = module.parse(parser, words)
        else:
            arguments = parser.parse_args(words)
    except SystemExit as exit_:  # argparse has said why; --help ends here too
        return exit_.code if isinstance(exit_.code, int) else USAGE
    return int(module.run(arguments))


def help_text() -> str:
    """Return what ``eurohpc-kg --help`` prints."""
    lines = [
        f"usage: {PROGRAM} COMMAND [ARGUMENT ...]",
        "",
        "The open knowledge graph of the European HPC and AI ecosystem.",
    ]
    width = max(len(name) for name in all_commands()) + 2
    for group, commands in GROUPS.items():
        if commands:
            lines += ["", f"{group}:"]
            lines += [f"  {name:<{width}}{summary}" for name, summary in commands.items()]
    lines += [
        "",
        f"`{PROGRAM} COMMAND --help` explains a command; `{PROGRAM} --version` says the version.",
        "Exit codes: 0 fine, 1 findings, 2 usage, 3 could not do it.",
    ]
    return "".join(line + "\n" for line in lines)


def _nearest(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, all_commands(), n=3)
    if near:
        return f"Did you mean {', '.join(near)}?"
    return f"`{PROGRAM} --help` lists the commands."


def _fail(error: BaseException, message: str, code: int) -> int:
    if os.environ.get("EUROHPC_KG_DEBUG"):
        import traceback

        traceback.print_exception(error)
    _say(message)
    return code


def _say(message: str) -> None:
    """Write to stderr; a closed stderr is no reason to fail once more."""
    try:
        sys.stderr.write(f"{PROGRAM}: {message}\n")
    except OSError:
        return


def _prepare_streams() -> None:
    """Make both streams UTF-8, whatever the locale; a closed one hears nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif (getattr(stream, "encoding", "") or "utf-8").lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8")
