"""A new correction: where we side against a source, with the reason and the evidence."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.authoring.files import Begun, begin, require_date, require_slug
from eurohpc_kg.errors import UnknownNameError, UsageError
from eurohpc_kg.graph import assemble
from eurohpc_kg.importing.facts.terms import RDF_TYPE, date_literal, ehpc
from eurohpc_kg.names import NAMESPACE, SOURCE, read_prefixes
from eurohpc_kg.namespaces import DCTERMS, XSD
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle import write

_CREATED = NamedNode(DCTERMS + "created")
_DECIMAL = NamedNode(XSD + "decimal")
_INTEGER = NamedNode(XSD + "integer")
# What a record may be corrected in: its property -> how the correction says what is right.
_VALUES = ("value", "date", "rank")


def new_correction(
    repository: Repository, record: str, *, value: str, reason: str, evidence: str, date: str
) -> Begun:
    """Begin ``data/corrections/<record>.ttl``: the value of a figure, milestone or rank.

    ``record`` is a CURIE such as ``figure:lumi-rmax-2023-top500``; ``value`` what is right;
    ``evidence`` the IRI or slug (``publisher/date-slug``) of a source document that shows it;
    ``date`` the day of the correction. The value that the source states is kept beside it, as the
    guard that reports when the source no longer says so. The correction begins as proposed.
    Raises `UnknownNameError` where the record or the document is not in the graph.
    """
    repository.require_checkout()
    require_date(date)
    if not reason.strip():
        raise UsageError("the correction has no reason", remedy="Say why, with --reason.")
    prefixes = read_prefixes(repository)
    node = NamedNode(prefixes.expand(record))
    document = NamedNode(evidence if evidence.startswith(SOURCE) else SOURCE + evidence)
    quads = assemble(repository)
    stated = [
        quad.object
        for name in _VALUES
        for quad in quads
        if quad.subject == node and quad.predicate == ehpc(name)
    ]
    if not stated or not isinstance(stated[0], Literal):
        raise UnknownNameError(
            f"there is no figure, milestone or ranking entry {record}",
            remedy="`eurohpc-kg show THING --format ttl` shows the records of a thing.",
        )
    if not any(quad.graph_name == document for quad in quads):
        raise UnknownNameError(
            f"there is no source document {document.value}",
            remedy="Begin it with: eurohpc-kg new source",
        )
    name = require_slug(node.value.rpartition("/")[2])
    correction = NamedNode(f"{NAMESPACE}correction/{name}")
    triples = [
        Triple(correction, RDF_TYPE, ehpc("Correction")),
        Triple(correction, _CREATED, date_literal(date)),
        Triple(correction, ehpc("authorRole"), ehpc("EditorRole")),
        Triple(correction, ehpc("correctedValue"), _like(stated[0], value)),
        Triple(correction, ehpc("correctionStatus"), ehpc("ProposedCorrection")),
        Triple(correction, ehpc("corrects"), node),
        Triple(correction, ehpc("evidence"), document),
        Triple(correction, ehpc("reason"), Literal(reason.strip(), language="en")),
        Triple(correction, ehpc("statedValue"), stated[0]),
    ]
    text = write(triples, prefixes, header=f"A correction of {record}.")
    return begin(
        repository,
        repository.data / "corrections" / f"{name}.ttl",
        text,
        "It is proposed; write ehpc:AcceptedCorrection once another person agrees.",
        "Then: eurohpc-kg check",
    )


def _like(stated: Literal, value: str) -> Literal:
    """Write the right value with the datatype of the stated one."""
    if stated.datatype in (_INTEGER, _DECIMAL):
        try:
            float(value)
        except ValueError:
            raise UsageError(
                f"{value!r} is no number, and the source states {stated.value}",
                remedy="Write digits, with a point for decimals.",
            ) from None
        return Literal(value, datatype=_DECIMAL if "." in value else _INTEGER)
    return date_literal(require_date(value))
