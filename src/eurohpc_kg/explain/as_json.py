"""An explanation as JSON: each statement with its terms and its words, each leaf with its sources.

``{"statement", "follows", "proofs", "missing", "instead", "left_out", "sources"}``; a proof has
``kind``, and by it ``sources`` (numbers) or ``name``, ``meaning``, ``premises`` and ``axioms``.
"""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox

from eurohpc_kg.explain.account import Account
from eurohpc_kg.explain.explained import Explained
from eurohpc_kg.explain.proof import ASSERTED, Missing, Place, Proof, Statement, TriplePattern
from eurohpc_kg.explain.wording import is_cell


def write_json(explanation: Explained, account: Account) -> str:
    """Return the proofs, or what is missing."""
    body: dict[str, Any] = {
        "statement": _statement(explanation.statement, account),
        "follows": explanation.follows,
    }
    if explanation.follows:
        body["proofs"] = [_proof(proof, account) for proof in explanation.proofs]
        body["sources"] = [document.as_dict() for document in account.documents]
    else:
        body["left_out"] = explanation.left_out
        body["instead"] = [_statement(other, account) for other in explanation.instead]
        body["missing"] = [_missing(missing, account) for missing in explanation.missing]
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _proof(proof: Proof, account: Account) -> dict[str, Any]:
    body: dict[str, Any] = {"statement": _statement(proof.statement, account)}
    body["kind"] = proof.kind
    if proof.kind == ASSERTED:
        return {**body, "sources": account.numbers(proof)}
    reason = account.wording.reason(proof.kind, proof.name).partition(": ")[2]
    body |= {"name": proof.name, "meaning": reason}
    if proof.weighed:
        body["chosen_from"] = proof.weighed
    body["premises"] = [_proof(part, account) for part in proof.premises]
    axioms = [part for part in proof.axioms if not is_cell(part.statement)]
    return {**body, "axioms": [_proof(part, account) for part in axioms]}


def _missing(missing: Missing, account: Account) -> dict[str, Any]:
    return {
        "kind": missing.kind,
        "name": missing.name,
        "meaning": account.wording.reason(missing.kind, missing.name).partition(": ")[2],
        "needed": missing.needed and _statement(missing.needed, account),
        "others": missing.others,
        "held": [_statement(premise, account) for premise in missing.held],
    }


def _statement(statement: Statement | TriplePattern, account: Account) -> dict[str, Any]:
    places = ("subject", "predicate", "object")
    body: dict[str, Any] = {"text": account.wording.statement(statement)}
    return body | {name: _term(term, account) for name, term in zip(places, statement, strict=True)}


def _term(term: Place, account: Account) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        curie = account.wording.names.prefixes.compact(term.value)
        body = {"iri": term.value, "name": account.wording.term(term)}
        return body if curie.startswith("<") else {**body, "curie": curie}
    if isinstance(term, ox.Literal):
        kind = {"language": term.language} if term.language else {"datatype": term.datatype.value}
        return {"value": term.value, **kind}
    if isinstance(term, ox.Variable):
        return {"variable": term.value}
    members = account.wording.members(term)
    if members is None:
        return {"blank": True}
    return {"list": [_term(member, account) for member in members]}
