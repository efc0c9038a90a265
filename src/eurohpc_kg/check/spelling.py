"""Spelling: two things of one kind whose names differ by a slip of the pen.

Names are compared in their plain form (no case, accents, punctuation). A slip is one letter too
many, too few, another, or two in each other's place; in a word of eight letters and more, two of
these. So that only names are compared that can be near, each is put beside those that are the
same without a letter of one word, and without one long word.

No slip is what tells things apart by design: a number (`EuroHPC 2`), and a word below five letters
(`CPU`, `GPU`). Names that are equal are a matter of the check ``near-duplicate-names``, and two
things that the data call different are settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from pyoxigraph import NamedNode, Quad

from eurohpc_kg.check.codes import finding
from eurohpc_kg.check.places import Places
from eurohpc_kg.findings import Finding
from eurohpc_kg.names import EHPC, THING
from eurohpc_kg.namespaces import OWL, RDF, RDFS
from eurohpc_kg.store.spellings import plain

KINDS = (
    *("AccessMode", "City", "Component", "Country", "DataSpace", "Event", "Facility"),
    *("Institution", "LegalAct", "QuantumSystem", "Region", "Supercomputer"),
    *("SystemPartition", "Undertaking"),
)
"""The classes within which names are compared, those of their subclasses too."""

SHORT, LONG = 5, 8
"""Letters of a word that may have a slip, and of one that may have two."""

_TYPE = NamedNode(RDF + "type")
_SUBCLASS = NamedNode(RDFS + "subClassOf")
_DIFFERENT = NamedNode(OWL + "differentFrom")
_NAMES = frozenset({NamedNode(RDFS + "label"), NamedNode(EHPC + "officialName")})
# What a list has on its own is compared with the things that people keep, not with itself.
_LISTED = THING + "top500-"


def misspellings(data: Iterable[Quad], places: Places) -> Iterator[Finding]:
    """Yield a finding for each two things of one kind with names that differ by a slip."""
    for one, other in sorted(near_pairs(data)):
        path, line = places.of(NamedNode(one))
        things = [places.name(NamedNode(thing)) for thing in (one, other)]
        yield finding(
            "near-duplicate-spelling",
            path,
            f"two things of one kind have names that differ by a slip: {' and '.join(things)}",
            line=line,
            subject=things[0],
        )


def near_pairs(data: Iterable[Quad]) -> set[tuple[str, str]]:
    """Return the pairs of things, by their IRIs, whose names may be one misspelt."""
    names, types, above, others = (defaultdict[str, set[str]](set) for _ in range(4))
    said = {_TYPE: types, _SUBCLASS: above, _DIFFERENT: others, **dict.fromkeys(_NAMES, names)}
    for quad in data:
        found = said.get(quad.predicate)
        if found is not None:
            found[quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]
    kinds = {name: kind for kind in KINDS for name in _below(EHPC + kind, above)}
    settled = {frozenset({one, other}) for one, found in others.items() for other in found}
    spelt: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, called in names.items():
        for kind in {kinds[type_] for type_ in types[thing] if type_ in kinds}:
            for name in called:
                spelt[kind][plain(name)].add(thing)
    return {
        (one, other)
        for things in spelt.values()
        for name, near in _near(things)
        if not things[name] & things[near]
        for one, other in map(_in_order, product(things[name], things[near]))
        if not one.startswith(_LISTED) and frozenset({one, other}) not in settled
    }


def is_slip(one: str, other: str) -> bool:
    """Tell whether two names in plain form may be one misspelt.

    >>> is_slip("karolinna", "karolina"), is_slip("lumi c", "lumi g"), is_slip("hpc5", "hpc6")
    (True, False, False)
    """
    words, others = one.split(), other.split()
    apart = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(apart) != 1:
        return False
    shorter, longer = sorted(apart[0], key=len)
    most = 2 if len(shorter) >= LONG else 1
    if not (shorter + longer).isalpha() or not SHORT <= len(shorter) >= len(longer) - most:
        return False
    return _steps(shorter, longer) <= most


def _near(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names in plain form that differ by a slip, each once."""
    beside: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in names:
        for key in _keys(name.split()):
            beside[key].append(name)
    looked_at = {pair for found in beside.values() for pair in combinations(sorted(found), 2)}
    return (pair for pair in looked_at if is_slip(*pair))


def _keys(words: list[str]) -> set[tuple[str, ...]]:
    """Return what a name has in common with all from which it differs by a slip."""
    found: set[tuple[str, ...]] = set()
    for place, word in enumerate(words):
        if len(word) < SHORT - 1 or not word.isalpha():
            continue
        if len(word) >= LONG and len(words) > 1:
            kept = {""}
        else:
            kept = {word, *_shorter(word)}
            if len(word) >= LONG:
                kept.update(*map(_shorter, kept))
        found.update((*words[:place], part, *words[place + 1 :]) for part in kept)
    return found


def _shorter(word: str) -> set[str]:
    """Return a word without each of its letters in turn."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def _steps(one: str, other: str) -> int:
    """Return how many letters must come, go, change, or change places with the next."""
    earlier: list[int] = []
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for i, letter in enumerate(one):
        earlier, before, row = before, row, [i + 1]
        for j, beside in enumerate(other):
            least = min(row[j] + 1, before[j + 1] + 1, before[j] + (letter != beside))
            if i and j and letter == other[j - 1] and beside == one[i - 1]:
                least = min(least, earlier[j - 1] + 1)
            row.append(least)
    return row[-1]


def _below(name: str, above: Mapping[str, set[str]]) -> set[str]:
    """Return a class with all that are below it."""
    found, new = set[str](), {name}
    while new:
        found |= new
        new = {one for one, parents in above.items() if parents & new} - found
    return found


def _in_order(pair: tuple[str, str]) -> tuple[str, str]:
    """Put the thing first that is not one of a list alone, else the first of the alphabet."""
    one, other = sorted(pair, key=lambda thing: (thing.startswith(_LISTED), thing))
    return one, other
