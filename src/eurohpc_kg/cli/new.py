"""``eurohpc-kg new``: begin a file in the right room, with the right header."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from eurohpc_kg.cli.days import today
from eurohpc_kg.cli.output import say
from eurohpc_kg.errors import UsageError

TYPE_CHECKING = False  # so that nothing imports typing
if TYPE_CHECKING:
    from eurohpc_kg.authoring import Begun
    from eurohpc_kg.repository import Repository

SUMMARY = "Begin a source, thing, question, shape or correction in the right file"
EPILOG = """\
kinds:
  source      the file of a source document; asks on a terminal for what is not given
  thing       an entry of the register
  question    a saved question
  shape       the shapes of a class
  correction  where we side against a source

`eurohpc-kg new KIND --help` explains a kind.
"""
# Kind -> option -> (help, is required). NAME is the slug, class or record that is begun.
_OPTIONS: dict[str, dict[str, tuple[str, bool]]] = {
    "source": {
        "address": ("address of the page, from https:// on", True),
        "title": ("title of the document, as the page has it", True),
        "publisher": ("name or slug of its publisher in the register", True),
        "date": ("day of issue, as precise as known: 2026, 2026-11, 2026-11-25; or undated", True),
        "language": ("language of the title (default: en)", False),
        "retrieved": ("day on which it was read (default: today)", False),
        "homepage": ("home page of a publisher that the register does not know yet", False),
    },
    "thing": {
        "kind": ("its class, such as Supercomputer", True),
        "label": ("its name", True),
        "source": ("address of a page that shows the name", True),
        "language": ("language of the name (default: en)", False),
    },
    "question": {
        "summary": ("the question, in one sentence", True),
        "group": ("the group in which it is listed", True),
    },
    "shape": {
        "property": ("a property that instances should have", True),
        "why": ("why, in one sentence", True),
    },
    "correction": {
        "value": ("what is right", True),
        "reason": ("why, in one sentence", True),
        "evidence": ("the source document that shows it: publisher/date-slug", True),
        "date": ("day of the correction (default: today)", False),
    },
}
_NAMES = {
    "thing": "the slug, which never changes: lumi",
    "question": "the name of its file: factories-by-country",
    "shape": "the class: AIFactory",
    "correction": "the record: figure:…, milestone:… or entry:…",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=tuple(_OPTIONS), metavar="KIND", help="see below")


def parse(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """Read the kind, then its own options with a parser of its own."""
    if not words or words[0] not in _OPTIONS:
        return parser.parse_args(list(words))
    kind = words[0]
    inner = type(parser)(prog=f"{parser.prog} {kind}", allow_abbrev=False)
    if kind in _NAMES:
        inner.add_argument("name", metavar="NAME", help=_NAMES[kind])
    may_ask = kind == "source" and sys.stdin.isatty()
    for option, (help_, is_required) in _OPTIONS[kind].items():
        inner.add_argument(f"--{option}", help=help_, required=is_required and not may_ask)
    if kind == "source":
        inner.add_argument("--primary", action="store_true", help="who issues it is who acts in it")
    arguments = inner.parse_args(list(words[1:]))
    arguments.kind_of_file = kind
    return arguments


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.repository import find_repository

    begun = _BEGIN[arguments.kind_of_file](find_repository(), arguments)
    sys.stdout.write(f"{begun.path}\n")
    for sentence in begun.left:
        say(sentence)
    return 0


def _source(repository: Repository, arguments: argparse.Namespace) -> Begun:
    from eurohpc_kg.authoring import new_source

    given = {name: getattr(arguments, name) for name in ("address", "title", "publisher", "date")}
    for name, value in given.items():
        if value is None:
            given[name] = _asked(name, _OPTIONS["source"][name][0])
    if given["date"] == "undated":
        given["date"] = ""
    return new_source(
        repository,
        **given,
        retrieved=arguments.retrieved or today(),
        language=arguments.language or "en",
        primary=arguments.primary,
        homepage=arguments.homepage or "",
    )


def _thing(repository: Repository, arguments: argparse.Namespace) -> Begun:
    from eurohpc_kg.authoring import new_thing

    return new_thing(
        repository,
        arguments.name,
        kind=arguments.kind,
        label=arguments.label,
        source=arguments.source,
        language=arguments.language or "en",
    )


def _question(repository: Repository, arguments: argparse.Namespace) -> Begun:
    from eurohpc_kg.authoring import new_question

    return new_question(
        repository, arguments.name, summary=arguments.summary, group=arguments.group
    )


def _shape(repository: Repository, arguments: argparse.Namespace) -> Begun:
    from eurohpc_kg.authoring import new_shape

    return new_shape(repository, arguments.name, property=arguments.property, why=arguments.why)


def _correction(repository: Repository, arguments: argparse.Namespace) -> Begun:
    from eurohpc_kg.authoring import new_correction

    return new_correction(
        repository,
        arguments.name,
        value=arguments.value,
        reason=arguments.reason,
        evidence=arguments.evidence,
        date=arguments.date or today(),
    )


_BEGIN: dict[str, Callable[[Repository, argparse.Namespace], Begun]] = {
    "source": _source,
    "thing": _thing,
    "question": _question,
    "shape": _shape,
    "correction": _correction,
}


def _asked(name: str, meaning: str) -> str:
    try:
        return input(f"{name} ({meaning}): ").strip()
    except EOFError:
        raise UsageError(f"no {name} was given", remedy=f"Give it with --{name}.") from None
