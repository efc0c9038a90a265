"""A subject as a JSON-LD node: compact with the context of the project, or expanded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from eurohpc_kg.export.context import Context
from eurohpc_kg.export.lines import LANG_STRING, STRING, TYPE, Parts, iri, value
from eurohpc_kg.namespaces import XSD

JsonObject = dict[str, object]
Node = Callable[[str, Iterable[Parts]], JsonObject]

_INTEGER, _BOOLEAN = XSD + "integer", XSD + "boolean"
_LARGEST = 1 << 53  # beyond it a number of JSON is not exact
_PER_LINE = (",", ":")


def compact(context: Context) -> Node:
    """Return what makes compact nodes; one value stands alone, several in a list."""

    def node(subject: str, parts: Iterable[Parts]) -> JsonObject:
        found: JsonObject = {"@id": context.iri(iri(subject))}
        for predicate, group in groupby(parts, itemgetter(1)):
            if predicate == TYPE:
                values: list[object] = [context.name(iri(part[2])) for part in group]
                key = "@type"
            else:
                takes = context.takes.get(iri(predicate), "")
                values = [_compact(part[2], takes, context) for part in group]
                key = context.name(iri(predicate))
            found[key] = values[0] if len(values) == 1 else values
        return _ordered(found)

    return node


def expanded(subject: str, parts: Iterable[Parts]) -> JsonObject:
    """Return an expanded node."""
    found: JsonObject = {"@id": iri(subject)}
    for predicate, group in groupby(parts, itemgetter(1)):
        if predicate == TYPE:
            found["@type"] = [iri(part[2]) for part in group]
        else:
            found[iri(predicate)] = [_expanded(part[2]) for part in group]
    return _ordered(found)


def nodes(parts: Iterable[Parts], node: Node) -> Iterator[JsonObject]:
    """Give the node of each subject, from sorted triples."""
    for subject, group in groupby(parts, itemgetter(0)):
        yield node(subject, group)


def line(found: Mapping[str, object]) -> str:
    """Return a node as JSON on one line."""
    return json.dumps(found, ensure_ascii=False, separators=_PER_LINE)


def _ordered(found: JsonObject) -> JsonObject:
    """Put the keywords first and the rest by name."""
    return dict(sorted(found.items(), key=lambda item: (item[0][0] != "@", item[0])))


def _compact(term: str, takes: str, context: Context) -> object:
    literal = value(term)
    if literal is None:
        name = context.iri(iri(term))
        return name if takes == "@id" else {"@id": name}
    if literal.datatype == LANG_STRING:
        return {"@language": literal.language, "@value": literal.text}
    if literal.datatype == takes:
        return literal.text
    if literal.datatype == STRING:
        return {"@value": literal.text} if takes else literal.text
    if not takes and (native := _native(literal.text, literal.datatype)) is not None:
        return native
    return {"@type": context.iri(literal.datatype), "@value": literal.text}


def _expanded(term: str) -> object:
    literal = value(term)
    if literal is None:
        return {"@id": iri(term)}
    if literal.datatype == LANG_STRING:
        return {"@language": literal.language, "@value": literal.text}
    if literal.datatype == STRING:
        return {"@value": literal.text}
    return {"@type": literal.datatype, "@value": literal.text}


def _native(text: str, datatype: str) -> int | bool | None:
    """Return the number or truth value that JSON has, where nothing of the text is lost."""
    if datatype == _BOOLEAN and text in ("true", "false"):
        return text == "true"
    if datatype == _INTEGER and text.removeprefix("-").isdecimal() and len(text) < 17:
        number = int(text)
        return number if str(number) == text and abs(number) < _LARGEST else None
    return None
