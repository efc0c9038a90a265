"""The forms in which an answer leaves for other programs: SPARQL 1.1 CSV, TSV and JSON.

Rows that have no triples of their own become triples in the W3C result-set vocabulary. This module
alone knows how a term is written in each; IRIs are always full.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.namespaces import RDF, XSD
from eurohpc_kg.sparql import term_text

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Rows = Sequence[Sequence["Cell"]]

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | None

_WHOLE = frozenset(XSD + name for name in ("integer", "int", "long", "nonNegativeInteger"))
_BROKEN = frozenset(XSD + name for name in ("decimal", "double", "float"))
_RESULT_SET = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"_:{cell.value}" if isinstance(cell, ox.BlankNode) else cell.value


def python_value(cell: Cell) -> Any:
    """Return a term as Python has it; dates stay texts, as precise as they are known."""
    if not isinstance(cell, ox.Literal):
        return None if cell is None else plain(cell)
    kind = cell.datatype.value
    try:
        if kind in _WHOLE:
            return int(cell.value)
        if kind in _BROKEN:
            return float(cell.value)
    except ValueError:
        return cell.value
    return cell.value in ("true", "1") if kind == XSD + "boolean" else cell.value


def csv(columns: Sequence[str], rows: Rows) -> str:
    """Write SPARQL 1.1 CSV, with ``\\n`` after each row as Unix tools expect it."""
    lines = [columns, *([plain(cell) for cell in row] for row in rows)]
    return "".join(",".join(map(quoted, line)) + "\n" for line in lines)


def tsv(columns: Sequence[str], rows: Rows) -> str:
    """Write SPARQL 1.1 TSV."""
    head = "\t".join("?" + name for name in columns)
    body = ("\t".join(_turtle(cell) for cell in row) for row in rows)
    return "".join(line + "\n" for line in (head, *body))


def json_results(columns: Sequence[str], rows: Rows) -> str:
    """Write the SPARQL 1.1 Query Results JSON Format."""
    import json

    bindings = [
        {name: _binding(cell) for name, cell in zip(columns, row, strict=True) if cell is not None}
        for row in rows
    ]
    body = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def boolean_json(value: bool) -> str:
    """Write the answer to ASK in the same format."""
    return f'{{"head": {{}}, "boolean": {str(value).lower()}}}\n'


def result_set(columns: Sequence[str], rows: Rows) -> list[ox.Triple]:
    """Write the rows in the W3C result-set vocabulary, which Jena and others read back."""
    rs = {
        n: ox.NamedNode(_RESULT_SET + n)
        for n in (
            "ResultSet",
            "resultVariable",
            "solution",
            "binding",
            "variable",
            "value",
            "index",
        )
    }
    a = ox.NamedNode(RDF + "type")
    top = ox.BlankNode("results")
    triples = [ox.Triple(top, a, rs["ResultSet"])]
    triples += [ox.Triple(top, rs["resultVariable"], ox.Literal(c)) for c in columns]
    for n, row in enumerate(rows, 1):
        solution = ox.BlankNode(f"row{n}")
        triples.append(ox.Triple(top, rs["solution"], solution))
        triples.append(ox.Triple(solution, rs["index"], ox.Literal(n)))
        for i, (name, cell) in enumerate(zip(columns, row, strict=True)):
            if cell is not None:
                binding = ox.BlankNode(f"row{n}c{i}")
                triples.append(ox.Triple(solution, rs["binding"], binding))
                triples.append(ox.Triple(binding, rs["variable"], ox.Literal(name)))
                triples.append(ox.Triple(binding, rs["value"], cell))
    return triples


def _turtle(cell: Cell) -> str:
    if isinstance(cell, ox.BlankNode):
        return f"_:{cell.value}"
    return "" if cell is None else term_text(cell)


def quoted(text: str) -> str:
    """Return a text as a cell of CSV."""
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _binding(cell: Cell) -> dict[str, str]:
    if isinstance(cell, ox.NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, ox.BlankNode):
        return {"type": "bnode", "value": cell.value}
    assert isinstance(cell, ox.Literal)
    binding = {"type": "literal", "value": cell.value}
    if cell.language:
        binding["xml:lang"] = cell.language
    elif cell.datatype.value != XSD + "string":
        binding["datatype"] = cell.datatype.value
    return binding
