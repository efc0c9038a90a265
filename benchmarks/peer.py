"""The same job with rdflib, owlrl and pyshacl alone: parse all files, check, close, ask.

Checking is SHACL and the check queries that keep a build from being done, as in ours; closing is
OWL 2 RL and the views. Left out is what ours does besides: look for contradictions and for what is
outside OWL 2 RL, count, write a store. Run as a process by `benchmarks.cold`;
``python -m benchmarks.peer [--no-check-queries] FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import owlrl
import pyshacl
import rdflib

QUESTION = "queries/questions/factories-targeting-sector.rq"
BASE = "https://w3id.org/eurohpc-kg/"
ERROR = "#+ severity: error"


def main(root: Path, with_queries: bool = True) -> int:
    """Answer the question from the files and return the number of rows; raise for an error."""
    graph, shapes = rdflib.Graph(), rdflib.Graph()
    named = rdflib.Dataset(default_union=True)
    for path in sorted(root.rglob("*.ttl")):
        name = _graph_of(path.relative_to(root))
        parsed = named.graph(rdflib.URIRef(name)).parse(path)
        for triple in parsed:
            (shapes if name.endswith("/shapes") else graph).add(triple)
    shapes.parse(root / "ontology" / "prefixes.ttl")
    conforms, _, report = pyshacl.validate(
        graph, shacl_graph=shapes, inference="none", advanced=True, allow_warnings=True
    )
    if not conforms:
        raise SystemExit(report)
    if with_queries:
        for query in map(_text, sorted((root / "queries" / "checks").glob("*.rq"))):
            if ERROR in query and list(named.query(query)):
                raise SystemExit(f"a check finds an error:\n{query}")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    inferred = named.graph(rdflib.URIRef(f"{BASE}graph/inferred"))
    for triple in graph:
        inferred.add(triple)
    for view in sorted((root / "queries" / "views").glob("*.rq")):
        for triple in list(named.query(_text(view))):
            inferred.add(triple)  # type: ignore[arg-type]
    return len(list(named.query(_text(root / QUESTION))))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _graph_of(path: Path) -> str:
    """Return the named graph that a file fills."""
    room, *below = path.with_suffix("").parts
    if room == "data" and below[0] != "register":
        return BASE + "source/" + "/".join(below[1:])
    return f"{BASE}graph/{below[0] if room == 'data' else room}"


if __name__ == "__main__":
    print(main(Path(sys.argv[-1]), "--no-check-queries" not in sys.argv))
