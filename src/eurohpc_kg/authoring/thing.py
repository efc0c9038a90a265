"""A new thing: its entry in the register file of its kind."""

from __future__ import annotations

import difflib

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.authoring.files import (
    Begun,
    register,
    require_address,
    require_language,
    require_slug,
)
from eurohpc_kg.errors import UnknownNameError, UsageError
from eurohpc_kg.importing.facts.terms import LABEL, RDF_TYPE, SOURCE, ehpc
from eurohpc_kg.importing.facts.things import FILES
from eurohpc_kg.names import THING
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import REGISTER_GRAPH
from eurohpc_kg.turtle import read


def new_thing(
    repository: Repository, name: str, *, kind: str, label: str, source: str, language: str = "en"
) -> Begun:
    """Add a thing to the register file of its class, with one label and where that comes from.

    ``name`` is the slug that never changes, ``kind`` a class such as ``Supercomputer``,
    ``source`` the address of a page that shows the name. Raises `UnknownNameError` for a class
    that has no register file and `UsageError` for a thing that is there already.
    """
    repository.require_checkout()
    require_slug(name)
    require_address(source)
    require_language(language)
    label = " ".join(label.split())
    if not label:
        raise UsageError("the thing has no label", remedy="Give its name, with --label.")
    if kind not in FILES:
        near = difflib.get_close_matches(kind, FILES, n=4, cutoff=0.5)
        raise UnknownNameError(
            f"no things of class {kind!r} stand in the register",
            candidates=near,
            remedy="" if near else f"The classes are {', '.join(sorted(FILES))}.",
        )
    for path in sorted(repository.register.rglob("*.ttl")):
        if any(quad.subject == NamedNode(THING + name) for quad in read(path, REGISTER_GRAPH)):
            raise UsageError(
                f"id:{name} is there already",
                place=repository.relative(path),
                remedy="Add to it there, or choose another slug.",
            )
    thing = NamedNode(THING + name)
    triples = [
        Triple(thing, RDF_TYPE, ehpc(kind)),
        Triple(thing, LABEL, Literal(label, language=language)),
        Triple(thing, SOURCE, NamedNode(source)),
    ]
    return Begun(
        register(repository, FILES[kind], triples),
        (
            f"Give id:{name} its other names, its place (ehpc:locatedIn) and its identifiers.",
            "Then: eurohpc-kg check",
        ),
    )
