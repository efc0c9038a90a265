"""The words of a sentence: how they are cut, which say nothing, and which are taken as alike."""

from __future__ import annotations

from functools import lru_cache

from eurohpc_kg.names import fold
from eurohpc_kg.patterns import Pattern
from eurohpc_kg.records import dataclass

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_NAME_IN_WORDS = 8

EMPTY = frozenset(
    (
        "a about all am an and any are as at be been being by can could did do does european"
        " eu eurohpc europe every find for from get give had has have in into is it its ju list me"
        " much of on or please shall should show so than that the their them there these they this"
        " those to today us was we were what which will with would you your ai"
    ).split()
)
_ALIKE = {
    "build": "supply", "builder": "supplier", "centre": "centre", "center": "centre",
    "company": "institution", "computer": "system", "consortia": "consortium", "cost": "budget",
    "expensive": "budget", "fastest": "top", "funding": "budget", "hpc": "supercomputer",
    "industry": "sector", "field": "sector", "domain": "sector", "machine": "system",
    "lack": "without", "manufacturer": "vendor", "member": "partner", "money": "budget",
    "nation": "country", "no": "without",
    "organisation": "institution", "organization": "institution", "powerful": "top",
    "price": "budget", "running": "operation", "operational": "operation",
    "operating": "operation", "operate": "operation", "run": "operation", "site": "place",
    "state": "country", "supercomputer": "system", "university": "institution", "wave": "round",
}  # fmt: skip
_BETWEEN_WORDS = Pattern(r"[\W_]+")
# "LUMI's", "l'agriculture", "dell'energia"
_AROUND = Pattern("['\u2019]s$|^[A-Za-z]{1,5}['\u2019](?=\\w{3})")
_TOKEN = Pattern(r"[^\s?!,;()\[\]\"“”„«»]+")


@dataclass(frozen=True)
class Word:
    """Hold one word of the sentence: as written, and as compared."""

    written: str
    folded: str


@dataclass(frozen=True)
class Span:
    """Hold words that stand one after another: the text that they are, and their places."""

    text: str
    place: frozenset[int]
    has_capitals: bool


def words_of(sentence: str) -> list[Word]:
    """Cut a sentence into words, without the punctuation around them."""
    tokens = (_AROUND.sub("", token).strip(".:'\u2019-") for token in _TOKEN.findall(sentence))
    return [Word(token, folded(token)) for token in tokens if token]


def folded(text: str) -> str:
    return " ".join(_BETWEEN_WORDS.sub(" ", fold(text)).split())


def asked_for(text: str) -> str:
    """Return the thing that a text asks for: the noun after "which".

    >>> asked_for("Which AI Factories target a sector?")
    'factory'
    """
    words = [word for word in folded(text).split() if word == "which" or word not in EMPTY]
    return stem_of(words[1]) if len(words) > 1 and words[0] == "which" else ""


@lru_cache(maxsize=4096)  # a server hears many a word
def stem_of(word: str) -> str:
    """Cut the commonest endings, then take the word that stands for its like.

    >>> stem_of("factories"), stem_of("targeted"), stem_of("machines")
    ('factory', 'target', 'system')
    """
    if word in _ALIKE:
        return _ALIKE[word]
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    if word not in _ALIKE:
        for ending in ("ing", "ed"):
            if word.endswith(ending) and len(word) > len(ending) + 3:
                word = word[: -len(ending)]
                break
    return _ALIKE.get(word, word)


def bag_of(folded: str) -> set[str]:
    """Return the stems of the words of a folded text that say something."""
    return {stem_of(word) for word in folded.split() if word not in EMPTY}


def spans_of(words: Sequence[Word]) -> Iterator[Span]:
    """Yield what of a sentence may be a name, the longest first."""
    for size in range(min(LONGEST_NAME_IN_WORDS, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            span = words[start : start + size]
            is_name = size > 1 and all(word.written[0].isupper() for word in span)  # EuroHPC JU
            if not is_name and all(word.folded in EMPTY for word in span):
                continue
            text = " ".join(word.written for word in span)
            if size == 1 and len(span[0].folded) < 3 and not text.isupper():
                continue  # "no" and "it" are codes of countries, too
            yield Span(text, frozenset(range(start, start + size)), text != text.lower())
