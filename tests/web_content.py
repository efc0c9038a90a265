"""A part of the real content, with one thing that means harm: for tests of the web.

It is read and closed like the whole, but not judged: a part lacks what the rest would give.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import ModuleType

from pyoxigraph import RdfFormat

from eurohpc_kg.graph import assemble
from eurohpc_kg.questions import all_questions
from eurohpc_kg.reason import close
from eurohpc_kg.repository import Repository
from small_repository import Examined

ROOT = Path(__file__).parents[1]
EXAMINER = "web_examiner"
# How what is sent under a suffix is read back.
RDF_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
SOURCES = ("vtv", "eurohpc-ju", "partec")
SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"""\
# A specimen that means harm, not a fact.

@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

id:hostile a ehpc:Company ;
    rdfs:label "{SCRIPT}"@en ;
    skos:altLabel "\\" onmouseover=alert(1) x=\\""@en ,
        "{{{{ 7 * 7 }}}}"@en ;
    foaf:homepage <javascript:alert(1)> .
"""


def make_web_content(folder: Path) -> Repository:
    """Copy the part and add the specimen; make `EXAMINER`, which judges nothing."""
    for room in ("ontology", "shapes", "queries", "data/register", "data/corrections"):
        shutil.copytree(ROOT / room, folder / room)
    for big in (folder / "data" / "register").glob("top500-*.ttl"):
        big.unlink()
    for publisher in SOURCES:
        source = ROOT / "data" / "sources" / publisher
        if source.is_dir():
            shutil.copytree(source, folder / "data" / "sources" / publisher)
    (folder / "data" / "register" / "hostile.ttl").write_text(HOSTILE, encoding="utf-8")
    register()
    return Repository(folder)


def register() -> None:
    """Make the module `EXAMINER`, in this process."""
    module = ModuleType(EXAMINER)
    module.examine = _examine  # type: ignore[attr-defined]
    sys.modules[EXAMINER] = module


def _examine(repository: Repository) -> Examined:
    asserted = assemble(repository)
    return Examined(asserted, all_questions(repository), close(asserted, repository))
