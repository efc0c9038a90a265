"""A sentence to a saved question: which one is meant, and with which values.

The words of the sentence are compared with each question's name, summary, phrases and tags, rare
words weighing more; the longest names in it that fit a parameter become its values. Where the best
question is not clearly the best, or a value that it needs is not named, slips of typing are set
right; where that does not help, nothing is asked: the nearest questions are in the error.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, partial
from math import log

import pyoxigraph as ox

from eurohpc_kg.errors import UsageError
from eurohpc_kg.labels import LONGEST_NAME, Match, Names
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.patterns import Pattern
from eurohpc_kg.questions import Parameter, Question
from eurohpc_kg.records import dataclass
from eurohpc_kg.sentences.refusing import unclear
from eurohpc_kg.sentences.understood import Understood, Value
from eurohpc_kg.sentences.words import asked_for, bag_of, folded, spans_of, words_of

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Below this share of weighted words in common, a question is not meant.
LEAST_SCORE = 0.58
# Two questions nearer than this are both meant: none is taken.
LEAST_LEAD = 0.04
_BONUS = 0.12

_DATE = Pattern(r"(?<!\w)((?:19|20)\d\d(?:-\d\d){0,2})(?![\w-])")
_NUMBER = Pattern(r"(?<![\w.-])(\d+(?:\.\d+)?)(?![\w-])")
_QUOTED = Pattern(r"[\"“„«']([^\"”“»']+)[\"”“»']")


class _Asked:
    """Hold a sentence, and what is looked up for it: each name once, whatever question asks."""

    def __init__(self, sentence: str, names: Names) -> None:
        self.sentence = sentence
        self.text = folded(sentence)
        self.words = words_of(sentence)
        self.spans = tuple(spans_of(self.words))
        self.folded = like = cache(names.folded)
        # What is no name in any spelling, as most words are, is none as it is written.
        far = not names.one_file
        self.exact = cache(lambda text: names.exact(text) if far or like(text, "") else [])


@dataclass(frozen=True)
class _Phrased:
    """Hold a question with its phrases, the words of each, and all words that it goes by."""

    question: Question
    bags: list[set[str]]
    whole: set[str]
    texts: frozenset[str]


def understand(sentence: str, questions: Sequence[Question], names: Names) -> Understood:
    """Return the question that a sentence asks, with the values that it names.

    Raises `UsageError` with the nearest questions where that is not clear.
    """
    if len(sentence) > LONGEST_NAME:
        raise UsageError(
            f"the sentence has {len(sentence):,} characters",
            remedy=f"Ask in at most {LONGEST_NAME:,}, or name the question.",
        )
    phrased = [_phrased(question) for question in questions]
    weights = _weights(phrased)
    scored = _scored(sentence, phrased, weights, names)
    if _is_clear(scored):
        return scored[0]
    better = _corrected(sentence, questions, names)
    if better != sentence:
        scored = _scored(better, phrased, weights, names)
        if _is_clear(scored):
            return scored[0]
    raise unclear(sentence, scored, names.folded(sentence))


def _scored(
    sentence: str, phrased: Sequence[_Phrased], weights: dict[str, float], names: Names
) -> list[Understood]:
    """Return all questions as the sentence may mean them, the likeliest first, else by group."""
    judge = partial(_judge, asked=_Asked(sentence, names), weights=weights)
    return sorted(map(judge, phrased), key=lambda found: -found.score)


def _is_clear(scored: Sequence[Understood]) -> bool:
    lead = scored[0].score - scored[1].score if len(scored) > 1 else 1.0
    return scored[0].score >= LEAST_SCORE and lead >= LEAST_LEAD


def _corrected(sentence: str, questions: Sequence[Question], names: Names) -> str:
    from eurohpc_kg.sentences.correcting import corrected

    texts = (text for question in questions for text in _texts(question))
    known = dict.fromkeys(word for text in texts for word in folded(text).split())
    kinds = {p.within for question in questions for p in question.parameters.values() if p.within}
    return corrected(sentence, known, names, kinds)


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
    rest = bag_of(" ".join(word.folded for i, word in enumerate(asked.words) if i not in taken))
    covered = _share(rest & whole, rest, weights)
    likest = max(
        2 * _sum(rest & bag, weights) / (_sum(rest, weights) + _sum(bag, weights) or 1.0)
        for bag in bags
    )
    score = 0.5 * covered + 0.5 * likest + _BONUS * len(found)
    score -= _BONUS * sum(
        1
        for i, word in enumerate(asked.words)
        if i and i not in taken and word.written[0].isupper() and not bag_of(word.folded) <= whole
    )  # a name that this question has no use for
    if found and not rest and "profile" in question.tags:
        score += LEAST_SCORE  # only a name: what is known about it is meant
    if asked.text in phrased.texts:
        score += _BONUS / 2  # of two questions of the same words, the one that is asked like this
    noun = asked_for(asked.sentence)
    if noun and noun == asked_for(question.summary):
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
        inside = set(words_of(match[1]))
        return Value(match[1], match[1], frozenset(i for i, w in enumerate(words) if w in inside))
    for span in asked.spans:
        if span.place & taken:
            continue
        matches: list[Match] = []
        if parameter.within:
            matches = asked.folded(span.text, parameter.within)
        elif span.has_capitals or len(span.place) == len(words):
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


def _texts(question: Question) -> tuple[str, ...]:
    return question.slug.replace("-", " "), question.summary, *question.phrases


def _phrased(question: Question) -> _Phrased:
    texts = frozenset(map(folded, _texts(question)))
    bags = [bag_of(text) for text in texts]
    whole = set().union(*bags, *map(bag_of, map(folded, question.tags)))
    return _Phrased(question, bags, whole, texts)


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
