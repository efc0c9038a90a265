"""Writing Turtle in the house form: one subject a block, sorted, one object a line.

Everything is sorted as text, so the same triples give the same bytes. RDF lists are written in
parentheses; a blank node that is named once is written where it is named, in brackets; any other
blank node gets a canonical label (RDFC-1.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Quad,
    RdfFormat,
    Triple,
)
from pyoxigraph import parse as parse_quads

from eurohpc_kg.names import Prefixes
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.turtle.order import ObjectKeys, natural, object_key, predicate_rank
from eurohpc_kg.turtle.read import parse_with_base
from eurohpc_kg.turtle.render import Renderer

WIDTH = 100
INDENT = 4
_TYPE, _FIRST, _REST, _NIL = (f"<{RDF}{name}>" for name in ("type", "first", "rest", "nil"))

# A statement as N-Triples writes it: subject, predicate, object.
Texts = Sequence[str]
# subject as written -> predicate as in N-Triples -> objects as written
_Blocks = dict[str, dict[str, set[str]]]

# A comment, or one of the tokens that may hold a number sign that starts none.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>"
    r"|\\."
    r"|#(?P<comment>[^\n]*)",
    re.DOTALL,
)


def format_text(text: str, prefixes: Prefixes, place: str = "-") -> str:
    """Return a Turtle text in the house form; a text that has it comes back unchanged.

    Its prefixes give way to the house's; its comments move to the top. Raises
    `TurtleSyntaxError` for what is not Turtle.
    """
    triples, base = parse_with_base(text, DefaultGraph(), None, place)
    return write(triples, prefixes, base, "\n".join(comments(text)))


def comments(text: str) -> list[str]:
    """Return the comments of a Turtle text, without the number sign, in order.

    >>> comments('# Top.\\n<x:a#b> <x:p> "# no" . # below')
    ['Top.', 'below']
    """
    found = (match["comment"] for match in _TOKEN.finditer(text))
    return [comment.removeprefix(" ").rstrip() for comment in found if comment is not None]


def write(
    triples: Iterable[Triple | Quad],
    prefixes: Prefixes,
    base: str | None = None,
    header: str = "",
) -> str:
    """Return ``triples`` as a house-form Turtle file.

    ``prefixes`` are those that may be used; the file declares those that are. With ``base``, the
    document itself is written ``<>``; no other IRI is made relative. ``header`` is the comment at
    the top, without number signs. The graph names of quads are not written.

    >>> from pyoxigraph import NamedNode
    >>> t = Triple(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:b"))
    >>> print(write([t], Prefixes({}), header="One triple."), end="")
    # One triple.
    <BLANKLINE>
    <urn:a> <urn:p> <urn:b> .
    """
    return write_texts(map(_texts, triples), prefixes, base, header)


def write_texts(
    statements: Iterable[Texts], prefixes: Prefixes, base: str | None = None, header: str = ""
) -> str:
    """Do what `write` does with statements whose terms are N-Triples already.

    >>> print(write_texts([("<urn:a>", "<urn:p>", "<urn:b>")], Prefixes({})), end="")
    <urn:a> <urn:p> <urn:b> .
    """
    statements = list(statements)
    writer = _Writer(statements, prefixes, base)
    if writer.labelled:
        writer = _Writer(_with_canonical_labels(statements), prefixes, base)
    blocks = writer.blocks()
    top = "".join(f"# {line}".rstrip() + "\n" for line in header.split("\n")) if header else ""
    directives = f"@base <{base}> .\n" if base is not None else ""
    directives += "".join(
        f"@prefix {prefix}: <{prefixes.namespaces[prefix]}> .\n"
        for prefix in sorted(writer.renderer.used)
    )
    return "\n".join(part for part in (top, directives, *blocks) if part)


class _Verbs(dict[str, tuple[int, str]]):
    """Hold where each predicate stands in a block, and how it is written.

    One that no block writes is not asked for, so that its prefix does not count as used: those of
    lists are written as parentheses.
    """

    def __init__(self, renderer: Renderer, of_document: bool = False) -> None:
        super().__init__()
        self._renderer, self._of_document = renderer, of_document

    def __missing__(self, predicate: str) -> tuple[int, str]:
        iri = predicate[1:-1]
        written = "a" if predicate == _TYPE else self._renderer.iri(iri)
        found = self[predicate] = predicate_rank(iri, self._of_document), written
        return found


class _Writer:
    """Hold one file's statements, grouped, and write them block by block."""

    def __init__(self, statements: Iterable[Texts], prefixes: Prefixes, base: str | None) -> None:
        self.renderer = Renderer(prefixes, base)
        self._groups: _Blocks = {}
        self._references: dict[str, int] = {}
        self._keys = ObjectKeys()
        self._gather(statements)
        self._verbs = _Verbs(self.renderer)
        self._nested = self._find_nested()
        self.labelled = any(
            count > 1 or node not in self._nested for node, count in self._references.items()
        )

    def blocks(self) -> list[str]:
        """Return one text a subject: the document first, then named ones, then blank ones."""
        named, blank = [], []
        for subject, group in self._groups.items():
            if not subject.startswith("_:"):
                named.append((subject != "<>", natural(subject), self._block(subject, group)))
            elif subject not in self._nested:
                label = subject if subject in self._references else "[]"
                blank.append(self._block(label, group))
        return [text for _, _, text in sorted(named)] + sorted(blank)

    def _gather(self, statements: Iterable[Texts]) -> None:
        """Group the statements; those of one subject, and of one predicate, mostly lie together."""
        render, groups, references = self.renderer.term, self._groups, self._references
        written = {_NIL: "()"}  # most terms stand there many times
        about = said = ""
        group: dict[str, set[str]] = {}
        objects: set[str] = set()
        for subject, predicate, item in statements:
            if subject != about:
                about, said = subject, ""
                if subject not in written:
                    written[subject] = render(subject)
                group = groups.setdefault(written[subject], {})
            if predicate != said:
                said = predicate
                objects = group.setdefault(predicate, set())
            value = written.get(item)
            if value is None:
                value = written[item] = render(item)
            if value[0] == "_" and value not in objects:
                references[value] = references.get(value, 0) + 1
            objects.add(value)

    def _find_nested(self) -> set[str]:
        """Return the blank nodes that are named once, and not by themselves in a circle."""
        if not self._references:
            return set()
        once = {node for node, count in self._references.items() if count == 1}
        reached: set[str] = set()
        waiting = [subject for subject in self._groups if subject not in once]
        while waiting:
            group = self._groups.get(waiting.pop(), {})
            found = {item for objects in group.values() for item in objects if item in once}
            waiting += found - reached
            reached |= found
        return reached

    def _block(self, subject: str, group: Mapping[str, set[str]]) -> str:
        verbs = _Verbs(self.renderer, of_document=True) if subject == "<>" else self._verbs
        # Only the first predicate shares the subject's line, so its objects indent less.
        parts: list[str] = []
        for verb, objects in self._sorted(group, verbs):
            if verb == "a":
                types = " , ".join(self._object(item, INDENT, 0) for item in objects)
                parts.append(f"a {types}")
            else:
                parts.append(self._line(verb, objects, INDENT if parts else 0))
        return f"{subject} " + f" ;\n{' ' * INDENT}".join(parts) + " .\n"

    def _sorted(self, group: Mapping[str, set[str]], verbs: _Verbs) -> list[tuple[str, list[str]]]:
        ordered = sorted(group, key=verbs.__getitem__)
        return [(verbs[one][1], self._sorted_objects(group[one])) for one in ordered]

    def _sorted_objects(self, objects: set[str]) -> list[str]:
        if len(objects) == 1:
            return list(objects)
        if not self._nested:
            return sorted(objects, key=self._keys.__getitem__)
        # A nest sorts by what is in it: its label means nothing.
        shown = {item: self._inline(item) for item in objects}
        return sorted(objects, key=lambda item: object_key(shown[item]))

    def _line(self, verb: str, objects: list[str], indent: int) -> str:
        if len(objects) == 1:
            if not self._nested:
                return f"{verb} {objects[0]}"
            return f"{verb} {self._object(objects[0], indent, indent + len(verb) + 1)}"
        pad = " " * (indent + INDENT)
        if self._nested:
            objects = [self._object(item, indent + INDENT, indent + INDENT) for item in objects]
        return f"{verb}\n{pad}" + f" ,\n{pad}".join(objects)

    def _object(self, item: str, indent: int, column: int) -> str:
        """Return an object; a nest on one line where it fits, else over several, indented."""
        if item not in self._nested:
            return item
        inline = self._inline(item)
        if column + len(inline) + 2 <= WIDTH and "\n" not in inline:
            return inline
        pad, end = " " * (indent + INDENT), " " * indent
        members = self._members(item)
        if members is not None:
            lines = [self._object(m, indent + INDENT, indent + INDENT) for m in members]
            return "(" + "".join(f"\n{pad}{line}" for line in lines) + f"\n{end})"
        said = self._sorted(self._groups[item], self._verbs)
        parts = [self._line(verb, objects, indent + INDENT) for verb, objects in said]
        return f"[\n{pad}" + f" ;\n{pad}".join(parts) + f"\n{end}]"

    def _inline(self, item: str) -> str:
        if item not in self._nested:
            return item
        members = self._members(item)
        if members is not None:
            return "( " + " ".join(map(self._inline, members)) + " )"
        parts = (
            f"{verb} " + " , ".join(map(self._inline, objects))
            for verb, objects in self._sorted(self._groups.get(item, {}), self._verbs)
        )
        text = " ; ".join(parts)
        return f"[ {text} ]" if text else "[]"

    def _members(self, node: str) -> list[str] | None:
        """Return the members of the list that starts at ``node``, or nothing where none does."""
        members: list[str] = []
        while node != "()":
            group = self._groups.get(node)
            if node not in self._nested or group is None or group.keys() != {_FIRST, _REST}:
                return None
            if len(group[_FIRST]) != 1 or len(group[_REST]) != 1:
                return None
            members += group[_FIRST]
            (node,) = group[_REST]
        return members


def _texts(statement: Triple | Quad) -> Texts:
    item = statement.object
    text = f"<<( {item} )>>" if isinstance(item, Triple) else str(item)
    return str(statement.subject), str(statement.predicate), text


def _with_canonical_labels(statements: Iterable[Texts]) -> list[Texts]:
    lines = "".join(f"{' '.join(one)} .\n" for one in statements)
    dataset = Dataset(parse_quads(lines, RdfFormat.N_TRIPLES, lenient=True))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return list(map(_texts, dataset))
