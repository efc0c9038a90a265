"""Saved questions: a SPARQL file with a header, its parameters, and the binding of values.

A question is a file of ``queries/questions``. Its header (grlc decorators: lines that start with
``#+``, together a small YAML document) says what it asks, in which group it stands, what each
parameter and column is. Below the header is plain SPARQL that runs as it is in any endpoint.

`Question.bind` replaces what stands between the braces of a parameter's ``VALUES`` line by terms,
each written by `sparql.term_text`: no text of a caller ever becomes a part of a query.
"""

from __future__ import annotations

import os

from eurohpc_kg.errors import EncodingError, UnknownNameError
from eurohpc_kg.names import is_slug
from eurohpc_kg.questions.header import pairs, read_header
from eurohpc_kg.questions.parameters import Parameter, fault, read_parameters, values_lines
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository
from eurohpc_kg.sparql import Term, require_read_only, term_text

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

GROUPS = {
    "factories": "AI Factories, antennas and gigafactories",
    "systems": "Supercomputers and rankings",
    "quantum": "Quantum systems",
    "money": "Budgets, costs and shares",
    "geography": "Countries and cities",
    "network": "Institutions and who works with whom",
    "time": "Dates, milestones and states",
    "quality": "Sources, conflicts and age",
    "access": "Ways to computing time",
    "federation": "Joined with Wikidata, CORDIS and the EU vocabularies",
}
SERVICES = (
    "https://cordis.europa.eu/datalab/sparql",
    "https://publications.europa.eu/webapi/rdf/sparql",
    "https://query.wikidata.org/sparql",
)
"""The endpoints that a question of the group ``federation``, and no other, asks besides."""

_KEYS = (
    *("summary", "description", "tags", "phrases", "kept", "defaults", "today", "parameters"),
    *("kinds", "columns"),
)
_REQUIRED = ("summary", "description", "tags", "columns")


@dataclass(frozen=True)
class Question:
    """Hold one saved question, as its file has it."""

    slug: str
    path: str
    summary: str
    description: str
    tags: tuple[str, ...]
    phrases: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, str]
    text: str
    is_kept: bool = False
    """Whether its answer with the defaults is kept beside the store (`store.answers`)."""

    @property
    def services(self) -> tuple[str, ...]:
        """Return the endpoints that it may ask besides."""
        return SERVICES if self.group == "federation" else ()

    @property
    def group(self) -> str:
        """Return the first tag that is one of `GROUPS`."""
        return next(tag for tag in self.tags if tag in GROUPS)

    def bind(self, values: Mapping[str, Term | Sequence[Term]]) -> str:
        """Return the query with these terms in its ``VALUES`` lines, the rest at their defaults.

        Raises `UnknownNameError` for a parameter that the question does not have.
        """
        texts: dict[str, str] = {}
        for name, value in values.items():
            self.parameter(name)
            terms = value if isinstance(value, (list, tuple)) else (value,)
            texts[name] = " ".join(term_text(term) for term in terms)
        lines = self.text.split("\n")
        for i, name, _ in values_lines(self.text):
            if name in texts:
                lines[i] = f"{lines[i].partition('{')[0]}{{ {texts[name]} }}"
        return "\n".join(lines)

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of this name, or raise `UnknownNameError` with those there are."""
        if name not in self.parameters:
            raise UnknownNameError(
                f"the question has no parameter {name!r}",
                place=self.slug,
                remedy="It has " + ", ".join(self.parameters) + "."
                if self.parameters
                else "It has none.",
            )
        return self.parameters[name]


def path_of(repository: Repository, name: str) -> str:
    """Return the path of the file of a question, or an empty text where there is none."""
    for room in ("questions", "federation") if is_slug(name) else ():
        path = os.path.join(repository.top, "queries", room, f"{name}.rq")
        if os.path.isfile(path):
            return path
    return ""


def find_question(repository: Repository, name: str) -> Question:
    """Read the question of this name; raise `UnknownNameError` with the nearest names."""
    path = path_of(repository, name)
    if path:
        return read_question(path)
    import difflib

    known = [path.stem for path in _paths(repository)]
    near = difflib.get_close_matches(name, known, n=4, cutoff=0.5)
    raise UnknownNameError(
        f"there is no question {name!r}",
        candidates=near,
        remedy="" if near else "List the questions with: eurohpc-kg ask",
    )


def all_questions(repository: Repository) -> list[Question]:
    """Read every question, ordered `by_group`."""
    return by_group(map(read_question, _paths(repository)))


def by_group(questions: Iterable[Question]) -> list[Question]:
    """Order questions by group in the order of `GROUPS`, then by name."""
    order = list(GROUPS)
    return sorted(questions, key=lambda question: (order.index(question.group), question.slug))


def federated_questions(repository: Repository) -> list[Question]:
    """Read the questions that ask other endpoints besides, by name."""
    return [read_question(path) for path in sorted(repository.federation.glob("*.rq"))]


def read_question(path: str | Path) -> Question:
    """Read one file; raise `InputError` where its header or its ``VALUES`` lines are off."""
    place = os.fspath(path)
    try:
        with open(place, encoding="utf-8") as file:
            text = file.read()
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"byte {error.start} is not UTF-8", place=place, remedy="Save the file as UTF-8."
        ) from error
    folder, name = os.path.split(place)
    services = SERVICES if os.path.basename(folder) == "federation" else ()
    require_read_only(text, place, services)
    header = read_header(text, _KEYS, place)
    missing = [key for key in _REQUIRED if key not in header]
    if missing:
        raise fault(place, 1, f"the header lacks {', '.join(missing)}", "Add it, with a text.")
    tags = tuple(header["tags"])
    if not any(tag in GROUPS for tag in tags):
        raise fault(place, 1, "no tag names a group", "Add one of " + ", ".join(GROUPS) + ".")
    if header.get("kept", "true") != "true":
        raise fault(place, 1, "'kept' is not 'true'", "Write '#+ kept: true', or no such line.")
    return Question(
        slug=name.removesuffix(".rq"),
        path=place,
        summary=str(header["summary"]),
        description=str(header["description"]),
        tags=tags,
        phrases=tuple(header.get("phrases", ())),
        parameters=dict(read_parameters(place, text, header)),
        columns=pairs(header["columns"]),
        text=text,
        is_kept="kept" in header,
    )


def _paths(repository: Repository) -> list[Path]:
    return sorted(repository.questions.glob("*.rq"))
