"""A query cut into marks, and what these tell of it without a parser.

Comments, strings, IRIs and names are told from words, so that none of them hides one or looks like
one. `reading` takes a query apart; this answers in microseconds, and nothing more is imported.
"""

from __future__ import annotations

from eurohpc_kg.patterns import Pattern

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PASSING = ("NOW", "RAND", "UUID", "STRUUID", "SERVICE")
_COUNTING = ("COUNT", "SUM", "AVG", "GROUP_CONCAT")
_AGGREGATES = (*_COUNTING, "MIN", "MAX", "SAMPLE")
_COUNTED = [Pattern(rf"{word}\b") for word in _COUNTING]  # one each: ten times as quick
_ONCE = ("DISTINCT", "REDUCED")
_CUTS = ("LIMIT", "OFFSET")
_AFTER_CLAUSE = ("{", "WHERE", "FROM")  # of SELECT

# Comments, IRIs, strings, prefixed names, variables, language tags, words: SPARQL 1.1, section 19.
TOKEN = Pattern(
    r"(?s)(?P<skip>\#[^\r\n]*|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r"|\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*'"
    r"|[?$][\w]+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*"
    r"|(?:[^\W\d_][\w.\-]*)?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*)"
    r"|(?P<word>[^\W\d_][\w]*)"
)
MARK = Pattern(TOKEN.pattern + "|[{}()]")
"""What a query is cut into: the tokens above, braces and parentheses."""
_NOT_IN_IRI = frozenset('<>"{}|^`\\')


def query_form(text: str) -> str:
    """Return ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``, or an empty string.

    >>> query_form("PREFIX id: <https://w3id.org/eurohpc-kg/id/> ASK { id:lumi ?p ?o }")
    'ASK'
    """
    return first_word(text, FORMS)


def names_dataset(text: str) -> bool:
    """Tell whether a query names its own graphs with ``FROM`` or ``FROM NAMED``.

    >>> names_dataset("SELECT * FROM <urn:g> WHERE { ?from ?p 'from' }"), names_dataset("ASK {}")
    (True, False)
    """
    return has_word(text, "FROM")


def is_lasting(text: str) -> bool:
    """Tell whether the answer is the same as long as the data are.

    It is not where the query asks for the time, for chance, or for what another machine knows.

    >>> is_lasting("ASK { ?now ?p 'NOW' }"), is_lasting("SELECT (NOW() AS ?t) {}")
    (True, False)
    """
    return "\\u" not in text and "\\U" not in text and not has_word(text, *_PASSING)


def counts_solutions(text: str) -> bool:
    """Tell whether the answer may depend on how often a solution is found.

    It may in ``SELECT`` without ``DISTINCT``, unless it groups, and in what counts or adds up; in a
    sub-select only where one is cut, since what is around it takes each solution once. A query that
    names its own graphs is none: how often is then a matter of these.

    >>> counts_solutions("SELECT (COUNT(?s) AS ?n) { ?s a ?c }"), counts_solutions("SELECT * {}")
    (True, True)
    >>> counts_solutions("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    False
    >>> counts_solutions("SELECT DISTINCT ?s { { SELECT ?s { ?s a ?c } } }")
    False
    >>> counts_solutions("SELECT DISTINCT ?s { { SELECT ?s { ?s a ?c } LIMIT 9 } }")
    True
    """
    upper, form = text.upper(), query_form(text)  # most texts need no cutting
    others = upper.count("SELECT") - sum(upper.count(f"SELECT {word}") for word in _ONCE)
    if form in ("SELECT", "ASK") and not (others or any(one.search(upper) for one in _COUNTED)):
        return False
    if form == "SELECT" and not any(word in upper for word in (*_ONCE, *_AGGREGATES, "FROM")):
        return True
    if names_dataset(text):
        return False
    from itertools import pairwise

    found = MARK.finditer(text)
    words = [m.group().upper() for m in found if m.lastgroup == "word" or m.group() in "{}"]
    if any(one in _COUNTING and two != "DISTINCT" for one, two in pairwise(words)):
        return True
    selects = [place for place, word in enumerate(words) if word == "SELECT"]
    cuts = [words[:place] for place, word in enumerate(words) if word in _CUTS]
    if all(before.count("{") == before.count("}") for before in cuts):  # none is in a sub-select
        selects = selects[: form == "SELECT"]
    if any(_takes_each(words[place:]) for place in selects):
        return True
    return form in ("CONSTRUCT", "DESCRIBE") and bool(cuts)


def _takes_each(words: list[str]) -> bool:
    """Tell whether the ``SELECT`` that begins here takes equal solutions each for itself."""
    end = next((i for i, word in enumerate(words) if word in _AFTER_CLAUSE), None)
    return not {*_ONCE} & {*words[1:2]} and not {*_AGGREGATES} & {*words[:end]}


def group_of(text: str) -> tuple[int, int, int]:
    """Return where a query says ``WHERE``, and where the group after it begins and ends.

    Without the word the first is where the group begins; without a group (``DESCRIBE <urn:a>``)
    all three are the end of the text.

    >>> text = "SELECT ('{' AS ?x) WHERE { ?s ?p '}' } LIMIT 1"
    >>> where, start, end = group_of(text)
    >>> text[where:start], text[start:end]
    ('WHERE ', "{ ?s ?p '}' }")
    """
    form = before = ""
    where = start = depth = rounds = 0
    in_template = False
    for match in MARK.finditer(text):
        mark = match.group().upper()
        if mark[0] == "#" or not (form or mark in FORMS):
            continue
        form = form or mark
        if mark in "()" and not depth:
            rounds += 1 if mark == "(" else -1
        elif mark == "{" and not rounds:
            if not depth:
                in_template = before == "CONSTRUCT"
                start = match.start()
                where = where if before == "WHERE" else start
            depth += 1
        elif mark == "}" and not rounds:
            depth -= 1
            if not depth and not in_template:
                return where, start, match.end()
        elif mark == "WHERE" and not depth:
            where = match.start()
        before = mark
    return (len(text),) * 3


def _each_word(text: str) -> Iterator[str]:
    """Yield the bare words, upper case: no comments, strings, IRIs, names or variables."""
    return (m.group().upper() for m in TOKEN.finditer(text) if m.lastgroup == "word")


def has_word(text: str, *words: str) -> bool:
    """Tell whether one of these is a bare word; a text without them needs no cutting."""
    upper = text.upper()
    return any(word in upper for word in words) and any(word in words for word in _each_word(text))


def first_word(text: str, words: Collection[str]) -> str:
    """Return the first bare word that is one of these, or an empty string.

    A saved question begins with lines of comments and prefixes; behind them nothing is cut.
    """
    for line in () if "\r" in text else text.split("\n"):
        parts = line.split()
        if parts and parts[0] in words:
            return parts[0]
        if parts and parts[0][0] != "#" and not _is_prefix(*parts):
            break
    return next((word for word in _each_word(text) if word in words), "")


def _is_prefix(word: str, name: str = "", iri: str = "", *more: str) -> bool:
    """Tell whether this is ``PREFIX name: <iri>`` of letters, so that no other word can hide."""
    if word != "PREFIX" or more or not name[:-1].replace("-", "").isalpha() or name[-1] != ":":
        return False
    return iri[:1] + iri[-1:] == "<>" and iri.isprintable() and _NOT_IN_IRI.isdisjoint(iri[1:-1])
