"""A new shape: the file of a class, with one property shape to begin from."""

from __future__ import annotations

import difflib

from eurohpc_kg.authoring.files import Begun, begin
from eurohpc_kg.errors import UnknownNameError, UsageError
from eurohpc_kg.names import EHPC, read_prefixes
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import ONTOLOGY_GRAPH
from eurohpc_kg.terms import read_terms
from eurohpc_kg.turtle import read
from eurohpc_kg.turtle.write import format_text

_TEXT = """\
# {label}: {definition}

@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/eurohpc-kg/shape#> .

shape:{name} a sh:NodeShape ;
    sh:description "{why}"@en ;
    sh:property shape:{name}-{property} ;
    sh:targetClass ehpc:{name} .

shape:{name}-{property} a sh:PropertyShape ;
    sh:description "{why}"@en ;
    sh:minCount 1 ;
    sh:path ehpc:{property} ;
    sh:severity sh:Warning ;
    sh:message "Say what {property} is."@en .
"""


def new_shape(repository: Repository, name: str, *, property: str, why: str) -> Begun:
    """Begin ``shapes/<name>.ttl``: instances of the class ``name`` should have ``property``.

    ``why`` is the reason, one sentence. Raises `UnknownNameError` for a class or a property that
    the ontology does not define.
    """
    if not why.strip() or any(sign in why for sign in '"\\\n'):
        raise UsageError(
            "the reason is no plain sentence", remedy="Give --why a sentence without quotes."
        )
    quads = [
        quad
        for path in sorted(repository.ontology.rglob("*.ttl"))
        for quad in read(path, ONTOLOGY_GRAPH)
    ]
    terms = read_terms(quads)
    name, property = name.removeprefix("ehpc:"), property.removeprefix("ehpc:")
    for wanted in (name, property):
        if EHPC + wanted not in terms:
            known = [iri.removeprefix(EHPC) for iri in terms if iri.startswith(EHPC)]
            raise UnknownNameError(
                f"the ontology does not define ehpc:{wanted}",
                candidates=difflib.get_close_matches(wanted, known, n=4, cutoff=0.5),
                remedy="Define it in ontology/ first.",
            )
    term = terms[EHPC + name]
    text = _TEXT.format(
        name=name,
        property=property,
        why=why.strip(),
        label=term.label,
        definition=term.definition,
    )
    fixtures = f"tests/shapes/{name}/"
    return begin(
        repository,
        repository.shapes / f"{name}.ttl",
        format_text(text, read_prefixes(repository)),
        "Say in sh:message what to write, and choose the severity.",
        f"Add {fixtures}valid-{property}.ttl and {fixtures}invalid-{property}.ttl.",
        "Then: make docs",
    )
