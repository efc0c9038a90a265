"""A sentence to a saved question: which one is meant, and with which values.

The words of the sentence are compared with each question's name, summary, phrases and tags, rare
words weighing more; the longest names in it that fit a parameter become its values. Where the best
question is not clearly the best, or a value that it needs is not named, nothing is asked: the
nearest questions are in the error.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache, partial
from math import log

import pyoxigraph as ox

from eurohpc_kg.errors import InputError, UsageError
from eurohpc_kg.labels import LONGEST_NAME, Match, Names
from eurohpc_kg.names import NAMESPACE, fold
from eurohpc_kg.patterns import Pattern
from eurohpc_kg.questions import Parameter, Question
from eurohpc_kg.records import dataclass

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Below this share of weighted words in common, a question is not meant.
LEAST_SCORE = 0.58
# Two questions nearer than this are both meant: none is taken.
LEAST_LEAD = 0.04
LONGEST_NAME_IN_WORDS = 8
_BONUS = 0.12

_EMPTY = frozenset(
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
_DATE = Pattern(r"(?<!\w)((?:19|20)\d\d(?:-\d\d){0,2})(?![\w-])")
_NUMBER = Pattern(r"(?<![\w.-])(\d+(?:\.\d+)?)(?![\w-])")
_POSSESSIVE = Pattern("['\u2019]s$")
_TOKEN = Pattern(r"[^\s?!,;()\[\]\"“”„«»]+")
_QUOTED = Pattern(r"[\"“„«']([^\"”“»']+)[\"”“»']")


@dataclass(frozen=True)
class Value:
    """Hold a value found in a sentence, how it is named there, and which words name it."""

    value: ox.NamedNode | str
    name: str
    words: frozenset[int]


@dataclass(frozen=True)
class Understood:
    """Hold what a sentence was taken to mean."""

    question: Question
    values: dict[str, Value]
    score: float


@dataclass(frozen=True)
class _Word:
    """Hold one word of the sentence: as written, and as compared."""

    written: str
    folded: str


@dataclass(frozen=True)
class _Span:
    """Hold words that stand one after another: the text that they are, and their places."""

    text: str
    place: frozenset[int]
    has_capitals: bool


class _Asked:
    """Hold a sentence, and what is looked up for it: each name once, whatever question asks."""

    def __init__(self, sentence: str, names: Names) -> None:
        self.sentence = sentence
        self.words = _words(sentence)
        self.spans = tuple(_spans(self.words))
        self.folded = folded = cache(names.folded)
        # What is no name in any spelling, as most words are, is none as it is written.
        far = not names.one_file
        self.exact = cache(lambda text: names.exact(text) if far or folded(text, "") else [])


@dataclass(frozen=True)
class _Phrased:
    """Hold a question with the words of each of its phrases, and all words that it goes by."""

    question: Question
    bags: list[set[str]]
    whole: set[str]


def understand(sentence: str, questions: Sequence[Question], names: Names) -> Understood:
    """Return the question that a sentence asks, with the values that it names.

    Raises `UsageError` with the nearest questions where that is not clear.
    """
    if len(sentence) > LONGEST_NAME:
        raise InputError(
            f"the sentence has {len(sentence):,} characters",
            remedy=f"Ask in at most {LONGEST_NAME:,}, or name the question.",
        )
    phrased = [_phrased(question) for question in questions]
    judge = partial(_judge, asked=_Asked(sentence, names), weights=_weights(phrased))
    scored = sorted(
        map(judge, phrased),
        key=lambda found: (-found.score, found.question.slug),
    )
    best, second = scored[0], scored[1] if len(scored) > 1 else None
    lead = best.score - second.score if second else 1.0
    if best.score < LEAST_SCORE or lead < LEAST_LEAD:
        near = [f"{found.question.slug} ({found.question.summary})" for found in scored[:3]]
        raise UsageError(
            "it is not clear which question is meant",
            place=sentence,
            remedy="Nearest are:\n    " + "\n    ".join(near) + "\n  Ask one of them by its name.",
        )
    return best


def _judge(phrased: _Phrased, asked: _Asked, weights: dict[str, float]) -> Understood:
    """Score one question: the share of the sentence it covers, and its likest phrase."""
    question, bags, whole = phrased.question, phrased.bags, phrased.whole
    found: dict[str, Value] = {}
    taken: set[int] = set()
    for parameter in question.parameters.values():
        value = _value(parameter, asked, taken)
        if value is not None:
            found[parameter.name] = value
            taken |= value.words
        elif _is_needed(parameter):
            return Understood(question, {}, 0.0)
    rest = _bag(" ".join(word.folded for i, word in enumerate(asked.words) if i not in taken))
    covered = _share(rest & whole, rest, weights)
    likest = max(
        2 * _sum(rest & bag, weights) / (_sum(rest, weights) + _sum(bag, weights) or 1.0)
        for bag in bags
    )
    score = 0.5 * covered + 0.5 * likest + _BONUS * len(found)
    score -= _BONUS * sum(
        1
        for i, word in enumerate(asked.words)
        if i and i not in taken and word.written[0].isupper() and not _bag(word.folded) <= whole
    )  # a name that this question has no use for
    if found and not rest and "profile" in question.tags:
        score += LEAST_SCORE  # only a name: what is known about it is meant
    noun = _asked_for(asked.sentence)
    if noun and noun == _asked_for(question.summary):
        score += _BONUS / 2
    return Understood(question, found, score)


def _is_needed(parameter: Parameter) -> bool:
    """Tell whether a value must be named: the default is an example, and no newest edition."""
    newest = any(str(term).startswith(f"<{NAMESPACE}edition/") for term in parameter.default)
    return parameter.is_named and not parameter.is_optional and not newest


def _value(parameter: Parameter, asked: _Asked, taken: set[int]) -> Value | None:
    """Return the value that the sentence has for a parameter: the longest name that fits."""
    words = asked.words
    if not parameter.is_named:
        pattern = {"date": _DATE, "number": _NUMBER}.get(parameter.kind, _QUOTED)
        match = pattern.search(asked.sentence)
        if match is None:
            return None
        inside = set(_words(match[1]))
        return Value(match[1], match[1], frozenset(i for i, w in enumerate(words) if w in inside))
    for span in asked.spans:
        if span.place & taken:
            continue
        matches: list[Match] = []
        if parameter.within:
            matches = asked.folded(span.text, parameter.within)
        elif span.has_capitals:
            # Anything at all may be meant: only a name as it is written counts.
            matches = [
                one for one in asked.exact(span.text) if _is_like_default(one.node, parameter)
            ]
        if len({match.node for match in matches}) == 1:
            return Value(matches[0].node, matches[0].name, span.place)
    return None


def _is_like_default(node: ox.NamedNode, parameter: Parameter) -> bool:
    """Tell whether both are things, or both editions, or both documents, by their addresses."""
    rooms = {
        term.value.removeprefix(NAMESPACE).partition("/")[0]
        for term in (node, *parameter.default)
        if isinstance(term, ox.NamedNode)
    }
    return len(rooms) == 1


def _spans(words: Sequence[_Word]) -> Iterator[_Span]:
    """Yield what of a sentence may be a name, the longest first."""
    for size in range(min(LONGEST_NAME_IN_WORDS, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            span = words[start : start + size]
            if all(word.folded in _EMPTY for word in span):
                continue
            text = " ".join(word.written for word in span)
            if size == 1 and len(span[0].folded) < 3 and not text.isupper():
                continue  # "no" and "it" are codes of countries, too
            yield _Span(text, frozenset(range(start, start + size)), text != text.lower())


def _words(sentence: str) -> list[_Word]:
    """Cut a sentence into words, without the punctuation around them."""
    tokens = (_POSSESSIVE.sub("", token).strip(".:'\u2019-") for token in _TOKEN.findall(sentence))
    return [_Word(token, _folded(token)) for token in tokens if token]


def _folded(text: str) -> str:
    return " ".join(_BETWEEN_WORDS.sub(" ", fold(text)).split())


def _asked_for(text: str) -> str:
    """Return the thing that a text asks for: the noun after "which".

    >>> _asked_for("Which AI Factories target a sector?")
    'factory'
    """
    words = [word for word in _folded(text).split() if word == "which" or word not in _EMPTY]
    return _stem(words[1]) if len(words) > 1 and words[0] == "which" else ""


@lru_cache(maxsize=4096)  # a server hears many a word
def _stem(word: str) -> str:
    """Cut the commonest endings, then take the word that stands for its like.

    >>> _stem("factories"), _stem("targeted"), _stem("machines")
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


def _bag(text: str) -> set[str]:
    return {_stem(word) for word in _folded(text).split() if word not in _EMPTY}


def _phrased(question: Question) -> _Phrased:
    phrases = (question.slug.replace("-", " "), question.summary, *question.phrases)
    bags = [_bag(phrase) for phrase in phrases]
    return _Phrased(question, bags, set().union(*bags, *map(_bag, question.tags)))


def _weights(questions: Sequence[_Phrased]) -> dict[str, float]:
    """Weigh a word by how few questions have it; a word that none has weighs most."""
    counts = Counter(word for question in questions for word in question.whole)
    total = len(questions) + 1
    return {word: log(total / count) + 0.2 for word, count in counts.items()} | {
        "": log(total) + 0.2
    }


def _sum(words: Iterable[str], weights: dict[str, float]) -> float:
    return sum(weights.get(word, weights[""]) for word in words)


def _share(part: set[str], whole: set[str], weights: dict[str, float]) -> float:
    return _sum(part, weights) / _sum(whole, weights) if whole else 0.0
