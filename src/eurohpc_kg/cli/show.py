"""``eurohpc-kg show``: everything known about one thing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eurohpc_kg.cli.days import add_days, graph

SUMMARY = "Show everything known about a thing"
EPILOG = """\
THING is a name in any language, a CURIE (id:lumi), an IRI or an identifier (ROR, Wikidata, ISO).
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("thing", nargs="+", metavar="THING", help="see below")
    parser.add_argument(
        "-f",
        "--format",
        choices=["text", "md", "json", "ttl", "jsonld"],
        help="form of the answer (default: text)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; the ending is the form")
    parser.add_argument(
        "--cite", action="store_true", help="say how to cite each fact (text, md or json)"
    )
    add_days(parser)


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.cli.output import put, terminal_width
    from eurohpc_kg.show import write_profile

    to_file = arguments.output not in (None, "-")
    form = arguments.format or (_form(arguments.output) if to_file else "text")
    asked = graph(arguments)
    profile = asked.show(" ".join(arguments.thing))
    if arguments.cite:
        from eurohpc_kg.cite.facts import write_facts
        from eurohpc_kg.explain.proof import Statement

        statements = (Statement(*triple) for triple in profile.triples)
        put(write_facts(map(asked.facts().of, statements), form), arguments.output)
        return 0
    width = 0 if to_file or not sys.stdout.isatty() else terminal_width()
    put(write_profile(profile, form, width), arguments.output)
    return 0


def _form(path: str) -> str:
    ending = Path(path).suffix.lower().lstrip(".")
    return {"txt": "text", "markdown": "md", "json-ld": "jsonld"}.get(ending, ending)
