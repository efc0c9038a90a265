"""Terms as Turtle writes them, from terms as N-Triples writes them, and the blocks of a subject.

Text in, text out: no terms are made, so a statement costs little more than a microsecond. Memory
does not grow with the data: what is remembered is thrown away when it is much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from eurohpc_kg.export.lines import TYPE, Parts
from eurohpc_kg.names import Prefixes
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.turtle.order import predicate_rank

REMEMBERED = 20_000  # terms; five times as many save a tenth of the time at most, and take 20 MiB

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
# Values that Turtle writes without quotation marks: only in forms that no reader changes. rdflib
# makes 7 of a bare 007, 0.5 of .5, and a float's text of a double.
_BARE = {
    f"^^<{XSD}integer>": re.compile(r"0|-?[1-9][0-9]*"),
    f"^^<{XSD}decimal>": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    f"^^<{XSD}boolean>": re.compile(r"true|false"),
}


class Shortener:
    """Write terms with prefixes."""

    def __init__(self, prefixes: Prefixes) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes}
        self._known: dict[str, str] = {}
        self._verbs: dict[str, tuple[int, str]] = {}
        self.head = "".join(f"@prefix {p}: <{namespace}> .\n" for p, namespace in prefixes)

    def term(self, text: str) -> str:
        """Return a term in its short form.

        >>> Shortener(Prefixes({"xsd": XSD})).term(f'"2026"^^<{XSD}gYear>')
        '"2026"^^xsd:gYear'
        """
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[text] = self._short(text)
        return known

    def curie(self, iri: str) -> str:
        """Return the CURIE of an IRI, or nothing where no prefix fits."""
        at = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._prefixes.get(iri[:at])
        return f"{prefix}:{iri[at:]}" if prefix and _LOCAL.fullmatch(iri, at) else ""

    def verb(self, predicate: str) -> tuple[int, str]:
        """Return the place of a predicate in a block, and its short form."""
        found = self._verbs.get(predicate)
        if found is None:
            short = "a" if predicate == TYPE else self.term(predicate)
            found = self._verbs[predicate] = (predicate_rank(predicate[1:-1]), short)
        return found

    def _short(self, text: str) -> str:
        if text.startswith("<"):
            return self.curie(text[1:-1]) or text
        if text.startswith('"') and text.endswith(">"):
            end = text.rindex('"')
            mark = text[end + 1 :]
            bare = _BARE.get(mark)
            if bare is not None and bare.fullmatch(text, 1, end):
                return text[1:end]
            return f"{text[: end + 1]}^^{self.term(mark[2:])}"
        return text


def blocks(
    parts: Iterable[Parts],
    short: Shortener,
    indent: str = "",
    value: Callable[[str], str] | None = None,
) -> Iterator[str]:
    """Give the Turtle of each subject, from sorted triples, with an empty line between.

    Kinds and names come first, then everything by CURIE. ``value`` writes an object where that is
    not to be its short form.
    """
    term, verb, value = short.term, short.verb, value or short.term
    subject = predicate = between = ""
    rows: list[tuple[int, str, list[str]]] = []
    values: list[str] = []
    for one, two, three in parts:
        if one != subject:
            if rows:
                yield between + _block(term(subject), rows, indent)
                between = "\n"
            subject, predicate, rows = one, "", []
        if two != predicate:
            predicate, values = two, []
            rows.append((*verb(two), values))
        values.append(value(three))
    if rows:
        yield between + _block(term(subject), rows, indent)


def _block(subject: str, rows: list[tuple[int, str, list[str]]], indent: str) -> str:
    rows.sort()
    end, comma = f" ;\n{indent}    ", f" ,\n{indent}        "
    texts = [
        f"{verb} {values[0]}"
        if len(values) == 1
        else f"a {' , '.join(values)}"
        if verb == "a"
        else f"{verb}{comma[2:]}{comma.join(values)}"
        for _, verb, values in rows
    ]
    return f"{indent}{subject} {end.join(texts)} .\n"
