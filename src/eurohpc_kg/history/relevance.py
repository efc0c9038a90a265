"""Which saved questions a difference can concern: those that name what changed.

A question whose properties and classes are all named, none of which has a statement that came or
went, has the same answer. Where a question leaves a property open, it is asked in any case. All
that is read is the text, so where in doubt a question is asked.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from eurohpc_kg.history.difference import Difference
from eurohpc_kg.namespaces import RDF

_RDF_TYPE = RDF + "type"
_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*):\s*<([^>\s]*)>", re.IGNORECASE)
_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'")
_COMMENT = re.compile(r"(?m)(?:^|(?<=\s))#[^\n]*")
_IRI = re.compile(r"<([^<>\s]*)>")
_CURIE = re.compile(r"(?<![\w?$:])([A-Za-z][\w-]*)?:([\w-](?:[\w.-]*[\w-])?)")
# Lists of variables that are no patterns.
_LISTS = re.compile(
    r"\b(?:SELECT|ORDER\s+BY|GROUP\s+BY)\b[^{}\n]*|\bVALUES\s*\([^)]*\)", re.IGNORECASE
)
_OPEN = re.compile(r"(?:[?$]\w+|[\w-]*:[\w.-]+|<[^>\s]*>|[;\]])\s+[?$]\w+\s+(?:[?$\"'<\d]|[\w-]*:)")
_OPEN_CLASS = re.compile(r"\ba\s+[?$]|\brdf:type\s*[*+/]?\s*[?$/*+]|rdf-syntax-ns#type>\s*[?$/*+]")


class Relevance:
    """Tell of a query whether a difference can change its answer."""

    def __init__(self, difference: Difference) -> None:
        moved = (*difference.removed, *difference.added)
        self._properties = {quad.predicate.value for quad in moved} - {_RDF_TYPE}
        self._classes = {
            quad.object.value
            for quad in moved
            if quad.predicate.value == _RDF_TYPE and isinstance(quad.object, ox.NamedNode)
        }

    def concerns(self, query: str) -> bool:
        """Tell whether the answer to a query may differ."""
        namespaces = dict(_PREFIX.findall(query))
        bare = _COMMENT.sub(" ", _TEXT.sub(' "" ', _PREFIX.sub(" ", query)))
        patterns = _LISTS.sub(" ", bare)
        if "!" in patterns.replace("!=", "").replace("!BOUND", "") or _OPEN.search(patterns):
            return True
        if self._classes and _OPEN_CLASS.search(patterns):
            return True
        named = set(_IRI.findall(bare))
        for prefix, local in _CURIE.findall(bare):
            if prefix not in namespaces:
                return True  # declared elsewhere, so its meaning is not known here
            named.add(namespaces[prefix] + local)
        return not named.isdisjoint(self._properties | self._classes)
