"""``eurohpc-kg conflicts``: where sources give different values for what is one thing."""

from __future__ import annotations

import argparse

SUMMARY = "Show where sources disagree, and which value the rule takes"
EPILOG = """\
THING is a name in any language, a CURIE (id:karolina), an IRI or an identifier; without one, all.
Conflicts that nothing excuses come first; after them those where a scope, a plan or another time
may set the values apart. * marks the value that the rule takes.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from eurohpc_kg.trust import FORMS

    parser.add_argument("thing", nargs="*", metavar="THING", help="see below")
    parser.add_argument(
        "--kind",
        choices=["figure", "milestone", "status", "relation"],
        help="only conflicts between statements of this kind",
    )
    parser.add_argument(
        "-f", "--format", choices=list(FORMS), help="form of the answer (default: table)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; the ending is the form")


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.api import load
    from eurohpc_kg.cli.output import form_of, put, say, width_of
    from eurohpc_kg.trust import FORMS, conflicts, write_conflicts

    form = form_of(arguments, FORMS, "table")
    names = load().names
    text = " ".join(arguments.thing)
    found = conflicts(names, names.find(text).node if arguments.thing else None)
    if arguments.kind:
        found = [one for one in found if one.kind == arguments.kind]
    put(write_conflicts(found, names, form, width_of(arguments.output)), arguments.output)
    if not found:
        say("no sources disagree about this")
    return 0
