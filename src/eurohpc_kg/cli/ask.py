"""``eurohpc-kg ask``: answer a saved question, a sentence, or any query that only reads."""

from __future__ import annotations

import sys

from eurohpc_kg.cli.days import add_days, today
from eurohpc_kg.cli.far import add_endpoint, graph
from eurohpc_kg.cli.output import form_of, put, say, width_of
from eurohpc_kg.errors import UsageError
from eurohpc_kg.patterns import Pattern

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from typing import Any

    from eurohpc_kg.cite.answer import Answer
    from eurohpc_kg.questions import Question
    from eurohpc_kg.results import Results

SUMMARY = "Answer a question; without one, list the questions"
EPILOG = """\
QUESTION is one of
  a name       factories-targeting-sector; its options are its parameters (NAME --help)
  a sentence   "Which factories target cybersecurity?"
  a query      'SELECT ?host { id:lumi ehpc:hostedBy ?host }': any SPARQL that only reads
  a file       FILE.rq, or - for stdin, with such a query
A value is a name in any language, a CURIE, an IRI or an identifier; case and accents don't matter.
"""
_OPTION = "value_of_"
# What the options of `add_arguments` are where none is given; a test holds the two equal.
_UNSAID: dict[str, object] = {
    **dict.fromkeys(("format", "output", "cite", "as_of", "on", "endpoint", "timeout")),
    **{"sources": False, "row_sources": False, "store": "auto", "user": ""},
}

_WORD = Pattern(r"[\w-]+")
_DESCRIBE = Pattern(r"(?i)\s*DESCRIBE\s+(<|\w+:)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from eurohpc_kg.render import FORMS

    parser.add_argument("question", nargs="*", metavar="QUESTION", help="see below")
    parser.add_argument(
        "-f", "--format", choices=list(FORMS), help="form of the answer (default: table)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write here; the ending is the form")
    parser.add_argument("--sources", action="store_true", help="add the documents as footnotes")
    parser.add_argument(
        "--row-sources",
        action="store_true",
        help="the same for all that a row says, also where the question names its own sources",
    )
    parser.add_argument(
        "--cite", choices=["bibtex", "csl-json"], help="write the bibliography of the answer"
    )
    add_days(parser)
    add_endpoint(parser)


def quick(words: Sequence[str]) -> dict[str, object] | None:
    """Read a question with its parameters, ``--format`` and ``--sources`` as `parse` would.

    Returns ``None`` for all else, and what is wrong: importing argparse costs a sixth of an answer.
    """
    from eurohpc_kg.render import FORMS

    if not words or words[0][:1] == "-":
        return None
    question = _saved(words[0])
    asked: list[str] = []
    taken: dict[str, object] = {**_UNSAID, "question": asked, "saved": question}
    parameters = question.parameters if question is not None else {}
    given: dict[str, list[str]] = {}
    options = {"--" + name.replace("_", "-"): name for name in parameters}
    rest = iter(words)
    for word in rest:
        if word == "--sources":
            taken["sources"] = True
            continue
        if word[:1] != "-":
            asked.append(word)
            continue
        value = next(rest, "-")
        if value[:1] == "-":  # an option, or missing, or a matter for argparse
            return None
        if word in options:
            given.setdefault(options[word], []).append(value)
        elif word == "--format" and value in FORMS:
            taken["format"] = value
        else:
            return None
    return taken | {_OPTION + name: given.get(name) for name in parameters}


def parse(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """Add the options of the question that the words name, then parse them."""
    name = _first_positional(parser, words)
    question = _saved(name)
    if question is not None:
        parser.prog += f" {question.slug}"
        parser.description = f"{question.summary}\n\n{question.description}"
        columns = "".join(f"  {column}  {note}\n" for column, note in question.columns.items())
        parser.epilog = f"columns:\n{columns}"
        group = parser.add_argument_group("parameters")
        for parameter in question.parameters.values():
            group.add_argument(
                "--" + parameter.name.replace("_", "-"),
                dest=_OPTION + parameter.name,
                action="append",
                metavar="VALUE",
                help=f"{parameter.description} (default: {parameter.usual})".replace("%", "%%"),
            )
    # Words of a question on both sides of an option are the rarer case, and the dearer to parse.
    arguments, left = parser.parse_known_args(words)
    if left:
        arguments = parser.parse_intermixed_args(words)
    arguments.saved = question
    return arguments


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.render import FORMS, render

    words = arguments.question
    if not words:
        return _list()
    form = "" if arguments.cite else form_of(arguments, FORMS, "table")
    results = _answer(arguments, words)
    if arguments.cite:
        put(results.cite(arguments.cite), arguments.output)
    else:
        width = width_of(arguments.output)
        shown = _sourced(results, arguments)
        sources = arguments.sources or arguments.row_sources
        put(render(shown, form, sources=sources, width=width), arguments.output)
    if not results.rows:
        say("nothing in the graph answers this")
    return 0


def _sourced(answer: Answer, arguments: argparse.Namespace) -> Results:
    """Add the sources of each row, where the question does not name them or all are wanted."""
    is_named = bool(answer.source_columns)
    if not (arguments.row_sources or (arguments.sources and not is_named)):
        return answer
    untraced = sum(not citation.is_complete for citation in answer.citations)
    if untraced:
        from eurohpc_kg.amounts import agreeing, amount

        rows, rest = amount(len(answer), "row"), agreeing(untraced, "rests", "rest")
        say(f"{untraced} of {rows} {rest} on more than could be traced to a source")
    return answer.with_sources()


def _answer(arguments: argparse.Namespace, words: list[str]) -> Answer:
    question: Question | None = arguments.saved
    if question is not None:
        if len(words) > 1:
            raise UsageError(
                f"{' '.join(words[1:])!r} is too much after the name of a question",
                remedy=f"Options: eurohpc-kg ask {question.slug} --help",
            )
        values = {
            name: given
            for name in question.parameters
            if (given := getattr(arguments, _OPTION + name)) is not None
        }
        values = _with_today(arguments, question, values)
        for parameter in question.parameters.values():
            if getattr(arguments, _OPTION + parameter.name) is None and not parameter.is_optional:
                option = parameter.name.replace("_", "-")
                taken = values.get(parameter.name, parameter.default_text)
                say(f"{parameter.name} is {taken}; --{option} changes it")
        return graph(arguments).ask_question(question, values)
    text = " ".join(words)
    if text == "-" or text.endswith((".rq", ".sparql")):
        query, place = _read(text)
        return graph(arguments).sparql(query, place)
    if _is_query(text):
        return graph(arguments).sparql(text)
    if "-" in text and _WORD.fullmatch(text):
        from eurohpc_kg.questions import find_question
        from eurohpc_kg.repository import find_repository

        find_question(find_repository(), text)  # raises, with the nearest names
    return _answer_sentence(arguments, text)


def _is_query(text: str) -> bool:
    """Tell whether the words are SPARQL: no sentence has a brace or describes an IRI."""
    return "{" in text or _DESCRIBE.match(text) is not None


def _answer_sentence(arguments: argparse.Namespace, sentence: str) -> Answer:
    from eurohpc_kg.sentences import command_of, understand

    asked = graph(arguments)
    taken = understand(sentence, asked.questions(), asked.names)
    say(f"took: {command_of(taken)}")
    named = {name: value.value for name, value in taken.values.items()}
    values = _with_today(arguments, taken.question, named)
    for name in values.keys() - named.keys():
        say(f"{name} is {values[name]}")
    return asked.ask_question(taken.question, values)


def _with_today(
    arguments: argparse.Namespace, question: Question, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the values, with today where the question wants it, or the day it is asked as of."""
    days = [one.name for one in question.parameters.values() if one.is_today]
    return {name: arguments.on or arguments.as_of or today() for name in days} | {**values}


def _list() -> int:
    from eurohpc_kg.questions import GROUPS, all_questions, federated_questions
    from eurohpc_kg.repository import find_repository

    repository = find_repository()
    questions = [*all_questions(repository), *federated_questions(repository)]
    width = max(len(question.slug) for question in questions) + 2
    for group, heading in GROUPS.items():
        members = [question for question in questions if question.group == group]
        if members:
            print(f"{heading} ({group})")
            for question in members:
                print(f"  {question.slug:<{width}}{question.summary}")
    return 0


def _saved(name: str) -> Question | None:
    """Return the saved question of this name, if there is one."""
    from eurohpc_kg.questions import path_of, read_question
    from eurohpc_kg.repository import find_repository

    path = path_of(find_repository(), name)
    return read_question(path) if path else None


def _first_positional(parser: argparse.ArgumentParser, words: Sequence[str]) -> str:
    """Return the first word that is neither an option nor the value of one.

    An option that the parser does not know yet is one of a question, and takes a value.
    """
    flags = {
        name for action in parser._actions for name in action.option_strings if action.nargs == 0
    }
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-") and word != "-":
            skip = "=" not in word and word not in flags
        else:
            return word
    return ""


def _read(name: str) -> tuple[str, str]:
    from eurohpc_kg.sparql.files import query_of, read_query

    if name == "-":
        return query_of(sys.stdin.buffer, "stdin"), "stdin"
    return read_query(name), name
