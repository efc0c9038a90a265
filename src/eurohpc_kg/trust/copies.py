"""A file held against the graph: a saved copy of a page, or a source file from elsewhere.

A page is asked for everything that the graph takes from it: its numbers and dates must stand in
it, and the names of what it speaks of should. What the graph says in words of its own can't be
looked for. A source file (Turtle) is compared statement by statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.errors import UsageError
from eurohpc_kg.labels import NAMING, Names
from eurohpc_kg.names import EHPC, SOURCE
from eurohpc_kg.namespaces import DCTERMS, RDF
from eurohpc_kg.results import Cell, Results, python_value
from eurohpc_kg.sparql import Term
from eurohpc_kg.trust.pages import Page
from eurohpc_kg.turtle import parse, read_text

FOUND, NAME_MISSING, MISSING, OWN_WORDS = "found", "no such name", "missing", "own words"
ADDED, GONE = "only in the file", "only in the graph"
# What fails a check: the file and the graph say different things.
FAILING = (MISSING, ADDED, GONE)

_RDF_TYPE = ox.NamedNode(RDF + "type")
_ADDRESS = ox.NamedNode(DCTERMS + "source")
_DOCUMENT = ox.NamedNode(EHPC + "SourceDocument")
_STANDING = ox.NamedNode(EHPC + "standing")
_ISSUED = ox.NamedNode(DCTERMS + "issued")
_HTML = (".html", ".htm", ".xhtml", ".mhtml")


@dataclass(frozen=True)
class Line:
    """Hold one statement and the verdict on it: what it is about, and what is stated."""

    verdict: str
    thing: str
    aspect: str
    value: str


@dataclass(frozen=True)
class Checked:
    """Hold what became of one file: the document that it is a copy of, and a line a statement."""

    path: str
    document: str
    lines: tuple[Line, ...]

    @property
    def failed(self) -> bool:
        return any(line.verdict in FAILING for line in self.lines)

    def summary(self) -> str:
        """Return how often each verdict was given.

        >>> Checked("a.html", "", (Line(FOUND, "x", "y", "1"),)).summary()
        '1 found'
        """
        counts = Counter(line.verdict for line in self.lines)
        return ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())


def document_of(path: Path, names: Names, given: str = "") -> ox.NamedNode:
    """Return the document that a file is a copy of.

    ``given`` names it; else a source file says so itself, and a page by the address that it gives
    for itself, or that its file name repeats. Raises `UsageError` where none of that helps.
    """
    if given:
        return names.find(given, EHPC + "SourceDocument").node
    text = read_text(path)
    if path.suffix == ".ttl":
        said = parse(text, ox.NamedNode("urn:file"), None, str(path))
        for quad in said:
            if quad.predicate == _RDF_TYPE and quad.object == _DOCUMENT:
                assert isinstance(quad.subject, ox.NamedNode)
                return quad.subject
    for address in Page(text, is_html=path.suffix.lower() in _HTML).addresses:
        for quad in names.store.quads_for_pattern(None, _ADDRESS, _node(address)):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SOURCE):
                return quad.subject
    named = [
        quad.subject
        for quad in names.store.quads_for_pattern(None, _STANDING, None)
        if isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.rsplit("/", 1)[-1] == path.stem
    ]
    if len(named) == 1:
        return named[0]
    raise UsageError(
        "nothing in the file says which document it is a copy of",
        place=str(path),
        remedy="Add --document with its IRI or title; eurohpc-kg sources lists them.",
    )


def check_page(path: Path, stated: Results, document: ox.NamedNode) -> Checked:
    """Look for what the graph takes from a document (``statements-of-source``) in a page."""
    names = stated.names
    page = Page(read_text(path), is_html=path.suffix.lower() in _HTML)
    issued = next(names.store.quads_for_pattern(document, _ISSUED, None, document), None)
    news = issued.object.value if issued and isinstance(issued.object, ox.Literal) else ""
    lines = []
    for row in stated.rows:
        thing, aspect, value = (row[stated.columns.index(n)] for n in ("thing", "aspect", "value"))
        assert value is not None
        verdict = _verdict(page, value, names, news)
        lines.append(Line(verdict, *(_shown(term, names) for term in (thing, aspect, value))))
    return Checked(str(path), document.value, tuple(lines))


def check_turtle(path: Path, names: Names, document: ox.NamedNode) -> Checked:
    """Compare the statements of a source file with those in the graph of the document."""
    ours = {
        (quad.subject, quad.predicate, quad.object)
        for quad in names.store.quads_for_pattern(None, None, None, document)
    }
    scratch = ox.Store()  # it writes numbers as the graph does
    scratch.extend(parse(read_text(path), document, None, str(path)))
    theirs = {(quad.subject, quad.predicate, quad.object) for quad in scratch}
    lines = [
        Line(verdict, *(_shown(term, names) for term in triple))
        for verdict, triples in (
            (ADDED, theirs - ours),
            (GONE, ours - theirs),
            (FOUND, ours & theirs),
        )
        for triple in sorted(triples, key=str)
    ]
    return Checked(str(path), document.value, tuple(lines))


def as_results(found: Iterable[Checked], names: Names, hidden: Sequence[str] = ()) -> Results:
    """Return the lines of checked files as a table, without the verdicts that are ``hidden``."""
    columns = ("file", "verdict", "thing", "aspect", "value", "source")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*_literals(one.path, line), ox.NamedNode(one.document))
        for one in found
        for line in one.lines
        if line.verdict not in hidden
    )
    return Results(columns, rows, names, title="What a file says of what the graph takes from it")


def _literals(path: str, line: Line) -> tuple[ox.Literal, ...]:
    return tuple(map(ox.Literal, (path, line.verdict, line.thing, line.aspect, line.value)))


def _verdict(page: Page, value: Term, names: Names, news: str) -> str:
    if isinstance(value, ox.NamedNode):
        return FOUND if page.has_name(_names(value, names)) else NAME_MISSING
    if isinstance(value, ox.Literal) and not value.language:
        if isinstance(python_value(value), (int, float)):
            return FOUND if page.has_number(Decimal(value.value)) else MISSING
        if value.value[:4].isdigit():
            # "Yesterday", says the news of that day.
            found = value.value in (news, news[: len(value.value)]) or page.has_date(value.value)
            return FOUND if found else MISSING
    return OWN_WORDS


def _names(node: ox.NamedNode, names: Names) -> Iterator[str]:
    for quad in names.store.quads_for_pattern(node, None, None):
        if quad.predicate in NAMING and isinstance(quad.object, ox.Literal):
            yield quad.object.value


def _shown(term: object, names: Names) -> str:
    if isinstance(term, ox.NamedNode):
        return names.label(term)
    return term.value if isinstance(term, ox.Literal) else str(term)


def _node(address: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(address)
    except ValueError:
        return ox.NamedNode("urn:none")
