"""A table of triples in which graphs and properties stand as numbers.

Oxigraph looks up every name of every row on its disk, and that is most of what a large answer costs
it: a number needs no looking up. The query gives each graph and each property one, and the table
comes as tab-separated values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count

from eurohpc_kg.endpoint.bodies import Lines
from eurohpc_kg.namespaces import XSD

MEDIA_TYPE = "text/tab-separated-values"

_FULL = (b"<", b'"', b"_")
"""How a term begins that is written as in N-Triples."""
_SHORT = (
    (re.compile(rb"[+-]?\d+"), b"integer"),
    (re.compile(rb"[+-]?\d*\.\d+"), b"decimal"),
    (re.compile(rb"true|false"), b"boolean"),
)


class Properties(dict[bytes, bytes]):
    """Hold the properties met so far, each by its number and by itself.

    Several threads may share one: what one has met, the next query of another has a number for.
    """

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()

    def __missing__(self, term: bytes) -> bytes:
        if term.startswith(b"<") and term.endswith(b">"):  # what is cut off is none
            self[b"%d" % next(self._numbers)] = self[term] = term
        return term

    def values_block(self) -> str:
        """Return them with their numbers, as a query has them."""
        once = {term: key for key, term in list(self.items()) if key != term}
        return _numbers((term.decode(), key.decode()) for term, key in once.items())


def query_of(graphs: Sequence[str], properties: Properties) -> str:
    """Return the query for all triples of these graphs, in the columns n, s, k and o.

    A property that is not known yet stands there itself. What gives the numbers is optional for
    this, and because Oxigraph joins only what is optional by a table in memory.
    """
    names = _numbers((f"<{name}>", str(number)) for number, name in enumerate(graphs))
    return (
        f"SELECT ?n ?s ?k ?o {{ VALUES (?g ?n) {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} "
        f"OPTIONAL {{ VALUES (?p ?q) {{ {properties.values_block()} }} }} "
        "BIND(COALESCE(?q, ?p) AS ?k) }"
    )


def graphs_of_rows(
    pieces: Iterable[bytes], graphs: Sequence[str], properties: Properties
) -> Iterator[Lines]:
    """Yield the table as lines of N-Triples without full stops, by graph, some at a time.

    >>> properties = Properties()
    >>> table = b"?n\\t?s\\t?k\\t?o\\n0\\t<x:a>\\t<x:p>\\t<x:b>\\n0\\t<x:a>\\t0\\t12\\n"
    >>> [(name, lines)] = next(graphs_of_rows([table], ["x:g"], properties)).items()
    >>> name, lines[0], lines[1][:14]
    (b'<x:g>', b'<x:a> <x:p> <x:b>', b'<x:a> <x:p> "1')
    """
    names = {b"%d" % number: f"<{graph}>".encode() for number, graph in enumerate(graphs)}
    is_head = True
    for piece in pieces:
        cells = piece.removesuffix(b"\n").replace(b"\n", b"\t").split(b"\t")
        if is_head:
            del cells[:4]
            is_head = False
        words = map(properties.__getitem__, cells[2::4])
        values = [cell if cell.startswith(_FULL) else _full(cell) for cell in cells[3::4]]
        lines = map(b" ".join, zip(cells[1::4], words, values, strict=False))
        found: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for number, line in zip(cells[::4], lines, strict=False):
            found[number].append(line)
        yield {names.get(number, b""): some for number, some in found.items()}


def _numbers(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"({term} {number})" for term, number in pairs)


@lru_cache(maxsize=20_000)
def _full(term: bytes) -> bytes:
    """Return a number or truth value, written at its shortest, as N-Triples has it."""
    kind = next((kind for pattern, kind in _SHORT if pattern.fullmatch(term)), b"double")
    return b'"%b"^^<%b%b>' % (term, XSD.encode(), kind)
