"""``eurohpc-kg show``: everything known about one thing."""

from __future__ import annotations

import argparse

from eurohpc_kg.cli.days import add_days, graph

SUMMARY = "Show everything known about a thing"
EPILOG = """\
THING is a name in any language, a CURIE (id:lumi), an IRI or an identifier (ROR, Wikidata, ISO).
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from eurohpc_kg.show import FORMS

    parser.add_argument("thing", nargs="+", metavar="THING", help="see below")
    parser.add_argument(
        "-f", "--format", choices=list(FORMS), help="form of the answer (default: text)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; the ending is the form")
    parser.add_argument(
        "--cite", action="store_true", help="say how to cite each fact (text, md or json)"
    )
    add_days(parser)


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.cli.output import form_of, put, width_of
    from eurohpc_kg.show import FORMS, write_profile

    form = form_of(arguments, FORMS, "text")
    asked = graph(arguments)
    profile = asked.show(" ".join(arguments.thing))
    if arguments.cite:
        from eurohpc_kg.cite.facts import write_facts
        from eurohpc_kg.explain.proof import Statement

        statements = (Statement(*triple) for triple in profile.triples)
        put(write_facts(map(asked.facts().of, statements), form), arguments.output)
        return 0
    put(write_profile(profile, form, width_of(arguments.output)), arguments.output)
    return 0
