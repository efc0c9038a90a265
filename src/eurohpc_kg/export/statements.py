"""A name for a statement, so that something can be said about it: which sources make it.

The name is made of the statement alone: the two forms that need one (reification of RDF 1.1,
reifiers of RDF 1.2) give the same names, and the same statement has it in every export.
"""

from __future__ import annotations

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.lines import Parts
from eurohpc_kg.export.short import Shortener
from eurohpc_kg.names import Prefixes
from eurohpc_kg.statements import STATEMENT, address_of

SOURCE = "prov:wasDerivedFrom"


def statement_curie(parts: Parts) -> str:
    """Return the address of a statement, with the prefix that `shortener` declares."""
    return "statement:" + address_of(*parts)[len(STATEMENT) :]


def shortener(dataset: Dataset) -> Shortener:
    """Return what writes terms, with a prefix for statements."""
    return Shortener(Prefixes({**dataset.prefixes.namespaces, "statement": STATEMENT}))
