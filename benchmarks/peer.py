"""The same job with rdflib, owlrl and pyshacl alone: parse all files, close, validate, ask.

Run as a process by `benchmarks.cold`; ``python -m benchmarks.peer FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import owlrl
import pyshacl
import rdflib

QUESTION = "queries/questions/factories-targeting-sector.rq"


def main(root: Path) -> int:
    """Answer the question from the files and return the number of rows."""
    graph, shapes = rdflib.Graph(), rdflib.Graph()
    named = rdflib.Dataset(default_union=True)
    for path in sorted([*(root / "ontology").rglob("*.ttl"), *(root / "data").rglob("*.ttl")]):
        graph.parse(path)
        named.graph(rdflib.URIRef(path.as_uri())).parse(path)
    for path in sorted((root / "shapes").glob("*.ttl")):
        shapes.parse(path)
    pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=True)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    inferred = named.graph(rdflib.URIRef("urn:inferred"))
    for triple in graph:
        inferred.add(triple)
    for view in ("in-country",):
        text = (root / "queries" / "views" / f"{view}.rq").read_text(encoding="utf-8")
        for triple in graph.query(text):
            inferred.add(triple)  # type: ignore[arg-type]
    return len(list(named.query((root / QUESTION).read_text(encoding="utf-8"))))


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
