"""What every description says of the graph: its name, whose it is, under which licence."""

from __future__ import annotations

from eurohpc_kg.names import NAMESPACE

TITLE = "EuroHPC Knowledge Graph"
DESCRIPTION = (
    "The open knowledge graph of the European HPC and AI ecosystem: what exists (the EuroHPC Joint "
    "Undertaking, AI Factories, supercomputers, quantum systems, institutions, sectors, "
    "programmes), what published sources say about it, what follows from that, and where the "
    "sources disagree. Each statement stands in the named graph of the document that makes it."
)
KEYWORDS = (
    "AI Factories", "EuroHPC", "Europe", "TOP500", "artificial intelligence",
    "high-performance computing", "knowledge graph", "quantum computing", "supercomputers",
)  # fmt: skip
AUTHORS = "The eurohpc-kg authors"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC-BY-4.0"

AUTHORS_IRI = NAMESPACE + "authors"
DATASET = NAMESPACE + "dataset"
CONTACT = NAMESPACE + "contact"
CATALOG = NAMESPACE + "graph/catalog"
SERVICE = NAMESPACE + "sparql"
DOWNLOADS = "download/"


def address(file: str, version: str, site: str = "") -> str:
    """Return where a published file of an export lies.

    >>> address("eurohpc-kg.nq", "0.1.0")
    'https://w3id.org/eurohpc-kg/download/0.1.0/eurohpc-kg.nq'
    """
    return f"{site or NAMESPACE}{DOWNLOADS}{version}/{file}"
