"""``eurohpc-kg diff``: what changed between two versions, for readers and for stores."""

from __future__ import annotations

import argparse

from eurohpc_kg.cli.output import form_of, put, say, width_of
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
    from eurohpc_kg.history.comparison import FORMS, compare

    if arguments.limit < 0:
        raise UsageError("--limit is below 0", remedy="Give a number from 0 on.")
    form = form_of(arguments, FORMS, "text")
    found = compare(arguments.before, arguments.after, say=say)
    text = found.render(
        form,
        limit=arguments.limit,
        with_answers=not arguments.no_answers,
        width=width_of(arguments.output),
    )
    put(text, arguments.output)
    return 0
