"""Where a fault stands: from a thing of the graph to the file and line that say it.

A thing has blocks in several files: its name in the register, a claim in each source. The fault
stands where the triple at fault is; where that is a triple that is missing, it stands where the
thing is introduced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from eurohpc_kg.check.content import Content, FileRead
from eurohpc_kg.names import Prefixes, read_prefixes
from eurohpc_kg.records import dataclass
from eurohpc_kg.turtle import locate

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple

# Where a thing is introduced, the likeliest first.
_ROOMS = ("data/register/", "ontology/", "data/corrections/", "data/sources/", "shapes/")
_NOWHERE = ("", 0)


@dataclass(frozen=True)
class Block:
    """Hold what one file says of one subject."""

    read: FileRead
    quads: list[Quad]


class Places:
    """Find the places of one content; the index is made when the first is asked for."""

    def __init__(self, content: Content) -> None:
        self.content = content

    @cached_property
    def _blocks(self) -> dict[str, list[Block]]:
        """Map each subject to its blocks, a file each, in the order of paths."""
        index: dict[str, list[Block]] = {}
        for read in self.content.files:
            for quad in read.quads:
                blocks = index.setdefault(quad.subject.value, [])  # type: ignore[union-attr]
                if not blocks or blocks[-1].read is not read:
                    blocks.append(Block(read, []))
                blocks[-1].quads.append(quad)
        return index

    @cached_property
    def prefixes(self) -> Prefixes:
        return read_prefixes(self.content.repository)

    def of(
        self,
        subject: Node,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: str = "",
    ) -> tuple[str, int]:
        """Return the path and line of a triple, of what there is of it, or of its subject.

        ``graph`` names the graph to look in first. What no file has a block about is found where
        it is named; an empty path means nowhere.
        """
        blocks = self._blocks.get(subject.value)
        if not blocks:
            return self._elsewhere(subject, graph)
        best = min(blocks, key=lambda block: _rank(block, predicate, object, graph)).read
        thing = object if isinstance(object, (NamedNode, BlankNode, Literal)) else None
        line = locate(best.text, subject, predicate, thing)
        return best.path, line or self._search(best, subject)

    def states(self, triple: Triple) -> bool:
        """Tell whether a file states this triple."""
        blocks = self._blocks.get(getattr(triple.subject, "value", ""), ())
        return any(quad.triple == triple for block in blocks for quad in block.quads)

    def name(self, term: Term | None) -> str:
        """Return a term as a person reads it: a CURIE, or a literal's text."""
        if term is None:
            return "-"
        if isinstance(term, NamedNode):
            return self.prefixes.compact(term.value)
        return term.value if isinstance(term, Literal) else str(term)

    def _elsewhere(self, term: Node, graph: str) -> tuple[str, int]:
        """Return the file of a document, or the first place where a term is named."""
        for read in self.content.files:
            if read.file.base == term.value:
                return read.path, 1
        first = _NOWHERE
        for read in self.content.files:
            for quad in read.quads:
                if term in (quad.object, quad.predicate):
                    here = read.file.graph.value == graph
                    if here or first == _NOWHERE:
                        thing = quad.object if quad.object == term else None
                        first = self.of(quad.subject, quad.predicate, thing, read.file.graph.value)  # type: ignore[arg-type]
                    if here or not graph:
                        return first
        return first

    def _search(self, read: FileRead, subject: Node) -> int:
        """Find a block in a file that is not in house form: its name at the start of a line."""
        names = {f"<{subject.value}>", self.prefixes.compact(subject.value)}
        if read.file.base == subject.value:
            names.add("<>")
        pattern = "|".join(re.escape(name) for name in sorted(names))
        match = re.search(rf"^[ \t]*(?:{pattern})(?=\s)", read.text, re.MULTILINE)
        return read.text.count("\n", 0, match.start()) + 1 if match else 0


def _rank(
    block: Block, predicate: NamedNode | None, object: Term | None, graph: str
) -> tuple[bool, int, int, str]:
    """Order blocks: in the graph asked for, nearest to the triple, room, path."""
    distance = 2
    for quad in block.quads:
        if quad.predicate == predicate:
            distance = min(distance, 0 if quad.object == object else 1)
    path = block.read.path
    room = next((n for n, room in enumerate(_ROOMS) if path.startswith(room)), len(_ROOMS))
    return block.read.file.graph.value != graph, distance, room, path


def as_node(text: str) -> Node:
    """Return the node of an IRI or a blank node's name.

    >>> as_node("https://example.org/a").value
    'https://example.org/a'
    """
    return BlankNode(text[2:]) if text.startswith("_:") else NamedNode(text)


def terms(texts: Iterable[str]) -> list[Term]:
    """Parse terms written as N-Triples."""
    document = "".join(f"<x:s> <x:p> {text} .\n" for text in texts)
    return [quad.object for quad in parse(document, format=RdfFormat.N_TRIPLES)]
