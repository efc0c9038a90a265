"""``eurohpc-kg explain``: why a statement is true, down to the documents that say it."""

from __future__ import annotations

import argparse

SUMMARY = "Explain why a statement is true, or what it lacks"
EPILOG = """\
SUBJECT and OBJECT are names in any language, CURIEs (id:lumi), IRIs or identifiers; OBJECT may be a
literal as in Turtle, or a bare number, date or text where the property takes literals. PREDICATE is
the label of a property or its CURIE; 'is a' asks for a class. Quote names of several words.

  eurohpc-kg explain LUMI "in country" Finland
  eurohpc-kg explain id:lumi ehpc:linpackPerformance 379.7

Exit code 1: the statement does not follow; then what would be needed is printed.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("subject", metavar="SUBJECT", help="the thing it is about")
    parser.add_argument("predicate", metavar="PREDICATE", help="the property")
    parser.add_argument("object", metavar="OBJECT", help="the thing or value at the other end")
    parser.add_argument(
        "--all",
        action="store_true",
        help="every proof that rests on other evidence, shortest first",
    )
    parser.add_argument(
        "-f",
        "--format",
        choices=["text", "json", "ttl", "mermaid", "html"],
        help="form of the explanation (default: text)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; the ending is the form")


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.api import load
    from eurohpc_kg.cli.output import form_of, put
    from eurohpc_kg.explain.forms import FORMS

    form = form_of(arguments, FORMS, "text")
    explanation = load().explain(
        arguments.subject, arguments.predicate, arguments.object, every=arguments.all
    )
    put(explanation.render(form), arguments.output)
    return 0 if explanation.follows else 1
