"""An explanation as RDF: each statement a named node, each step an activity, with PROV-O.

A statement is an ``rdf:Statement`` that ``prov:wasDerivedFrom`` its premises, or the documents
that make it, and ``prov:wasGeneratedBy`` the step; a step ``prov:used`` the premises and
``dcterms:conformsTo`` its rule. The names are the same each time: they are made of what is said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox

from eurohpc_kg import statements
from eurohpc_kg.explain.account import Account
from eurohpc_kg.explain.explained import Explained
from eurohpc_kg.explain.proof import ASSERTED, RULE, Proof, Statement
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.namespaces import DCTERMS, PROV, RDF, RDFS
from eurohpc_kg.reason.vocabulary import FIRST, NIL, REST, TYPE
from eurohpc_kg.sparql import Term
from eurohpc_kg.statements import STATEMENT
from eurohpc_kg.turtle import write

VIEW = NAMESPACE + "view/"
PROFILE = ox.NamedNode("https://www.w3.org/TR/owl2-profiles/")

_LABEL = ox.NamedNode(RDFS + "label")


def write_turtle(explanation: Explained, account: Account) -> str:
    """Return the proofs as Turtle; of a statement that does not follow, only what it says."""
    triples: dict[ox.Triple, None] = dict.fromkeys(_about(explanation.statement, account))
    for proof in explanation.proofs:
        triples.update(dict.fromkeys(_triples(proof, account)))
    for document in account.documents:
        node = ox.NamedNode(document.iri)
        title = ox.NamedNode(DCTERMS + "title")
        triples[ox.Triple(node, title, ox.Literal(document.title))] = None
        if document.address != document.iri:
            address = ox.NamedNode(document.address)
            triples[ox.Triple(node, ox.NamedNode(DCTERMS + "source"), address)] = None
    return write(triples, account.wording.names.prefixes)


def address_of(statement: Statement, account: Account) -> ox.NamedNode:
    """Return the IRI of a statement: the same for the same three terms, whoever makes it."""
    subject, predicate, object_ = (_text(term, account) for term in statement)
    return ox.NamedNode(statements.address_of(subject, predicate, object_))


def _text(term: Term, account: Account) -> str:
    members = account.wording.members(term) if isinstance(term, ox.BlankNode) else None
    return str(term) if members is None else f"( {' '.join(map(str, members))} )"


def _triples(proof: Proof, account: Account) -> Iterator[ox.Triple]:
    parts = account.parts(proof)
    node = address_of(proof.statement, account)
    yield from _about(proof.statement, account)
    derived = ox.NamedNode(PROV + "wasDerivedFrom")
    if proof.kind == ASSERTED:
        for graph in proof.graphs:
            yield ox.Triple(node, derived, graph)
        return
    used = [address_of(part.statement, account) for part in parts]
    mark = hashlib.sha256(" ".join(map(str, used)).encode()).hexdigest()[:8]
    step = ox.NamedNode(f"{node.value}#{quote(proof.name)}-{mark}")
    yield ox.Triple(node, ox.NamedNode(PROV + "wasGeneratedBy"), step)
    yield ox.Triple(step, TYPE, ox.NamedNode(PROV + "Activity"))
    reason = account.wording.reason(proof.kind, proof.name, proof.weighed)
    yield ox.Triple(step, _LABEL, ox.Literal(reason, language="en"))
    yield ox.Triple(step, ox.NamedNode(DCTERMS + "identifier"), ox.Literal(proof.name))
    rule = PROFILE if proof.kind == RULE else ox.NamedNode(VIEW + quote(proof.name))
    yield ox.Triple(step, ox.NamedNode(DCTERMS + "conformsTo"), rule)
    for premise in used:
        yield ox.Triple(step, ox.NamedNode(PROV + "used"), premise)
        yield ox.Triple(node, derived, premise)
    for part in parts:
        yield from _triples(part, account)


def _about(statement: Statement, account: Account) -> Iterator[ox.Triple]:
    node = address_of(statement, account)
    yield ox.Triple(node, TYPE, ox.NamedNode(RDF + "Statement"))
    text = account.wording.statement(statement)
    yield ox.Triple(node, _LABEL, ox.Literal(text, language="en"))
    for local, term in zip(("subject", "predicate", "object"), statement, strict=True):
        members = account.wording.members(term) if isinstance(term, ox.BlankNode) else None
        yield from _list(node, ox.NamedNode(RDF + local), term, members)


def _list(
    node: ox.NamedNode, predicate: ox.NamedNode, term: Term, members: list[Term] | None
) -> Iterator[ox.Triple]:
    """Yield a value, or the cells of a list of its own for one that is a list."""
    if members is None:
        yield ox.Triple(node, predicate, term)
        return
    label = node.value.removeprefix(STATEMENT)
    cells = [ox.BlankNode(f"l{label}{at}") for at in range(len(members))]
    yield ox.Triple(node, predicate, cells[0])
    rests: list[Term] = [*cells[1:], NIL]
    for cell, member, rest in zip(cells, members, rests, strict=True):
        yield ox.Triple(cell, FIRST, member)
        yield ox.Triple(cell, REST, rest)
