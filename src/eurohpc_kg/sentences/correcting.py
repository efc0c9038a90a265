"""Slips of typing in a sentence: words that nothing is called, very like one that something is.

Asked for only where a sentence as it stands finds no question: most are written right, and to
compare a word with all others takes longer than to understand it.
"""

from __future__ import annotations

import difflib
import re

from eurohpc_kg.sentences.words import EMPTY, folded, stem_of, words_of

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from eurohpc_kg.labels import Names

_SHORTEST = 4  # letters; a shorter word is like too many others
_LIKENESS = 0.84


def corrected(sentence: str, known: Collection[str], names: Names, kinds: Iterable[str]) -> str:
    """Return the sentence with each slip set right.

    ``known`` are the words of the questions, ``kinds`` the classes and schemes whose names may be
    values of a parameter.
    """
    stems = {stem_of(word) for word in known}
    for word in words_of(sentence):
        here = word.folded
        if len(here) < _SHORTEST or not here.isalpha() or here in EMPTY or stem_of(here) in stems:
            continue
        if names.folded(word.written):
            continue
        # Nobody mistypes the first letter.
        like = [other for other in (*known, *EMPTY) if other[0] == here[0]]
        meant = difflib.get_close_matches(here, like, 1, _LIKENESS)
        name = meant[0] if meant else _named(here, names, kinds)
        if name:
            sentence = _replaced(sentence, word.written, name)
    return sentence


def _replaced(sentence: str, word: str, name: str) -> str:
    """Put a name in the place of a word, and not of a part of another.

    >>> _replaced("sytem, sytems or a sub-sytem", "sytem", "system")
    'system, sytems or a sub-sytem'
    """
    whole_word = rf"(?<![\w-]){re.escape(word)}(?![\w-])"
    return re.sub(whole_word, lambda _: name, sentence)


def _named(word: str, names: Names, kinds: Iterable[str]) -> str:
    """Return the name that a word is most like, if it is one of a value; "" where none is."""
    if not names.one_file:
        return ""  # to read all names of a store that is far away takes too long
    near = {name: match for match in names.near(word) if (name := folded(match.name))}
    for like in difflib.get_close_matches(word, near, 3, _LIKENESS):
        match = near[like]
        if like[0] == word[0] and any(names.belongs(match.node, kind) for kind in kinds):
            return match.name
    return ""
