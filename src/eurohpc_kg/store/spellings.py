"""Spellings: how two names are compared, and the file of all names beside a store.

Names are compared in a *plain* form: without case, accents and punctuation, Cyrillic and Greek in
Latin letters. The file has a line for each name of each thing, in the order of the plain forms, so
that one is found by halving: a cold process reads no name but those it asks for.
"""

# ruff: noqa: RUF001 - letters of two alphabets beside each other are what this is about

from __future__ import annotations

import os

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, NAMESPACE, SOURCE, fold, readable_slug, short_source
from eurohpc_kg.namespaces import DCTERMS, RDFS, SKOS
from eurohpc_kg.patterns import Pattern
from eurohpc_kg.records import cached_property, dataclass

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path

FILE = "names.tsv"

SUB_PROPERTY = ox.NamedNode(RDFS + "subPropertyOf")
_IDENTIFIER = ox.NamedNode(EHPC + "identifier")
# Property -> how a match by it is called. Earlier ones win over later ones.
NAMING = {
    ox.NamedNode(RDFS + "label"): "label",
    ox.NamedNode(SKOS + "prefLabel"): "label",
    ox.NamedNode(EHPC + "shortName"): "short name",
    ox.NamedNode(EHPC + "officialName"): "official name",
    ox.NamedNode(SKOS + "altLabel"): "alternative name",
    ox.NamedNode(EHPC + "formerName"): "former name",
    ox.NamedNode(SKOS + "hiddenLabel"): "hidden name",
    ox.NamedNode(DCTERMS + "title"): "title",
}
TITLE, SLUG, SHORT, IDENTIFIER = "title", "slug", "publisher and date", "identifier"
REASONS = (*dict.fromkeys(NAMING.values()), SLUG, SHORT, IDENTIFIER)
"""Why a name may match, the strongest reason first."""

_PUNCTUATION = Pattern(r"[\W_]+")
# The Bulgarian law of 2009 where languages differ; the letters of the others beside it.
_CYRILLIC = (
    "а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts"
    " ч ch ш sh щ sht ъ a ю yu я ya ы y э e ё e ђ dj ћ c љ lj њ nj џ dz ѕ dz ј j і i є ie ґ g"
).split()
# ELOT 743, without its rules for what stands before which letter.
_GREEK = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch"
    " ψ ps ω o"
).split()
_LATIN = [*_CYRILLIC, *_GREEK]
_LETTERS = str.maketrans({**dict(zip(_LATIN[::2], _LATIN[1::2], strict=True)), "ь": ""})
# Two letters that are read together.
_PAIRS = "ия ia ου ou αυ av ευ ev γγ ng γκ gk".split()

_AXIOM = NAMESPACE + "axiom/"
_LEAST = 0.4  # likeness that is worth naming
# After so many triples of letters were looked for one by one, all are indexed.
_MOST_SCANS = 60
_DOCUMENT_LESS = 0.1  # titles are long: one that is as like as a name is less likely meant


@dataclass(frozen=True)
class Spelling:
    """Hold one name of one thing, and what kind of name it is (one of `REASONS`)."""

    iri: str
    name: str
    reason: str


def plain(text: str) -> str:
    """Return the form in which names are compared.

    >>> plain("MeluXina_AI"), plain("Ελλάδα"), plain("София")
    ('meluxina ai', 'ellada', 'sofia')
    """
    if text.isascii():  # nearly all names; the rest would do the same more slowly
        return _PUNCTUATION.sub(" ", text.lower()).strip()
    folded = fold(text)
    if not folded.isascii():
        for pair, latin in zip(_PAIRS[::2], _PAIRS[1::2], strict=True):
            folded = folded.replace(pair, latin)
        folded = folded.translate(_LETTERS)
    return " ".join(_PUNCTUATION.sub(" ", folded).split())


class Spellings:
    """Look names up among lines ``plain form, reason, IRI, name``, sorted by the plain form."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._found: dict[str, list[Spelling]] = {}
        self._having: dict[str, set[int]] = {}

    def __iter__(self) -> Iterator[tuple[str, Spelling]]:
        for line in self._data.splitlines():
            yield _read(line)

    def like(self, text: str) -> list[Spelling]:
        """Return the names that are this text in plain form, the strongest reason first."""
        key = plain(text)
        if key not in self._found:
            start = key.encode() + b"\t"
            at = self._first(start)
            found = []
            while self._data.startswith(start, at):
                end = self._data.index(b"\n", at)
                found.append(_read(self._data[at:end])[1])
                at = end + 1
            self._found[key] = found
        return self._found[key]

    def near(self, text: str) -> Iterator[tuple[float, Spelling]]:
        """Yield the names that share most triples of letters with a text, the best first.

        With each comes its likeness, from 0.4 to 1. Identifiers are left out: a likely one is a
        wrong one. So are axioms: their names are sentences, like anything and meant by nobody.
        """
        from collections import Counter

        wanted = _triples(plain(text))
        keys = self._keys[0]
        common: Counter[int] = Counter()
        for piece in wanted:
            common.update(self._with(piece))
        # Fewer in common can't reach `_LEAST`, however short the name is: that spares most of them.
        fewest = _LEAST / (2 - _LEAST) * len(wanted)
        scored = [
            (max(2 * n / (len(wanted) + len(keys[i]) + 1), 0.9 * n / len(wanted)), i)
            for i, n in common.items()
            if n >= fewest
        ]
        ranked: list[tuple[float, Spelling]] = []
        for score, i in scored:
            if score >= _LEAST:
                for one in self.like(keys[i].decode()):
                    less = _DOCUMENT_LESS if one.reason == TITLE else 0.0
                    is_meant = one.reason != IDENTIFIER and not one.iri.startswith(_AXIOM)
                    if is_meant and score - less >= _LEAST:
                        ranked.append((score - less, one))
        ranked.sort(key=lambda item: (-item[0], len(item[1].name), item[1].name, item[1].iri))
        yield from ranked

    def _with(self, piece: str) -> Iterable[int]:
        """Return which plain forms have three letters one after another; kept once found.

        To look through all names is quick for one search; for many an index of all triples is.
        """
        if piece not in self._having:
            if len(self._having) >= _MOST_SCANS:
                return self._by_piece.get(piece, ())
            import re
            from bisect import bisect_right

            _, starts, whole = self._keys
            places = re.finditer(re.escape(piece.encode()), whole)
            self._having[piece] = {bisect_right(starts, place.start()) - 1 for place in places}
        return self._having[piece]

    @cached_property
    def _by_piece(self) -> dict[str, list[int]]:
        """Return all triples of letters, with the plain forms that have each."""
        found: dict[str, list[int]] = {}
        for i, key in enumerate(self._keys[0]):
            for piece in _triples(key.decode()):
                found.setdefault(piece, []).append(i)
        return found

    @cached_property
    def _keys(self) -> tuple[list[bytes], list[int], bytes]:
        """Return the plain forms, and one text of them all with the place of each in it."""
        from itertools import accumulate

        lines = self._data.splitlines()
        keys = list(dict.fromkeys(line[: line.index(b"\t")] for line in lines))
        padded = [b"  %b \n" % key for key in keys]
        starts = [0, *accumulate(map(len, padded))]
        return keys, starts[:-1], b"".join(padded)

    def _first(self, start: bytes) -> int:
        """Return where the first line stands that does not come before ``start``."""
        low, high = 0, len(self._data)
        while low < high:
            middle = (low + high) // 2
            line = self._data.rfind(b"\n", low, middle) + 1 or low
            end = self._data.index(b"\n", middle)
            if self._data[line:end] < start:
                low = end + 1
            else:
                high = line
        return low


def spellings_of(names: Iterable[tuple[str, str, str]]) -> Spellings:
    """Return names (IRI, name, reason) ready to be looked up.

    Of two reasons for one name the stronger counts.
    """
    ranks = {reason: rank for rank, reason in enumerate(REASONS)}
    best: dict[tuple[str, str], int] = {}
    for iri, name, reason in names:
        rank = ranks[reason]
        if best.setdefault((iri, name), rank) > rank:
            best[iri, name] = rank
    lines = sorted(
        (plain(name).encode() + b"\t", rank, iri, " ".join(name.split()))
        for (iri, name), rank in best.items()
    )
    return Spellings(
        b"".join(
            b"%b%b\t%b\t%b\n" % (key, REASONS[rank].encode(), iri.encode(), name.encode())
            for key, rank, iri, name in lines
            if key != b"\t"
        )
    )


def names_in(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str, str]]:
    """Yield every name in quads as `spellings_of` takes it, and the `own_name` of what has one."""
    quads = list(quads)
    naming = dict(NAMING) | {_IDENTIFIER: IDENTIFIER}
    for quad in _having(quads, {SUB_PROPERTY}):
        if quad.object == _IDENTIFIER:
            assert isinstance(quad.subject, ox.NamedNode)
            naming[quad.subject] = IDENTIFIER
    named: set[str] = set()
    for subject, predicate, name, _ in _having(quads, naming):
        if isinstance(subject, ox.NamedNode) and isinstance(name, ox.Literal):
            iri = subject.value
            yield iri, name.value, naming[predicate]
            if iri not in named:
                named.add(iri)
                yield iri, *own_name(iri)


def own_name(iri: str) -> tuple[str, str]:
    """Return the name that an IRI itself gives, and its reason; of a document as tables show it.

    >>> own_name(SOURCE + "vtv/2025-10-12-eu-opens")
    ('vtv 2025-10-12', 'publisher and date')
    """
    if iri.startswith(SOURCE):
        return short_source(iri), SHORT
    return readable_slug(iri), SLUG


def _having(quads: list[ox.Quad], predicates: Container[ox.NamedNode]) -> list[ox.Quad]:
    """Return the quads that have one of these predicates, not one by one: nine of ten have none."""
    return [quad for quad in quads if quad.predicate in predicates]


def write_spellings(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Write the file of all names into the folder of a store."""
    (folder / FILE).write_bytes(spellings_of(names_in(quads))._data)


def respelled(data: bytes, iris: Container[str], quads: Iterable[ox.Quad]) -> bytes:
    """Return the content of a file of names after a change of the things ``iris``.

    ``quads`` has all that is stated of these, and which properties are identifiers.
    """
    kept = (one for one in data.splitlines() if one.split(b"\t", 3)[2].decode() not in iris)
    lines = [*kept, *spellings_of(names_in(quads))._data.splitlines()]
    return b"".join(b"%b\n" % line for line in sorted(lines, key=_place_of))


def _place_of(line: bytes) -> tuple[bytes, int, bytes, bytes]:
    key, reason, iri, name = line.split(b"\t")
    return key + b"\t", REASONS.index(reason.decode()), iri, name


def read_spellings(folder: str | Path) -> Spellings | None:
    """Return the names beside a store, or ``None`` where there is no such file."""
    try:
        with open(os.path.join(folder, FILE), "rb") as file:
            return Spellings(file.read())
    except OSError:
        return None


def _read(line: bytes) -> tuple[str, Spelling]:
    key, reason, iri, name = line.decode().split("\t")
    return key, Spelling(iri, name, reason)


def _triples(key: str) -> set[str]:
    padded = f"  {key} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
