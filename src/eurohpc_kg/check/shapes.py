"""Shapes: what SHACL finds in the asserted graph, in words and with the place.

What is validated is what is stated: claims, register, corrections and the ontology, whose
``rdfs:subClassOf`` SHACL follows by itself. What the reasoner infers is not validated: an inferred
triple has no file to correct, and each fault would be reported once more for all that follows
from it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from eurohpc_kg.check.codes import finding
from eurohpc_kg.check.content import Content
from eurohpc_kg.check.places import Places, Term, terms
from eurohpc_kg.check.shacl_engines import SEVERITIES, Result, validate
from eurohpc_kg.errors import InputError
from eurohpc_kg.findings import Finding, Severity
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.store.runs import triples_of

SHAPE = NAMESPACE + "shape#"

# What a result of each component says, for a person; the remedy is the shape's own message.
_PROBLEMS = {
    "Class": "{focus} has a value of {property} that is not of the class asked for{value}",
    "Datatype": "{focus} has a value of {property} with another datatype or no language{value}",
    "Disjoint": "{focus} has a value of {property} that another property has too{value}",
    "HasValue": "{focus} lacks the value of {property} that is asked for",
    "In": "{focus} has a value of {property} that is not in the list{value}",
    "LessThanOrEquals": "{focus} has a value of {property} above the one it may not exceed{value}",
    "MaxCount": "{focus} has too many values of {property}",
    "MaxInclusive": "{focus} has a value of {property} that is too large{value}",
    "MinCount": "{focus} lacks {property}",
    "MinExclusive": "{focus} has a value of {property} that is too small{value}",
    "MinInclusive": "{focus} has a value of {property} that is too small{value}",
    "Node": "{focus} has a value of {property} that is not known{value}",
    "NodeKind": "{focus} has a value of {property} that is not an IRI{value}",
    "Or": "{focus} has a value of {property} of another kind than is asked for{value}",
    "Pattern": "{focus} is not in the form asked for{about}{value}",
    "QualifiedMinCount": "{focus} lacks one of the values of {property} that are asked for",
    "UniqueLang": "{focus} has two values of {property} in one language",
}


def conform(
    content: Content, places: Places, least: Severity = Severity.INFO, engine: str = ""
) -> Iterator[Finding]:
    """Yield a finding for each result from ``least`` on; its code is the name of the shape."""
    try:
        results = validate(content.data_triples(), triples_of(content.shapes()), engine)
    except InputError as error:
        yield finding("shapes-unusable", "shapes", error.problem, remedy=error.remedy)
        return
    found = sorted(r for r in results if SEVERITIES[r.severity] >= least)
    parsed = terms([term for r in found for term in (r.focus, r.value or r.focus)])
    for number, result in enumerate(found):
        focus, value = parsed[2 * number], parsed[2 * number + 1]
        assert not isinstance(focus, Triple)
        path, line = places.of(
            focus,  # type: ignore[arg-type]
            NamedNode(result.path) if result.path else None,
            value if result.value else None,
        )
        yield Finding(
            path=path,
            line=line,
            code=result.shape.removeprefix(SHAPE),
            message=_message(result, places, focus, value),
            remedy=result.message,
            severity=SEVERITIES[result.severity],
            subject=places.name(focus),
        )


def _message(result: Result, places: Places, focus: Term, value: Term) -> str:
    """Say what is wrong: the thing, the property and the value, and how they break the rule."""
    name = result.component.removesuffix("ConstraintComponent")
    template = _PROBLEMS.get(name, "{focus} breaks a rule{about}{value}")
    at_fault = f": {places.name(value)}" if result.value and value != focus else ""
    prop = places.prefixes.compact(result.path) if result.path else ""
    about = f" on {prop}" if prop else ""
    property_ = prop or "the value asked for"
    return template.format(
        focus=places.name(focus), property=property_, about=about, value=at_fault
    )
