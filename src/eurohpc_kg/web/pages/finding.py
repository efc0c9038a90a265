"""Pages that help to find and understand: search, timeline, countries, proofs."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import pyoxigraph as ox

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.names import EHPC, NAMESPACE, fold
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering
from eurohpc_kg.web.pages.page import Page

Values = Mapping[str, list[str]]
_MOST_FOUND = 60
_RECENT = "2015"  # years before it are folded away on the timeline
_COUNTED = (
    ("AIFactory", "AI Factories"),
    ("AIFactoryAntenna", "Antennas"),
    ("QuantumSystem", "Quantum systems"),
    ("Supercomputer", "Supercomputers, past and present"),
)


def search_page(build: Build, values: Values) -> Page:
    """Return what has a name like the words of a reader, the likest first."""
    text = " ".join(values.get("q", [""])[0].split())[:200]
    found = search(build, text) if text else []
    questions = [
        question
        for question in build.questions.values()
        if text and all(word in fold(question.summary) for word in fold(text).split())
    ]
    data = {"text": text, "found": found[:_MOST_FOUND], "total": len(found),
            "questions": questions[:8]}  # fmt: skip
    return Page("-/search", f"Search: {text}" if text else "Search", "search", data)


def search(build: Build, text: str) -> list[tuple[str, str, str]]:
    """Return path, label and kind of what is found; `static/search.js` does the same offline."""
    wanted = fold(text)
    words = wanted.split()
    if not words:
        return []
    scored = []
    for path, label, kind, names in Gathering.of(build).searchable:
        score = max((_score(wanted, words, name) for name in names if words[0] in name), default=0)
        if score:
            scored.append((-score, len(label), label, path, kind))
    return [(path, label, kind) for _, _, label, path, kind in sorted(scored)]


def _score(wanted: str, words: list[str], name: str) -> int:
    """Return how like a name is: the same, its beginning, all words, a part; 0 for not."""
    if name == wanted:
        return 5
    if name.startswith(wanted):
        return 4
    parts = name.split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return 3
    return 2 if wanted in name else 0


def timeline_page(build: Build, _values: Values) -> Page:
    """Return all milestones, by year."""
    gathered = Gathering.of(build)
    years = [
        (year, list(events))
        for year, events in groupby(gathered.events, key=lambda one: one.moment.date[:4])
    ]
    data = {"years": years[::-1], "total": len(gathered.events), "recent": _RECENT}
    return Page("-/timeline", "Timeline", "timeline", data)


def countries_page(build: Build, _values: Values) -> Page:
    """Return the countries with what stands in each."""
    gathered = Gathering.of(build)
    in_country = ox.NamedNode(EHPC + "inCountry")
    counts: dict[str, dict[str, int]] = {}
    for kind, _ in _COUNTED:
        for _, iri in gathered.members(kind):
            countries = {
                quad.object.value
                for quad in build.store.quads_for_pattern(ox.NamedNode(iri), in_country, None)
                if isinstance(quad.object, ox.NamedNode)
            }
            for country in countries:
                row = counts.setdefault(country, {})
                row[kind] = row.get(kind, 0) + 1
    rows = [
        (name, iri, [counts.get(iri, {}).get(kind, 0) for kind, _ in _COUNTED])
        for name, iri in gathered.members("Country")
    ]
    data = {"headings": [heading for _, heading in _COUNTED], "rows": rows}
    return Page("-/countries", "Countries", "countries", data)


def explain_page(build: Build, values: Values) -> Page:
    """Return why a statement follows, down to the documents."""
    words = [" ".join(values.get(name, [""])[0].split())[:300]
             for name in ("subject", "predicate", "object")]  # fmt: skip
    data: dict[str, object] = {"words": words, "explanation": None, "proof": "", "problem": ""}
    if all(words):
        try:
            with build.explaining:
                explainer = build.explainer
                found = explainer.explain(explainer.statement(*words))
                data |= {"explanation": found, "proof": _proof(found)}
        except EurohpcKgError as error:
            data["problem"] = str(error)
    return Page("-/explain", "Why this follows", "explain", data)


def _proof(found: object) -> str:
    from markupsafe import Markup

    from eurohpc_kg.explain import Explanation
    from eurohpc_kg.explain.account import Account
    from eurohpc_kg.explain.as_html import fragment

    assert isinstance(found, Explanation)
    return Markup(fragment(found, Account(found)))


def about_page(_build: Build, _values: Values) -> Page:
    """Return how to use all of this, for people and for programs."""
    return Page("-/about", "About, and how to use it", "about", {"start": NAMESPACE})
