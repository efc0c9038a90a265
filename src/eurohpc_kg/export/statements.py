"""A name for a statement, so that something can be said about it: which sources make it.

The name is made of the statement alone: the two forms that need one (reification of RDF 1.1,
reifiers of RDF 1.2) give the same names, and the same statement has it in every export.
"""

from __future__ import annotations

import hashlib

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.lines import Parts
from eurohpc_kg.export.short import Shortener
from eurohpc_kg.names import NAMESPACE, Prefixes

STATEMENT = NAMESPACE + "statement/"
SOURCE = "prov:wasDerivedFrom"
_DIGITS = 32


def statement_iri(parts: Parts) -> str:
    """Return the IRI of a statement.

    >>> statement_iri(("<urn:a>", "<urn:b>", "<urn:c>"))
    'https://w3id.org/eurohpc-kg/statement/c9ae6d9aab0ffd4f0f2ca03ae8b8d8ba'
    """
    return STATEMENT + hashlib.sha256(" ".join(parts).encode()).hexdigest()[:_DIGITS]


def shortener(dataset: Dataset) -> Shortener:
    """Return what writes terms, with a prefix for statements."""
    return Shortener(Prefixes({**dataset.prefixes.namespaces, "statement": STATEMENT}))
