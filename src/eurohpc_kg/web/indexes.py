"""Small files that scripts read: names to search in, terms to complete, the prefixes."""

from __future__ import annotations

import json

from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering

SEARCH, TERMS, PREFIXES = "-/search-index.json", "-/terms.json", "-/prefixes.json"


def search_index(build: Build) -> bytes:
    """Return what can be searched for: path, label, number of the kind, other names, folded."""
    found = Gathering.of(build).searchable
    kinds = sorted({kind for _, _, kind, _ in found})
    numbers = {kind: number for number, kind in enumerate(kinds)}
    things = [[path, label, numbers[kind], *names] for path, label, kind, names in found]
    return _json({"kinds": kinds, "things": things})


def term_index(build: Build) -> bytes:
    """Return CURIE and label of every term of the ontology and the vocabularies."""
    compact = build.prefixes.compact
    named = [(compact(term.iri), term.label) for term in build.terms.values()]
    factories = [(compact(iri), name) for name, iri in Gathering.of(build).members("AIFactory")]
    return _json(sorted(pair for pair in (*named, *factories) if not pair[0].startswith("<")))


def prefix_index(build: Build) -> bytes:
    """Return the prefixes with their namespaces."""
    return _json(dict(build.prefixes))


def _json(body: object) -> bytes:
    return (json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


INDEXES = {SEARCH: search_index, TERMS: term_index, PREFIXES: prefix_index}
