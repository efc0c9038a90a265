"""The statement that three words mean: names, CURIEs, IRIs or literals, to terms.

A property goes by its label or by the last part of its IRI. Of several things with a name the one
is meant that the property is for (its domain, its range). A literal may be written as in Turtle, or
bare where the property takes literals; either way it is the graph's own where that says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from eurohpc_kg.errors import AmbiguousNameError, EurohpcKgError, UnknownNameError, UsageError
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.labels import Names
from eurohpc_kg.names import EHPC
from eurohpc_kg.namespaces import OWL, RDF, RDFS, SCHEMA, XSD
from eurohpc_kg.reason.vocabulary import TYPE
from eurohpc_kg.sparql import Term

PROPERTY_CLASSES = (
    OWL + "ObjectProperty",
    OWL + "DatatypeProperty",
    OWL + "AnnotationProperty",
    RDF + "Property",
)
_IS_A = ("a", "is a", "type", "rdf:type")
_RANGES = (ox.NamedNode(RDFS + "range"), ox.NamedNode(SCHEMA + "rangeIncludes"))
_DOMAINS = (ox.NamedNode(RDFS + "domain"), ox.NamedNode(SCHEMA + "domainIncludes"))
_LITERAL = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<tag>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?P<type>\S+))?',
    re.DOTALL,
)
# What a bare word is, where a literal is asked for.
_BARE = (
    (r"[+-]?\d+", "integer"),
    (r"[+-]?\d*\.\d+", "decimal"),
    (r"\d{4}-\d\d-\d\d", "date"),
    (r"\d{4}-\d\d", "gYearMonth"),
    (r"true|false", "boolean"),
)
_TURTLE = 'Write it as in Turtle: "379.7", "text"@en or "2025-10"^^xsd:gYearMonth.'


def statement_of(names: Names, subject: str, predicate: str, object: str) -> Statement:
    """Return the statement; raise `UsageError` for words that mean nothing or too much."""
    if subject.lstrip().startswith('"'):
        raise UsageError(
            f"{subject} is a literal, and nothing is said about literals",
            place="SUBJECT",
            remedy="Name the thing that has this value.",
        )
    with _word("PREDICATE"):
        verb = _property(names, predicate)
    with _word("SUBJECT"):
        thing = _find(names, subject, _classes(names, verb, _DOMAINS))
    with _word("OBJECT"):
        return Statement(thing, verb, _object(names, thing, verb, object))


@contextmanager
def _word(place: str) -> Iterator[None]:
    """Make each error say which word of the call is off."""
    try:
        yield
    except EurohpcKgError as error:
        error.place = error.place or place
        raise


def _property(names: Names, text: str) -> ox.NamedNode:
    word = " ".join(text.split())
    if word in _IS_A:
        return TYPE
    if ":" in word and " " not in word:
        node = ox.NamedNode(names.prefixes.expand(word))
        if _is_property(names, node):
            return node
        raise UsageError(
            f"{text} is not a property" if names.belongs(node, "") else f"nothing is called {text}",
            remedy="Name a property, such as ehpc:locatedIn or 'located in'.",
        )
    if re.fullmatch(r"[a-z][A-Za-z0-9]*", word):
        node = ox.NamedNode(EHPC + word)
        if _is_property(names, node):
            return node
    found: dict[ox.NamedNode, None] = {}
    near: dict[str, None] = {}
    for kind in PROPERTY_CLASSES:
        try:
            found[names.find(word, kind).node] = None
        except UnknownNameError as error:  # ambiguous ones are a kind of these
            if isinstance(error, AmbiguousNameError):
                raise
            near.update(dict.fromkeys(error.candidates))
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise AmbiguousNameError(
            f"{text!r} is the name of {len(found)} properties",
            candidates=[f"{names.label(n)} ({names.prefixes.compact(n.value)})" for n in found],
        )
    raise UnknownNameError(
        f"{text!r} is not a property",
        candidates=list(near)[:6],
        remedy="" if near else "The properties: docs/reference, or eurohpc-kg show THING.",
    )


def _object(names: Names, thing: ox.NamedNode, verb: ox.NamedNode, text: str) -> Term:
    written = text.strip()
    if written.startswith('"'):
        return _as_stated(names, thing, verb, _literal(names, written))
    address = _address(names, written)
    if address is not None:
        return address
    if _takes_literals(names, verb):
        return _as_stated(names, thing, verb, _bare(written))
    if verb == TYPE:
        return _find(names, written, [OWL + "Class"], is_narrow=True)
    return _find(names, written, _classes(names, verb, _RANGES))


def _find(
    names: Names, text: str, kinds: Iterable[str], *, is_narrow: bool = False
) -> ox.NamedNode:
    """Return what has a name; of several, the one of a kind that the property is for."""
    try:
        return names.find(text, *kinds if is_narrow else ()).node
    except AmbiguousNameError:
        exact = {match.node for match in names.exact(" ".join(text.split()))}
        fitting = {node for kind in kinds for node in exact if names.belongs(node, kind)}
        if len(fitting) != 1:
            raise
        return fitting.pop()


def _address(names: Names, text: str) -> ox.NamedNode | None:
    """Return the node of a CURIE or IRI that the graph has anywhere."""
    if ":" not in text or any(c.isspace() for c in text):
        return None
    try:
        node = ox.NamedNode(names.prefixes.expand(text))
    except (EurohpcKgError, ValueError):
        return None
    is_there = names.belongs(node, "") or _any(names, None, None, node)
    return node if is_there else None


def _literal(names: Names, text: str) -> ox.Literal:
    match = _LITERAL.fullmatch(text)
    if match is None:
        raise UsageError(f"{text} is not a literal", remedy=_TURTLE)
    try:
        (quad,) = ox.parse(f'<x:s> <x:p> "{match["text"]}" .', format=ox.RdfFormat.TURTLE)
        value = quad.object.value
        if match["tag"]:
            return ox.Literal(value, language=match["tag"].lower())
        if match["type"]:
            return ox.Literal(value, datatype=ox.NamedNode(names.prefixes.expand(match["type"])))
    except (SyntaxError, ValueError):
        raise UsageError(f"{text} is not a literal", remedy=_TURTLE) from None
    return ox.Literal(value)


def _bare(text: str) -> ox.Literal:
    for pattern, datatype in _BARE:
        if re.fullmatch(pattern, text):
            return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
    return ox.Literal(text)


def _as_stated(
    names: Names, thing: ox.NamedNode, verb: ox.NamedNode, literal: ox.Literal
) -> ox.Literal:
    """Return the value that the graph gives, where the literal says the same less exactly.

    ``"379.7"`` is the number 379.7 where the graph has a number, and a text in any language.
    """
    values = [
        quad.object
        for quad in names.store.quads_for_pattern(thing, verb, None)
        if isinstance(quad.object, ox.Literal)
    ]
    if literal in values or literal.language:
        return literal
    same = [value for value in values if _says_the_same(literal, value)]
    return min(same, key=lambda v: (v.language != "en", str(v))) if same else literal


def _says_the_same(literal: ox.Literal, value: ox.Literal) -> bool:
    if literal.value == value.value:
        return True
    try:
        return Decimal(literal.value) == Decimal(value.value)
    except InvalidOperation:
        return False


def _takes_literals(names: Names, verb: ox.NamedNode) -> bool:
    """Tell whether a property is for literals: by what it is, or by what it is used for."""
    if names.belongs(verb, OWL + "DatatypeProperty"):
        return True
    first = next(names.store.quads_for_pattern(None, verb, None), None)
    return first is not None and isinstance(first.object, ox.Literal)


def _is_property(names: Names, node: ox.NamedNode) -> bool:
    return _any(names, None, node, None) or any(names.belongs(node, c) for c in PROPERTY_CLASSES)


def _classes(names: Names, verb: ox.NamedNode, by: tuple[ox.NamedNode, ...]) -> Iterator[str]:
    for predicate in by:
        for quad in names.store.quads_for_pattern(verb, predicate, None):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(EHPC):
                yield quad.object.value


def _any(
    names: Names, s: ox.NamedNode | None, p: ox.NamedNode | None, o: ox.NamedNode | None
) -> bool:
    return next(names.store.quads_for_pattern(s, p, o), None) is not None
