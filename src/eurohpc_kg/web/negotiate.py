"""Which form of a document a client wants: by the suffix of the path, else by ``Accept``.

This module alone has the list of forms with their media types, and the rules of RFC 9110 for
choosing among them: the most special range that fits gives a form its weight, the heaviest form
wins, and of equals the one that stands first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_WITHOUT_CHARSET = ("application/ld+json", "application/json", "application/vnd.apache.parquet")


class Form(NamedTuple):
    """Hold one form: its suffix, its media type, and what to call it."""

    suffix: str
    media_type: str
    name: str

    @property
    def content_type(self) -> str:
        """Return the media type as a header has it."""
        is_plain = self.media_type not in _WITHOUT_CHARSET
        return self.media_type if not is_plain else f"{self.media_type}; charset=utf-8"


HTML = Form("html", "text/html", "HTML")
TURTLE = Form("ttl", "text/turtle", "Turtle")
FORMS = {
    form.suffix: form
    for form in (
        HTML,
        TURTLE,
        Form("nt", "application/n-triples", "N-Triples"),
        Form("nq", "application/n-quads", "N-Quads"),
        Form("trig", "application/trig", "TriG"),
        Form("jsonld", "application/ld+json", "JSON-LD"),
        Form("rdf", "application/rdf+xml", "RDF/XML"),
        Form("csv", "text/csv", "CSV"),
        Form("json", "application/json", "JSON"),
        # Of questions only: the query, and the answer for columnar tools.
        Form("rq", "application/sparql-query", "SPARQL"),
        Form("parquet", "application/vnd.apache.parquet", "Parquet"),
    )
}
RDF_FORMS = ("ttl", "nt", "nq", "trig", "jsonld", "rdf")
# Other names that clients use.
_ALIASES = {
    "application/xhtml+xml": "text/html",
    "application/x-turtle": "text/turtle",
    "application/rdf+json": "application/ld+json",
    "text/x-nquads": "application/n-quads",
    "text/rdf+n3": "text/turtle",
    "text/n3": "text/turtle",
}
_RANGE = re.compile(r"\s*([\w!#$&^.+*-]{1,100}/[\w!#$&^.+*-]{1,100})\s*((?:;[^,]*)?)")
_WEIGHT = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-[\w-]{1,40})?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?")
_LONGEST = 2_000


def split_suffix(path: str) -> tuple[str, str]:
    """Return a path without its suffix, and the suffix if it is that of a form.

    >>> split_suffix("id/jupiter.ttl"), split_suffix("id/example.org")
    (('id/jupiter', 'ttl'), ('id/example.org', ''))
    """
    head, dot, suffix = path.rpartition(".")
    return (head, suffix) if dot and head and suffix in FORMS else (path, "")


def choose(accept: str, offered: Sequence[str]) -> str:
    """Return the media type among ``offered`` that ``Accept`` prefers, empty where none will do.

    >>> choose("text/html;q=0.8, text/turtle", ["text/html", "text/turtle"])
    'text/turtle'
    >>> choose("image/png", ["text/html"])
    ''
    """
    return _chosen(accept[:_LONGEST], tuple(offered))


@lru_cache(maxsize=500)  # of the many ways to say it, a few come again and again
def _chosen(accept: str, offered: tuple[str, ...]) -> str:
    if not accept.strip():
        return offered[0] if offered else ""
    ranges = list(_ranges(accept))
    best, weight = "", 0.0
    for media_type in offered:
        found = _weight(media_type, ranges)
        if found > weight:
            best, weight = media_type, found
    return best


def choose_form(accept: str, offered: Iterable[str]) -> Form | None:
    """Return the form that ``Accept`` prefers of these suffixes."""
    forms = {FORMS[suffix].media_type: FORMS[suffix] for suffix in offered}
    return forms.get(choose(accept, list(forms)))


def choose_language(accept_language: str, offered: Collection[str]) -> str:
    """Return the language that a reader likes best of these, empty for English or none of them.

    >>> choose_language("fi-FI, fi;q=0.9, en;q=0.5", {"fi", "sv"})
    'fi'
    >>> choose_language("en, fi", {"fi"})
    ''
    """
    best, weight = "", 0.0
    for part in accept_language[:_LONGEST].split(","):
        match = _LANGUAGE.fullmatch(part.strip())
        if match is None:
            continue
        tag, found = match[1].lower(), float(match[2] or 1)
        if found > weight and (tag == "en" or tag in offered):
            best, weight = tag, found
    return "" if best == "en" else best


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            continue
        found = _WEIGHT.search(match[2])
        name = match[1].lower()
        yield _ALIASES.get(name, name), float(found[1]) if found else 1.0


def _weight(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    """Return the weight that the most special range gives; of equals, the heaviest."""
    family = media_type.partition("/")[0] + "/*"
    best = (0, 0.0)
    for name, weight in ranges:
        special = 3 if name == media_type else 2 if name == family else 1 if name == "*/*" else 0
        if special:
            best = max(best, (special, weight))
    return best[1]
