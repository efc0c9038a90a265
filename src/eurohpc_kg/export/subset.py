"""A part of the graph: chosen things with all that is said of them and of their records.

A choice names things: one of them (and those within some steps of it), a class, a country, the
answer to a question, or a period. What is taken are the statements about each of them and about its
figures, milestones, states and ranks (its concise bounded description), each in the graph where it
stands, with what those documents say of themselves, so that every source can still be cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.errors import InputError, UnknownNameError, UsageError
from eurohpc_kg.history.days import last_day
from eurohpc_kg.labels import Names
from eurohpc_kg.names import EHPC, GRAPH, NAMESPACE, THING, read_prefixes
from eurohpc_kg.namespaces import OWL, RDF
from eurohpc_kg.questions import find_question
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository
from eurohpc_kg.results import answer
from eurohpc_kg.sparql.files import read_query
from eurohpc_kg.store import open_folder
from eurohpc_kg.store.canonical import CanonicalGraph, read_graphs, write_graphs

KINDS = ("thing", "class", "country", "question", "date")
ANSWER = GRAPH + "answer"  # the graph of what a CONSTRUCT makes

_TYPE = ox.NamedNode(RDF + "type")
_OF, _IN_EDITION = ox.NamedNode(EHPC + "of"), ox.NamedNode(EHPC + "inEdition")
_LOCATED = (ox.NamedNode(EHPC + "inCountry"), ox.NamedNode(EHPC + "locatedIn"))
_DATED = (ox.NamedNode(EHPC + "asOf"), ox.NamedNode(EHPC + "date"))
_RANGE = ".."


@dataclass(frozen=True)
class Part:
    """Hold one choice, as ``kind=value`` says it."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}={self.value}"


def read_part(text: str) -> Part:
    """Read a choice; raise `UsageError` for what is none.

    >>> read_part("country=Finland").kind
    'country'
    """
    kind, sign, value = text.partition("=")
    if kind not in KINDS or not sign or not value.strip():
        raise UsageError(
            f"{text!r} is no part of the graph",
            place="--subset",
            remedy=f"Write one of {', '.join(f'{kind}=…' for kind in KINDS)}.",
        )
    return Part(kind, value.strip())


def subset(
    parts: Sequence[Part],
    steps: int,
    graphs: Sequence[CanonicalGraph],
    repository: Repository,
    folder: Path,
) -> list[CanonicalGraph]:
    """Write what the parts choose of some graphs into a folder; return it as graphs.

    ``steps`` is how far to go from a thing to others that are related to it. Raises
    `UnknownNameError` and `UsageError` for a part that names nothing, `InputError` where nothing
    is left.
    """
    built = graphs[0].path.parent
    chooser = _Chooser(repository, built, steps)
    chosen: set[str] = set()
    for part in parts:
        chosen |= chooser.choose(part)
    quads = [*_described(chosen, graphs), *chooser.made]
    if not quads:
        raise InputError(
            f"nothing is left of the graph by {', '.join(map(str, parts))}",
            place="--subset",
            remedy="Choose something that these graphs speak of.",
        )
    write_graphs(folder, quads)
    return list(read_graphs(folder))


class _Chooser:
    """Find the things that a part names, in the store."""

    def __init__(self, repository: Repository, built: Path, steps: int) -> None:
        self._repository = repository
        self._store = open_folder(built)
        self._names = Names(self._store, read_prefixes(repository))
        self._steps = steps
        self.made: list[ox.Quad] = []

    def choose(self, part: Part) -> set[str]:
        """Return the IRIs of what a part names, with those of their records."""
        find = {
            "thing": self._thing,
            "class": self._class,
            "country": self._country,
            "question": self._question,
            "date": self._date,
        }
        try:
            found = find[part.kind](part.value)
        except UnknownNameError as error:
            error.place = error.place or "--subset"
            raise
        records = {node for one in found for node in self._subjects(_OF, one)}
        return {node.value for node in found | records}

    def _thing(self, value: str) -> set[ox.NamedNode]:
        found = last = {self._names.find(value).node}
        for _ in range(self._steps):
            last = {node for one in last for node in self._related(one)} - found
            found = found | last
        return found

    def _related(self, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
        """Give the things at the other end of each relation, whichever way it is stated."""
        for quad in self._store.quads_for_pattern(node, None, None):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(THING):
                yield quad.object
        for subject in self._subjects(None, node):
            if subject.value.startswith(THING):
                yield subject

    def _class(self, value: str) -> set[ox.NamedNode]:
        found = self._subjects(_TYPE, self._class_node(value))
        return {node for node in found if node.value.startswith(NAMESPACE)}

    def _class_node(self, value: str) -> ox.NamedNode:
        """Return a class by its name, as the ontology writes it or as people do."""
        classes = {
            quad.subject.value: self._names.label(quad.subject)
            for quad in self._store.quads_for_pattern(None, _TYPE, ox.NamedNode(OWL + "Class"))
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(EHPC)
        }
        wanted = value.removeprefix("ehpc:").removeprefix(EHPC).casefold().replace(" ", "")
        for iri, label in sorted(classes.items()):
            if wanted in (iri.removeprefix(EHPC).casefold(), label.casefold().replace(" ", "")):
                return ox.NamedNode(iri)
        import difflib

        known = sorted(iri.removeprefix(EHPC) for iri in classes)
        raise UnknownNameError(
            f"there is no class {value!r}",
            place="--subset",
            candidates=difflib.get_close_matches(value, known, n=4, cutoff=0.4),
        )

    def _country(self, value: str) -> set[ox.NamedNode]:
        country = self._names.find(value, EHPC + "Country").node
        located = {node for one in _LOCATED for node in self._subjects(one, country)}
        return located | {country}

    def _question(self, value: str) -> set[ox.NamedNode]:
        """Return the things in the answer; what a CONSTRUCT makes is a graph of its own."""
        if value.endswith((".rq", ".sparql")):
            text, place = read_query(value), value
        else:
            question = find_question(self._repository, value)
            text, place = question.text, question.path
        found = answer(self._store, text, self._names, place)
        if found.form == "CONSTRUCT":
            graph = ox.NamedNode(ANSWER)
            for subject, predicate, term in found.rows:
                self.made.append(ox.Quad(subject, predicate, term, graph))  # type: ignore[arg-type]
            return set()
        cells = (cell for row in found.rows for cell in row)
        return {c for c in cells if isinstance(c, ox.NamedNode) and c.value.startswith(THING)}

    def _date(self, value: str) -> set[ox.NamedNode]:
        """Return the records of a period, the entries of a ranking with its edition."""
        first, last = _period(value)
        dated: set[ox.NamedNode] = set()
        for predicate in _DATED:
            for quad in self._store.quads_for_pattern(None, predicate, None):
                written = getattr(quad.object, "value", "")
                # A year or month lies in the period where its last day does.
                if isinstance(quad.subject, ox.NamedNode) and first <= last_day(written) <= last:
                    dated.add(quad.subject)
        entries = {node for one in dated for node in self._subjects(_IN_EDITION, one)}
        return dated | entries

    def _subjects(
        self, predicate: ox.NamedNode | None, node: ox.NamedNode
    ) -> Iterator[ox.NamedNode]:
        for quad in self._store.quads_for_pattern(None, predicate, node):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject


def _period(value: str) -> tuple[str, str]:
    """Return the first and the last day of ``2025``, ``2025-03``, ``2024..2025-06`` or ``2025..``.

    >>> _period("2025-02")
    ('2025-02-01', '2025-02-28')
    """
    start, sign, end = value.partition(_RANGE)
    first = start + "0001-01-01"[len(start) :]
    last = last_day((end if sign else start) or "9999")
    if not last_day(first) or not last or (start and not last_day(start)) or first > last:
        raise UsageError(
            f"{value!r} is no period",
            place="--subset",
            remedy="Write date=2025, date=2025-03, date=2025-03-01..2025-06-30 or date=2025.. .",
        )
    return first, last


def _described(chosen: set[str], graphs: Iterable[CanonicalGraph]) -> Iterator[ox.Quad]:
    """Give the statements about what was chosen, and what their documents say of themselves."""
    wanted = {f"<{iri}>".encode() for iri in chosen}
    for graph in graphs:
        lines = [line for chunk in graph.chunks() for line in chunk.splitlines(keepends=True)]
        kept = [line for line in lines if line[: line.index(b" ")] in wanted]
        if not kept:
            continue
        document = f"<{graph.name}> ".encode()
        kept += [line for line in lines if line.startswith(document)]
        if graph.has_blank_nodes:
            kept += _blank(kept, lines)
        name = ox.NamedNode(graph.name)
        for quad in ox.parse(b"".join(kept), format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def _blank(kept: list[bytes], lines: list[bytes]) -> list[bytes]:
    """Return the lines about the blank nodes that some lines lead to, and so on."""
    found: list[bytes] = []
    seen: set[bytes] = set()
    waiting = kept
    while waiting:
        ends = {line.split(b" ")[-2] for line in waiting}
        nodes = {end for end in ends if end.startswith(b"_:")} - seen
        seen |= nodes
        waiting = [line for line in lines if line[: line.index(b" ")] in nodes]
        found += waiting
    return found
