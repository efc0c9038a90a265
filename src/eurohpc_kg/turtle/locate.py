"""Where a triple stands in a house-form text.

The house form makes this a search, not a parse: a subject starts in the first column, its
predicates are indented by four, their objects follow on the same line or one a line below.
"""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode

from eurohpc_kg.names import Prefixes
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.turtle.render import Renderer

_PREFIX = re.compile(r"^@prefix ([^:\s]*): <([^>]*)> \.$", re.MULTILINE)
_BASE = re.compile(r"^@base <([^>]*)> \.$", re.MULTILINE)
_END = re.compile(r" \.\n(?=\n|\Z)")
_LONG_QUOTE = '"""'


def locate(
    text: str,
    subject: NamedNode | BlankNode,
    predicate: NamedNode | None = None,
    object: NamedNode | BlankNode | Literal | None = None,
) -> int:
    """Return the line of a triple in a house-form text, counted from 1; 0 where there is none.

    Without an object the line of the predicate; without a predicate the line of the subject. What
    is not found within the block gives the line of the nearest thing that is: the predicate, or
    the subject.

    >>> text = "<x:a> a <x:C> ;\\n    <x:p>\\n        1 ,\\n        2 .\\n"
    >>> locate(text, NamedNode("x:a"), NamedNode("x:p"))
    2
    """
    base = _BASE.search(text)
    renderer = Renderer(
        Prefixes({m[1]: m[2] for m in _PREFIX.finditer(text)}), base[1] if base else None
    )
    start = _outside_strings(text, f"\n{renderer.term(str(subject))} ", 0)
    if text.startswith(f"{renderer.term(str(subject))} "):
        start = 0
    elif start < 0:
        return 0
    else:
        start += 1
    line = text.count("\n", 0, start) + 1
    if predicate is None:
        return line
    block = text[start : _end_of_block(text, start)]
    return line + _line_in_block(block, renderer, predicate, object)


def _line_in_block(
    block: str,
    renderer: Renderer,
    predicate: NamedNode,
    object: NamedNode | BlankNode | Literal | None,
) -> int:
    verb = "a" if predicate.value == RDF + "type" else renderer.iri(predicate.value)
    first = re.match(rf"\S+ {re.escape(verb)}(?=[ \n])", block)
    if first is not None:
        start = first.end() - len(verb)
    else:
        found = [
            position + 5
            for after in " \n"
            if (position := _outside_strings(block, f"\n    {verb}{after}", 0)) >= 0
        ]
        if not found:
            return 0
        start = min(found)
    line = block.count("\n", 0, start)
    if object is None:
        return line
    after = re.compile(r"\n {4}\S").search(block, start + len(verb) + 1)
    stop = after.start() if after and first is None else len(block)
    item = renderer.term(str(object))
    position = block.find(item, start, stop if "\n" not in item else len(block))
    return block.count("\n", 0, position) if position >= 0 else line


def _outside_strings(text: str, part: str, start: int) -> int:
    """Return where ``part`` first stands outside long strings; -1 where it doesn't."""
    position = text.find(part, start)
    while position >= 0 and text.count(_LONG_QUOTE, 0, position) % 2:
        position = text.find(part, position + 1)
    return position


def _end_of_block(text: str, start: int) -> int:
    for match in _END.finditer(text, start):
        if text.count(_LONG_QUOTE, start, match.start()) % 2 == 0:
            return match.end()
    return len(text)
