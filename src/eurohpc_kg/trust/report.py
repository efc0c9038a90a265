"""Conflicts as text for a terminal, as JSON, as triples, and in the other forms of answers.

The triples are those of ``ontology/trust.ttl``: a ``ehpc:Conflict`` named after thing and aspect,
with one ``ehpc:ConflictSide`` a claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import pyoxigraph as ox

from eurohpc_kg.documents import documents_of
from eurohpc_kg.errors import UsageError
from eurohpc_kg.labels import Names
from eurohpc_kg.names import EHPC, NAMESPACE, readable_slug
from eurohpc_kg.namespaces import RDF, RDFS
from eurohpc_kg.render import render
from eurohpc_kg.results import python_value, short_sources
from eurohpc_kg.results.tables import text_table
from eurohpc_kg.sparql import Term
from eurohpc_kg.trust.claims import Claim
from eurohpc_kg.trust.conflicts import Conflict
from eurohpc_kg.trust.judge import APART
from eurohpc_kg.trust.rows import as_results

CONFLICT = NAMESPACE + "conflict/"
NOTHING = "nothing sets them apart"
TAKEN = "*"

_RDF_TYPE = ox.NamedNode(RDF + "type")
_RDFS_LABEL = ox.NamedNode(RDFS + "label")
_SYMBOL = ox.NamedNode(EHPC + "symbol")
_SOURCE = ("iri", "title", "publisher", "issued", "standing", "address")


def write_conflicts(
    found: Sequence[Conflict], names: Names, form: str = "table", width: int = 0
) -> str:
    """Write conflicts in one of `FORMS`; ``width`` is that of the terminal, 0 for none."""
    if form not in FORMS:
        raise UsageError(f"{form!r} is no form", remedy="Use one of " + ", ".join(FORMS) + ".")
    return FORMS[form](found, names, width)


def value_text(claim: Claim, names: Names) -> str:
    """Return a value as a person reads it: bound, number or name, symbol of the unit."""
    text = _term_text(claim.value, names)
    if claim.corrected is not None:
        text = f"{text}, corrected to {_term_text(claim.corrected, names)}"
    return " ".join(
        part for part in (claim.bound.replace("-", " "), text, _unit(claim, names)) if part
    )


def _table(found: Sequence[Conflict], names: Names, width: int) -> str:
    parts = []
    for one in found:
        why = "; ".join(APART[name] for name in one.apart) or NOTHING
        body = text_table([], _rows(one, names), max(width - 2, 0))
        by = f"taken by the rule: {one.rule}"
        if one.shortcut is not None:
            by += f" ({names.prefixes.compact(one.shortcut.value)})"
        head = f"{names.label(one.thing)} · {names.label(one.aspect)}"
        lines = [head, *("  " + line for line in body.splitlines()), f"  {by}", f"  apart: {why}"]
        parts.append("".join(line + "\n" for line in lines))
    return "\n".join(parts)


def _rows(one: Conflict, names: Names) -> list[list[str]]:
    """Return a line a value: what several documents say in the same way is one line."""
    lines: dict[tuple[str, ...], list[Claim]] = {}
    for claim in one.claims:
        standing = "primary" if claim.primary else "secondary"
        value = value_text(claim, names)
        key = (value, claim.date, claim.basis, claim.scope, standing)
        lines.setdefault(key, []).append(claim)
    return [
        [TAKEN if one.taken in claims else "", *key, short_sources(c.document for c in claims)]
        for key, claims in lines.items()
    ]


def _json(found: Sequence[Conflict], names: Names, _width: int) -> str:
    import json

    documents = {
        document.iri: document.as_dict()
        for document in documents_of(
            dict.fromkeys(claim.document for one in found for claim in one.claims), names
        )
    }
    body = [
        {
            "iri": iri,
            "thing": _named(one.thing, names),
            "aspect": _named(one.aspect, names),
            "kind": one.kind,
            "apart": list(one.apart),
            "rule": one.rule,
            "shortcut": names.prefixes.compact(one.shortcut.value) if one.shortcut else None,
            "values": [_value(claim, one, names, documents) for claim in one.claims],
        }
        for iri, one in _addresses(found)
    ]
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _value(
    claim: Claim, one: Conflict, names: Names, documents: dict[str, dict[str, str | int]]
) -> dict[str, Any]:
    known = {
        "text": value_text(claim, names),
        "unit": names.prefixes.compact(claim.unit) if claim.unit else "",
        "bound": claim.bound,
        "basis": claim.basis,
        "scope": claim.scope,
        "period": claim.period,
        "as_of": claim.date,
        "record": claim.record,
        "correction": claim.correction,
    }
    return {
        "value": _json_value(claim.value, names),
        **{name: text for name, text in known.items() if text},
        "taken": claim == one.taken,
        "source": {k: v for k, v in documents[claim.document].items() if k in _SOURCE},
    }


def _turtle(found: Sequence[Conflict], names: Names, _width: int) -> str:
    from eurohpc_kg.turtle import write

    triples: list[ox.Triple] = []
    for address, one in _addresses(found):
        conflict = ox.NamedNode(address)
        label = f"{names.label(one.aspect)} of {names.label(one.thing)}"
        said: list[tuple[ox.NamedNode, Term]] = [
            (_RDF_TYPE, _ehpc("Conflict")),
            (_RDFS_LABEL, ox.Literal(label, language="en")),
            (_ehpc("conflictAbout"), one.thing),
            (_ehpc("conflictAspect"), one.aspect),
            (_ehpc("conflictRule"), ox.Literal(one.rule, language="en")),
        ]
        for number, claim in enumerate(one.claims, 1):
            side = ox.NamedNode(f"{address}-{number}")
            said.append((_ehpc("takenSide" if claim == one.taken else "hasSide"), side))
            triples += [ox.Triple(side, *pair) for pair in _side(claim)]
        triples += [ox.Triple(conflict, *pair) for pair in said]
    return write(triples, names.prefixes)


def _as_answer(form: str, found: Sequence[Conflict], names: Names, width: int) -> str:
    return render(as_results(_addresses(found), names), form, width=width)


def _side(claim: Claim) -> list[tuple[ox.NamedNode, Term]]:
    said: list[tuple[ox.NamedNode, Term]] = [
        (_RDF_TYPE, _ehpc("ConflictSide")),
        (_ehpc("sideValue"), claim.value),
        (_ehpc("statedIn"), ox.NamedNode(claim.document)),
    ]
    if claim.record:
        said.append((_ehpc("sideRecord"), ox.NamedNode(claim.record)))
    return said


def _addresses(found: Iterable[Conflict]) -> Iterable[tuple[str, Conflict]]:
    """Give each conflict an address of its own: two currencies make two of one aspect."""
    taken: dict[str, int] = {}
    for one in found:
        slug = f"{readable_slug(one.thing.value)}-{readable_slug(one.aspect.value)}"
        taken[slug] = taken.get(slug, 0) + 1
        yield CONFLICT + slug + (f"-{taken[slug]}" if taken[slug] > 1 else ""), one


def _unit(claim: Claim, names: Names) -> str:
    if not claim.unit or claim.unit.endswith(("/one", "/rank")):
        return ""
    unit = ox.NamedNode(claim.unit)
    found = next(names.store.quads_for_pattern(unit, _SYMBOL, None), None)
    if found is not None and isinstance(found.object, ox.Literal):
        return found.object.value
    return names.label(unit)


def _term_text(term: Term, names: Names) -> str:
    return names.label(term) if isinstance(term, ox.NamedNode) else term.value


def _json_value(term: Term, names: Names) -> Any:
    return _named(term, names) if isinstance(term, ox.NamedNode) else python_value(term)


def _named(node: ox.NamedNode, names: Names) -> dict[str, str]:
    return {
        "iri": node.value,
        "curie": names.prefixes.compact(node.value),
        "name": names.label(node),
    }


def _ehpc(name: str) -> ox.NamedNode:
    return ox.NamedNode(EHPC + name)


FORMS: dict[str, Callable[[Sequence[Conflict], Names, int], str]] = {
    "table": _table,
    "json": _json,
    "ttl": _turtle,
    **{form: partial(_as_answer, form) for form in ("csv", "tsv", "srj", "md", "html")},
}
