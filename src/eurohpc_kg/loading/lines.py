"""What a store wrote as N-Triples or N-Quads, summed up line by line, without taking it apart.

Most stores write a triple as the canonical form does, so its line counts as it stands. Where one
writes it in another way, the sums differ, and `reading` reads that graph again, term by term: two
sums that are the same say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from eurohpc_kg.endpoint.bodies import Lines
from eurohpc_kg.loading.canonical import Digest, Sum
from eurohpc_kg.loading.disguise import WORD, uncovered_line


def sums_of_dump(pieces: Iterable[Lines], wanted: Mapping[str, Digest]) -> dict[str, Digest]:
    """Return what a dataset says of each wanted graph."""
    sums = {f"<{name}>".encode(): Sum(one.twins) for name, one in wanted.items()}
    for piece in pieces:
        for name, lines in piece.items():
            if name in sums:
                sums[name].add_all(_tidied(lines, staged=name.startswith(b"<" + WORD.encode())))
    return {name[1:-1].decode(): one.digest() for name, one in sums.items()}


def sum_of_lines(pieces: Iterable[list[bytes]], twins: Collection[bytes], *, staged: bool) -> Sum:
    """Return what the triples of one graph add up to; a ``staged`` one is in disguise."""
    found = Sum(twins)
    for piece in pieces:
        found.add_all(_tidied(piece, staged=staged))
    return found


def _tidied(lines: list[bytes], *, staged: bool) -> list[bytes]:
    """Return lines with the separators and escapes of the canonical form, without disguise."""
    text = b"\n".join(lines)
    if b"\\" in text or b"\t" in text:
        lines = [_tidy(line) if b"\\" in line or b"\t" in line else line for line in lines]
    return [uncovered_line(line) for line in lines] if staged else lines


def _tidy(line: bytes) -> bytes:
    terms = line.split(b"\t", 2)
    if len(terms) == 3 and not any(b" " in term for term in terms[:2]):
        line = b" ".join(terms)
    if b"\\" not in line:
        return line
    try:
        (quad,) = ox.parse(line + b" .", format=ox.RdfFormat.N_TRIPLES, lenient=True)
    except (SyntaxError, ValueError):
        return line
    return str(quad.triple).encode()
