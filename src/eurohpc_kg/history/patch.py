"""A difference for machines: RDF Patch and SPARQL Update.

RDF Patch as in https://afs.github.io/rdf-delta/rdf-patch.html: a header, one transaction, a line a
statement. Both forms remove first and add then; applied to the first version they give the second.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from eurohpc_kg.errors import InputError
from eurohpc_kg.history.difference import Difference

_ESCAPE = re.compile(r"\\(?:\\([uU])|.)", re.DOTALL)
_ROW = re.compile(r"(?P<code>[A-Z]+)(?:\s+(?P<rest>.*?))?\s*\.\s*")

_UNNAMED = "?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o))"


def rdf_patch(change: Difference) -> str:
    """Write a difference as an RDF Patch; the same difference has the same id."""
    rows = [
        *(f"D {quad} .\n" for quad in change.removed),
        *(f"A {quad} .\n" for quad in (*change.added, *change.restored)),
    ]
    name = uuid.uuid5(uuid.NAMESPACE_URL, "".join(rows))
    return "".join([f"H id <uuid:{name}> .\n", "TX .\n", *rows, "TC .\n"])


def sparql_update(change: Difference) -> str:
    """Write a difference as one SPARQL 1.1 Update request; nothing, for no difference."""
    steps = []
    for name in sorted(change.unnamed):
        pattern = f"GRAPH <{name}> {{ {_UNNAMED} }}" if name else _UNNAMED
        target = f"GRAPH <{name}> {{ ?s ?p ?o }}" if name else "?s ?p ?o"
        steps.append(f"DELETE {{ {target} }}\nWHERE {{ {pattern} }}")
    removed = [quad for quad in change.removed if not _is_unnamed(quad)]
    if removed:
        steps.append(f"DELETE DATA {{\n{_blocks(removed)}}}")
    added = [*change.added, *change.restored]
    if added:
        steps.append(f"INSERT DATA {{\n{_blocks(added)}}}")
    return " ;\n".join(steps) + "\n" if steps else ""


def apply_patch(store: ox.Store, patch: str) -> None:
    """Do to a store what an RDF Patch says, as `rdf_patch` writes it: one transaction, no prefixes.

    Raises `InputError` for anything else, before the store is touched.
    """
    rows: dict[str, list[str]] = {"D": [], "A": []}
    ended = False
    for number, line in enumerate(patch.removesuffix("\n").split("\n"), 1):
        match = _ROW.fullmatch(line)
        code = match["code"] if match else ""
        if match and code in rows and not ended and not (code == "D" and rows["A"]):
            rows[code].append(f"{match['rest']} .\n")
        elif code not in ("H", "TX", "TC"):
            raise InputError(
                "this row of the patch can't be applied",
                place=f"patch:{number}",
                remedy="Give a patch that eurohpc-kg diff wrote.",
            )
        ended |= code == "TC"
    if not ended:
        raise InputError(
            "the patch has no end", place="patch", remedy="Get it again: its last row is TC."
        )
    removed, added = (
        list(ox.parse("".join(rows[code]), format=ox.RdfFormat.N_QUADS)) for code in ("D", "A")
    )
    for quad in removed:
        store.remove(quad)
    store.extend(added)


def _is_unnamed(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _blocks(quads: Iterable[ox.Quad]) -> str:
    return "".join(_blocks_of(quads))


def _blocks_of(quads: Iterable[ox.Quad]) -> Iterator[str]:
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    for graph, members in groupby(ordered, key=lambda quad: quad.graph_name):
        rows = "".join(f"  {_for_sparql(str(quad.triple))} .\n" for quad in members)
        is_default = isinstance(graph, ox.DefaultGraph)
        yield rows if is_default else f"GRAPH {graph} {{\n{rows}}}\n"


def _for_sparql(statement: str) -> str:
    r"""Write the text backslash, u apart: SPARQL may read ``\u0041`` before it reads literals."""
    if "\\\\" not in statement:
        return statement
    return _ESCAPE.sub(
        lambda m: "\\\\\\u%04X" % ord(m[1]) if m[1] else m[0],  # noqa: UP031
        statement,
    )
