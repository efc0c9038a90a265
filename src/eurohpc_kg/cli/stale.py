"""``eurohpc-kg stale``: facts that are older than they should be, with the page to look at."""

from __future__ import annotations

import argparse

from eurohpc_kg.cli.days import today

SUMMARY = "Show facts that are older than their age limit, with the page to look at"
EPILOG = """\
THING is a name in any language, a CURIE (id:lumi), an IRI or an identifier; without one, all.
The limits are data: ehpc:ageLimit in the ontology, in months (state and ranks 6, money and counts
12, address 36). The same as: eurohpc-kg ask stale-facts --day DATE
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from eurohpc_kg.render import FORMS

    parser.add_argument("thing", nargs="*", metavar="THING", help="see below")
    parser.add_argument(
        "--on", metavar="DATE", help="count the age from this day, month or year (default: today)"
    )
    parser.add_argument(
        "-f", "--format", choices=list(FORMS), help="form of the answer (default: table)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; the ending is the form")


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.api import load
    from eurohpc_kg.cli.output import form_of, put, say, width_of
    from eurohpc_kg.render import FORMS, render

    form = form_of(arguments, FORMS, "table")
    on = arguments.on or today()
    values = {"day": on} | ({"thing": " ".join(arguments.thing)} if arguments.thing else {})
    results = load().ask("stale-facts", **values)
    put(render(results, form, width=width_of(arguments.output)), arguments.output)
    if not results.rows:
        say(f"nothing is stale on {on}")
    return 0
