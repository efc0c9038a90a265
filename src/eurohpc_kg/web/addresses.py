"""Where a thing of the graph lies on the web: its IRI without the namespace, and a suffix.

``https://w3id.org/eurohpc-kg/id/jupiter`` lies at ``id/jupiter``, its page at ``id/jupiter.html``,
its Turtle at ``id/jupiter.ttl``: the same on a server and in a folder of files. What is not part of
the graph lies below ``-/``. Links are relative, so that all of it may be put below any address.
"""

from __future__ import annotations

import re

from eurohpc_kg.names import EHPC, NAMESPACE, ONTOLOGY

SHAPE = NAMESPACE + "shape"
START = "index"
OPENAPI = "-/openapi.json"

# The first part of the path of things: what can't be sent over a wire, so that a description of it
# is sent instead (303). The rest are documents (200).
THINGS = ("id", "figure", "milestone", "report", "entry", "edition", "correction", "conflict")
# Records are described with the thing that they are about; the static site has no pages for them.
RECORDS = ("figure", "milestone", "report", "entry")
_SAFE = re.compile(r"[A-Za-z0-9_.\-]+(?:/[A-Za-z0-9_.\-]+)*")
_LONGEST = 400


def is_path(path: str) -> bool:
    """Tell whether a path can be one of ours: short, plain, and never upwards.

    >>> is_path("id/jupiter"), is_path("../etc/passwd"), is_path("a//b")
    (True, False, False)
    """
    if len(path) > _LONGEST or not _SAFE.fullmatch(path):
        return False
    return all(not part.startswith(".") for part in path.split("/"))


def is_thing(path: str) -> bool:
    """Tell whether what lies here is a thing and not a document.

    >>> is_thing("id/jupiter"), is_thing("vocabulary/sector/health"), is_thing("vocabulary/sector")
    (True, True, False)
    """
    first, _, rest = path.partition("/")
    return bool(rest) and (first in THINGS or (first == "vocabulary" and "/" in rest))


def asks_nothing(path: str) -> bool:
    """Tell whether what lies here is written without a query, and is no whole graph.

    >>> asks_nothing("id/jupiter.ttl"), asks_nothing("question/systems"), asks_nothing("graph/x")
    (True, False, False)
    """
    return is_thing(path) or path.startswith(("source/", "ontology/"))


def path_of(iri: str) -> str:
    """Return the path of an IRI of ours, an empty one for any other.

    Terms of the ontology have a hash, which no server ever sees: their pages lie below it.

    >>> path_of("https://w3id.org/eurohpc-kg/ontology#Supercomputer")
    'ontology/Supercomputer'
    """
    if not iri.startswith(NAMESPACE):
        return ""
    local = iri[len(NAMESPACE) :]
    if iri.startswith(EHPC):
        local = f"ontology/{iri[len(EHPC) :]}"
    elif iri.startswith(SHAPE + "#"):
        local = "shape"
    return local if is_path(local) else ""


def iri_of(path: str) -> str:
    """Return the IRI that lies at a path.

    >>> iri_of("ontology/Supercomputer")
    'https://w3id.org/eurohpc-kg/ontology#Supercomputer'
    """
    first, _, rest = path.partition("/")
    if first == "ontology" and rest:
        return f"{ONTOLOGY}#{rest}"
    return NAMESPACE + path


def relative(target: str, page: str) -> str:
    """Return the link from one page to another, both as paths from the top.

    It always climbs to the top first: that is plain, and quick for thousands of pages.

    >>> relative("id/lumi.html", "id/jupiter.html"), relative("id/lumi.html", "index.html")
    ('../id/lumi.html', 'id/lumi.html')
    >>> relative("", "index.html"), relative("a.html#b", "a.html")
    ('./', '#b')
    """
    path, mark, fragment = target.partition("#")
    if path == page and mark:
        return mark + fragment
    return "../" * page.count("/") + target or "./"
