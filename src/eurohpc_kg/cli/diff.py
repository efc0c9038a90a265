"""``eurohpc-kg diff``: what changed between two versions, for readers and for stores."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eurohpc_kg.cli.output import put, say, terminal_width
from eurohpc_kg.errors import UsageError

SUMMARY = "Show what changed between two versions, or write it as a patch"
EPILOG = """\
A and B are each one of
  a day        2025-03-31, 2025-03, 2025: what was known by then (its last day)
  a revision   of git, in a checkout: v0.1.0, HEAD~3, a commit
  a file       a release or any RDF: .nq .trig .ttl .nt, packed (.gz) or not
  a folder     a checkout, or files of statements
  now          the content as it lies here; B is this where it is not given
Applying the patch (rdfp) or the update (ru) to A gives B exactly.
"""
_ENDINGS = {"txt": "text", "markdown": "md", "rq": "ru", "sparql": "ru"}
LIMIT = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from eurohpc_kg.history.comparison import FORMS

    parser.add_argument("before", metavar="A", help="the first version; see below")
    parser.add_argument("after", metavar="B", nargs="?", default="now", help="the second version")
    parser.add_argument(
        "-f", "--format", choices=list(FORMS), help="form of the difference (default: text)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; the ending is the form")
    parser.add_argument(
        "--limit",
        type=int,
        default=LIMIT,
        metavar="N",
        help=f"show at most N things, documents and rules, 0 for all (default: {LIMIT})",
    )
    parser.add_argument(
        "--no-answers", action="store_true", help="don't ask the saved questions of both"
    )


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.history.comparison import compare

    if arguments.limit < 0:
        raise UsageError("--limit is below 0", remedy="Give a number from 0 on.")
    form = _form(arguments)
    found = compare(arguments.before, arguments.after, say=say)
    is_terminal = arguments.output in (None, "-") and sys.stdout.isatty()
    text = found.render(
        form,
        limit=arguments.limit,
        with_answers=not arguments.no_answers,
        width=terminal_width() if is_terminal else 0,
    )
    put(text, arguments.output)
    return 0


def _form(arguments: argparse.Namespace) -> str:
    from eurohpc_kg.history.comparison import FORMS

    if arguments.format:
        return str(arguments.format)
    if arguments.output in (None, "-"):
        return "text"
    ending = Path(arguments.output).suffix.lower().lstrip(".")
    form = _ENDINGS.get(ending, ending)
    if form not in FORMS:
        raise UsageError(
            f"the ending {ending or '(none)'} names no form",
            place=arguments.output,
            remedy="Add --format, one of " + ", ".join(FORMS) + ".",
        )
    return form
