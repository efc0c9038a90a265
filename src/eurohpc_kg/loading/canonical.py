"""What a graph says, as a count and a hash: the same for the same statements, wherever from.

Stores keep numbers as values: ``12.50`` comes back as ``12.5``, and from Virtuoso a whole number of
more than 31 bits as a decimal. So numbers and booleans count by their values, in which XML Schema
has whole numbers among the decimals. Blank nodes are named by RDFC-1.0. Hashes of the lines of
N-Triples are added up, so that they may come in any order and none has to be kept.

The hash of a line is Python's own of bytes: SipHash of 64 bits, by a key that each process draws,
in a tenth of the time of SHA-256. A sum is there to be compared with another of the same process,
never to be kept; the hashes of the ledger are those of the built store (SHA-256).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from itertools import takewhile

import pyoxigraph as ox

from eurohpc_kg.namespaces import XSD
from eurohpc_kg.records import dataclass, field

_WHOLE = (
    "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort",
    "unsignedByte",
)  # fmt: skip
_MARK = f'"^^<{XSD}'.encode()
_NUMBER = re.compile(
    rb'"([^"\\]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#'
    rb"(?:(decimal|" + "|".join(_WHOLE).encode() + rb")|(double|float)|(boolean))>"
)
_ALL = 1 << 64
_KEPT = 50_000


@dataclass(frozen=True)
class Digest:
    """Hold what identifies the content of a graph: how many triples, and their hash.

    ``twins`` are lines whose numbers are written in several ways there (``12.5`` and ``12.50``):
    they count once here, and as often as it likes in a store.
    """

    count: int
    hash: str
    twins: frozenset[bytes] = field(default_factory=frozenset, repr=False, compare=False)


class Sum:
    """Add up the triples of one graph, each a line of N-Triples without its full stop."""

    def __init__(self, twins: Collection[bytes] = ()) -> None:
        self._count = self._total = 0
        self._linked: list[bytes] = []
        self._twins = frozenset(twins)
        self._met: set[bytes] = set()

    def add(self, line: bytes) -> None:
        """Add a triple as a store gives it."""
        if _MARK in line:
            line = value_line(line)
        self.add_value(line)

    def add_all(self, lines: Sequence[bytes]) -> None:
        """Add triples as a store gives them: most at once, with less for each to do."""
        self.add_values(_value_lines(lines))

    def add_values(self, lines: Sequence[bytes]) -> None:
        """Add triples that `value_line` has been over."""
        if self._twins or b"_:" in b"".join(lines):
            for line in lines:
                self.add_value(line)
        else:
            self._count += len(lines)
            self._total += _hash_of(lines)

    def add_value(self, line: bytes) -> None:
        """Add one of them: a blank node has to wait for all others, a twin counts once."""
        if b"_:" in line and has_blank_node(line):
            self._linked.append(line)
            return
        if line in self._twins:
            self._met.add(line)
            return
        self._count += 1
        self._total += _hash_of((line,))

    def __iadd__(self, other: Sum) -> Sum:
        """Add what another has of the same graph."""
        self._count += other._count
        self._total += other._total
        self._linked += other._linked
        self._met |= other._met
        return self

    def digest(self) -> Digest:
        """Return count and hash of what was added."""
        count, total = self._count, self._total
        lines = list(self._met)
        if self._linked:
            text = b"".join(line + b" .\n" for line in self._linked)
            dataset = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
            lines += (str(quad.triple).encode() for quad in dataset)
        total += _hash_of(lines)
        return Digest(count + len(lines), f"{total % _ALL:016x}", self._twins)


def digest(triples: Iterable[ox.Triple]) -> Digest:
    """Return count and hash of a graph; a triple given twice counts once.

    >>> one = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal(1))
    >>> digest([one, one]).count
    1
    """
    return digest_of_lines(sorted({str(triple).encode() for triple in triples}))


def digest_of_lines(lines: Iterable[bytes]) -> Digest:
    """Return count and hash of a graph, given as its sorted lines without full stops."""
    return digest_of_chunks([list(lines)])


def digest_of_chunks(chunks: Iterable[Sequence[bytes]]) -> Digest:
    """Return what `digest_of_lines` does; the sorted lines come some at a time."""
    found, once = Sum(), _Once()
    for chunk in chunks:
        found.add_values(once.of(chunk))
    made = found.digest()
    return Digest(made.count, made.hash, frozenset(once.twins))


def count_of_chunks(chunks: Iterable[Sequence[bytes]]) -> int:
    """Return the count that `digest_of_chunks` finds, in a fifth of the time."""
    count, once = 0, _Once()
    for chunk in chunks:
        numbers = [line for line in chunk if _MARK in line]
        if len(set(map(_start_of, numbers))) == len(numbers):
            numbers = numbers[:1] + numbers[1:][-1:]  # only the chunks beside may have their twins
        count += len(chunk) - len(numbers) + len(once.of(numbers))
    return count


class _Once:
    """Let the sorted lines of a graph pass by their values, and each of these once."""

    def __init__(self) -> None:
        self.twins: set[bytes] = set()
        self._recent: frozenset[bytes] = frozenset()
        """Values of the last subject and property so far: their other ones may be still to come."""

    def of(self, lines: Sequence[bytes]) -> list[bytes]:
        """Return the values of the next lines but for those that were met before."""
        values = _value_lines(lines)
        once = dict.fromkeys(values)
        if len(once) < len(values):
            self.twins.update(value for value, times in Counter(values).items() if times > 1)
        for value in self._recent & once.keys():
            self.twins.add(value)
            del once[value]
        if values and b'"' in values[-1]:
            start = _start_of(values[-1])
            last = frozenset(takewhile(lambda value: value.startswith(start), reversed(values)))
            self._recent = last | self._recent if len(last) == len(values) else last
        return list(once)


def _start_of(line: bytes) -> bytes:
    return line[: line.index(b'"')]


def written_hash(triples: Iterable[ox.Triple]) -> str:
    """Return the hash of a graph without blank nodes as a built store writes it."""
    lines = sorted({f"{triple} .\n" for triple in triples})
    return sha256("".join(lines).encode()).hexdigest()


def _hash_of(lines: Collection[bytes]) -> int:
    """Return the sum of the hashes of lines."""
    return sum(map(hash, lines))


def has_blank_node(line: bytes) -> bool:
    """Tell whether a line of N-Triples is about a blank node, or points to one."""
    return line.startswith(b"_:") or line.split(b" ", 2)[2].startswith(b"_:")


def value_line(line: bytes) -> bytes:
    """Return a triple with the canonical form of its number, as a decimal, or truth value.

    >>> value_line(b'<x:a> <x:p> "012"^^<http://www.w3.org/2001/XMLSchema#int>')[12:17]
    b'"12"^'
    """
    return _value_lines([line])[0]


def _value_lines(lines: Iterable[bytes]) -> list[bytes]:
    """Return what `value_line` does of each, in a third of the time.

    Only where a literal begins does a quotation mark come after a space.
    """
    values = _VALUES
    return [
        line[: (start := line.rfind(b' "') + 1)] + values[line[start:]] if b"^" in line else line
        for line in lines
    ]


def n_quads(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as N-Quads."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


class _Values(dict[bytes, bytes]):
    """Hold the canonical form of literals, of which most come again."""

    def __missing__(self, literal: bytes) -> bytes:
        if len(self) == _KEPT:
            self.clear()
        made = self[literal] = _value(literal)
        return made


_VALUES = _Values()


def _value(literal: bytes) -> bytes:
    match = _NUMBER.fullmatch(literal)
    if match is None:
        return literal
    text = match[1].decode()
    try:
        if match[2]:
            kind, new = b"decimal", _decimal(text)
        elif match[3]:
            kind, new = match[3], repr(float(text)).replace("inf", "INF").replace("nan", "NaN")
        else:
            kind, new = match[4], {"1": "true", "0": "false"}.get(text, text)
    except (ValueError, InvalidOperation):
        return literal
    return b'"' + new.encode() + _MARK + kind + b">"


def _decimal(text: str) -> str:
    whole, _, rest = format(Decimal(text), "f").partition(".")
    rest = rest.rstrip("0")
    return "0" if whole in ("-0", "0") and not rest else f"{whole}.{rest}" if rest else whole
