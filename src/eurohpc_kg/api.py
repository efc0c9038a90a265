"""The graph for programs and notebooks: load it, ask it, show a thing, hand it on.

``load()`` opens the built store (and builds it where needed); everything else is a method of
`Graph`. Values of parameters may be names, Python numbers, dates, or terms.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.cite.answer import Answer
from eurohpc_kg.errors import TooLargeError, UsageError
from eurohpc_kg.labels import Names
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.patterns import Pattern
from eurohpc_kg.questions import Parameter, Question, all_questions, find_question
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.results import Results, answer
from eurohpc_kg.sparql import Term
from eurohpc_kg.store.answers import kept_answer

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    import rdflib

    from eurohpc_kg.cite.facts import Fact, Facts
    from eurohpc_kg.explain import Explainer, Explanation
    from eurohpc_kg.show import Profile

    Day = str | datetime.date
    Value = str | int | float | Decimal | datetime.date | ox.NamedNode | ox.Literal

LONGEST_TEXT = 10_000
_NUMBER = Pattern(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


class Graph:
    """The knowledge graph, open for reading.

    >>> graph = load()                                                # doctest: +SKIP
    >>> graph.ask("factories-targeting-sector", sector="healthcare")  # doctest: +SKIP
    """

    def __init__(
        self, repository: Repository, store: ox.Store, folder: str | Path | None = None
    ) -> None:
        """Take the store of a repository, and the folder that it lies in, if it lies in one."""
        self.repository = repository
        self.store = store
        self.names = Names(store, read_prefixes(repository), folder)
        self._explainer: Explainer | None = None
        self._facts: Facts | None = None
        self._folder = folder
        self._merged_store: ox.Store | None = None

    def __repr__(self) -> str:
        return f"Graph({self.repository.top!r})"

    def questions(self) -> list[Question]:
        """Return the saved questions, by group."""
        if self._folder is None:
            return all_questions(self.repository)
        from eurohpc_kg.store.questions import read_questions

        return read_questions(self.repository, self._folder)

    def ask(self, question: str, /, **values: Value | Sequence[Value]) -> Answer:
        """Answer a saved question; each keyword is a parameter of it.

        Raises `UnknownNameError` and `AmbiguousNameError` (of the question, a parameter or a
        value), and `UsageError` for a value of the wrong type.
        """
        return self.ask_question(find_question(self.repository, question), values)

    def ask_question(
        self, question: Question, values: Mapping[str, Value | Sequence[Value]]
    ) -> Answer:
        """Answer a question that was read already."""
        bound = {
            name: [self.term(question.parameter(name), one) for one in _several(value)]
            for name, value in values.items()
        }
        text = question.bind(bound)
        place, services = question.path, question.services
        kept = kept_answer(self._folder, question, text, self.store) if self._folder else None
        found = answer(self.store, text, self.names, place, question.summary, services, kept=kept)
        return Answer.of(answer_to(question, bound, found), text, self.explainer)

    def sparql(self, text: str, place: str = "") -> Answer:
        """Answer any SPARQL query that only reads; the prefixes of the project are known."""
        merged = self._merged if self._folder else None
        found = answer(self.store, text, self.names, place, merged=merged)
        return Answer.of(found, text, self.explainer)

    def _merged(self) -> ox.Store:
        from eurohpc_kg.store.merged import open_merged

        if self._merged_store is None:
            assert self._folder is not None
            self._merged_store = open_merged(self._folder)
        return self._merged_store

    def show(self, thing: str) -> Profile:
        """Return everything known about a thing, by group, each line with its sources."""
        from eurohpc_kg.show import profile

        return profile(self.names, self.names.find(thing).node)

    def explain(
        self, subject: str, predicate: str, object: str, *, every: bool = False
    ) -> Explanation:
        """Return why a statement is true: its shortest proof, or each one; or what it lacks."""
        explainer = self.explainer()
        return explainer.explain(explainer.statement(subject, predicate, object), every=every)

    def fact(self, subject: str, predicate: str, object: str) -> Fact:
        """Return a statement ready to be cited: its document, its lasting address, the line."""
        return self.facts().of(self.explainer().statement(subject, predicate, object))

    def facts(self) -> Facts:
        """Return what makes statements citable, and finds them by their addresses."""
        from eurohpc_kg.cite.facts import Facts
        from eurohpc_kg.store.memory import recall

        if self._facts is None:
            self._facts = Facts(self.explainer(), lambda: recall(self.repository))
        return self._facts

    def explainer(self) -> Explainer:
        """Return what explains the statements of this graph; it is made once."""
        from eurohpc_kg.explain import Explainer

        if self._explainer is None:
            self._explainer = Explainer(self.store, self.repository, self.names)
        return self._explainer

    def label(self, thing: str, language: str = "en") -> str:
        """Return the label of a thing given by any of its names."""
        return self.names.label(self.names.find(thing).node, language)

    def term(self, parameter: Parameter, value: Value) -> Term:
        """Return the term that a value stands for, by what the parameter takes."""
        if isinstance(value, (ox.NamedNode, ox.Literal)):
            return value
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise TooLargeError(
                f"the value has {len(value):,} characters",
                place=parameter.name,
                remedy=f"Give at most {LONGEST_TEXT:,}.",
            )
        text = str(value).strip()
        if parameter.is_named:
            return self.names.find(text, parameter.within).node
        if parameter.kind == "date":
            return _date(parameter.name, text)
        if parameter.kind == "number":
            return _number(parameter.name, text)
        return ox.Literal(text)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return the whole graph as an rdflib Dataset, one context a named graph.

        Literals stay as the sources write them: rdflib would rewrite ``12.50`` as ``12.5``, so
        each is made without normalising.
        """
        import functools

        import rdflib

        @functools.cache
        def term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> rdflib.term.Node:
            if isinstance(term, ox.NamedNode):
                return rdflib.URIRef(term.value)
            if isinstance(term, ox.BlankNode):
                return rdflib.BNode(term.value)
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            return rdflib.Literal(
                term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False
            )

        dataset = rdflib.Dataset(default_union=True)
        for prefix, namespace in self.names.prefixes:
            dataset.bind(prefix, namespace, replace=True)
        contexts: dict[str, rdflib.Graph] = {}
        for quad in self.store:
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            if name not in contexts:
                contexts[name] = dataset.graph(rdflib.URIRef(name)) if name else dataset
            contexts[name].add((term(quad.subject), term(quad.predicate), term(quad.object)))
        return dataset


def load(
    root: str | Path | None = None, *, as_of: Day | None = None, on: Day | None = None
) -> Graph:
    """Open the graph of the checkout or package, or of the checkout in ``root``.

    Builds the store first where none fits the content. ``as_of`` knows only the documents that were
    published by a day; ``on`` leaves out the figures, milestones and ranks of later days. A day is
    written ``2025-03-31``, ``2025-03`` or ``2025`` (a month or year stands for its last day).
    Raises `UsageError` for what is no date.
    """
    from eurohpc_kg.store import open_folder, path_of

    repository = Repository(root) if root is not None else find_repository()
    if as_of or on:
        from eurohpc_kg.history import version

        days = (None if day is None else str(day) for day in (as_of, on))
        repository = version(repository, *days).repository
    folder = path_of(repository)
    return Graph(repository, open_folder(folder), folder)


def answer_to(question: Question, values: Mapping[str, Sequence[Term]], found: Results) -> Results:
    """Return what was found for these values as the answer to a saved question."""
    return Results(
        found.columns,
        found.rows,
        found.names,
        found.form,
        question.summary,
        question.columns,
        question.slug,
        {name: values.get(name, one.default) for name, one in question.parameters.items()},
    )


def _several(value: Value | Sequence[Value]) -> Sequence[Value]:
    return value if isinstance(value, (list, tuple, set, frozenset)) else (value,)


def _date(name: str, text: str) -> ox.Literal:
    """Read a day, month or year, as precise as it is given.

    >>> _date("day", "2025-10").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    import datetime

    try:
        digits = text.split("-")
        if not all(map(_is_digits, digits)) or [*map(len, digits)] != [4, 2, 2][: len(digits)]:
            raise ValueError(text)
        datetime.date.fromisoformat(text + "2000-01-01"[len(text) :])
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a date", place=name, remedy="Write 2025, 2025-10 or 2025-10-12."
        ) from error
    return ox.Literal(text, datatype=ox.NamedNode(XSD + _DATE_TYPES[len(text)]))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _number(name: str, text: str) -> ox.Literal:
    """Read a whole or decimal number, as it is written."""
    if not (len(text) <= 30 and _is_digits(text)) and not _NUMBER.fullmatch(text):
        raise UsageError(
            f"{text!r} is not a number", place=name, remedy="Write a number such as 10 or 12.5."
        )
    kind = "decimal" if "." in text else "integer"
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
