"""The parameters of a saved question: what may be given for each, and its default.

A parameter is a line ``VALUES ?name { default }`` of the query, ``UNDEF`` meaning "any", and a line
each of the header's ``defaults`` and ``parameters``. Where the query does not say of which class
its value must be, ``kinds`` may. ``today`` names the day for which a person who gives none means
today: whoever has a clock gives that; the default keeps answers the same from day to day.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.errors import InputError, QuerySyntaxError
from eurohpc_kg.names import VOCABULARY
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.questions.header import pairs
from eurohpc_kg.records import dataclass

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from eurohpc_kg.sparql import Term

_DATES = frozenset(XSD + name for name in ("date", "gYear", "gYearMonth"))
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double"))
# What `ask` itself has options for; a parameter of that name could not be given.
RESERVED = frozenset(
    {
        *("as_of", "cite", "endpoint", "format", "help", "on", "output", "row_sources"),
        *("sources", "store", "timeout", "user"),
    }
)


@dataclass(frozen=True)
class Parameter:
    """Hold one parameter: what may be given for it, and what holds when nothing is.

    ``kind`` is ``concept`` (``within`` is the IRI of its scheme), ``thing`` (``within`` is the IRI
    of a class, or empty), ``date``, ``number`` or ``text``. ``default`` is empty where the default
    is "any"; ``default_text`` is how the header writes it. Of one that ``is_today``, a command
    gives today's date in its place.
    """

    name: str
    description: str
    kind: str
    within: str
    default: tuple[Term, ...]
    default_text: str
    is_today: bool = False

    @property
    def is_optional(self) -> bool:
        """Tell whether the question makes sense without a value: the default is "any"."""
        return not self.default

    @property
    def usual(self) -> str:
        """Return what a command takes where nothing is given, in words."""
        return "today" if self.is_today else self.default_text

    @property
    def is_named(self) -> bool:
        """Tell whether a value is a name of the graph, to be looked up there."""
        return self.kind in ("concept", "thing")


def read_parameters(
    path: str, text: str, header: Mapping[str, str | list[str]]
) -> Iterator[tuple[str, Parameter]]:
    """Yield the parameters of a question; raise `InputError` where header and query differ."""
    defaults = pairs(header.get("defaults", []))
    descriptions = pairs(header.get("parameters", []))
    kinds = pairs(header.get("kinds", []))
    today = str(header.get("today", ""))
    if today and today not in defaults:
        raise fault(path, 1, f"'today' names no parameter: {today!r}", "Name one, or leave it out.")
    values: dict[str, tuple[int, str]] = {}
    for i, name, body in values_lines(text):
        # The same line may stand in each branch of a UNION: engines are slow without it there.
        if body != values.setdefault(name, (i + 1, body))[1]:
            raise fault(path, i + 1, f"two defaults for {name!r}", "Write one.")
    for name in {**defaults, **descriptions, **kinds}:
        if name in RESERVED:
            raise fault(
                path,
                1,
                f"ask has an option {name!r} of its own",
                "Give the parameter another name.",
            )
        if name not in values or name not in defaults or name not in descriptions:
            raise fault(
                path,
                1,
                f"the parameter {name!r} is not in all three of defaults, parameters and "
                "a VALUES line",
                f"Write VALUES ?{name} {{ … }} on a line of its own.",
            )
        line, body = values[name]
        default = _terms(text, body, path, line)
        kind, within = _kind(name, default, text)
        if name in kinds:
            classes = _terms(text, kinds[name], path, 1)
            if len(classes) != 1 or not isinstance(classes[0], ox.NamedNode):
                raise fault(path, 1, f"{kinds[name]!r} is no class", "Write one: ehpc:Country.")
            kind, within = "thing", classes[0].value
        if name == today and kind != "date":
            raise fault(path, 1, f"the parameter {name!r} is no date", "Leave 'today' out.")
        yield (
            name,
            Parameter(
                name, descriptions[name], kind, within, default, defaults[name], name == today
            ),
        )


def values_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each line ``VALUES ?name { … }``: how many stand before it, the name, the terms."""
    for i, line in enumerate(text.split("\n")):
        clause = line.strip(" \t")
        name, brace, body = clause[len("VALUES ?") : -1].partition(" {")
        is_whole = clause.startswith("VALUES ?") and clause[-1] == "}" and brace
        if is_whole and "{" not in body and "}" not in body:
            yield i, name, body


def _terms(text: str, body: str, path: str, line: int) -> tuple[Term, ...]:
    """Read what stands between the braces of a ``VALUES`` line, with the query's own prefixes."""
    query = f"SELECT ?v {{ VALUES ?v {{ {body} }} }}"
    try:
        solutions = ox.Store().query(query, prefixes=_namespaces(text))
    except SyntaxError as error:
        raise QuerySyntaxError(
            f"not a term: {body.strip()}", place=f"{path}:{line}", remedy="Correct the VALUES line."
        ) from error
    assert isinstance(solutions, ox.QuerySolutions)
    return tuple(solution[0] for solution in solutions if solution[0] is not None)


def _kind(name: str, default: tuple[Term, ...], text: str) -> tuple[str, str]:
    """Infer what kind of value a parameter takes, from its default, else from the query."""
    first = default[0] if default else None
    if isinstance(first, ox.Literal):
        datatype = first.datatype.value
        return ("date" if datatype in _DATES else "number" if datatype in _NUMBERS else "text"), ""
    if isinstance(first, ox.NamedNode) and first.value.startswith(VOCABULARY):
        return "concept", first.value.rsplit("/", 1)[0]
    for rest in text.split(f"?{name} a ")[1:]:
        prefix, colon, local = rest.partition("\n")[0].partition(" ")[0].rstrip(";.").partition(":")
        if colon and local.isidentifier():
            return "thing", _namespaces(text).get(prefix, "") + local
    return "thing", ""


def _namespaces(text: str) -> dict[str, str]:
    """Return the namespace of each prefix that a query declares on a line of its own."""
    lines = (line.split() for line in text.split("\n") if line.startswith("PREFIX "))
    return {parts[1][:-1]: parts[2][1:-1] for parts in lines if len(parts) == 3}


def fault(path: str, line: int, problem: str, remedy: str) -> InputError:
    """Return the error for what is wrong in a line of a question."""
    return InputError(problem, place=f"{path}:{line}", remedy=remedy)
