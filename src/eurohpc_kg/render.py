"""An answer as text in a named form, with or without the documents behind it.

This module alone has the list of forms, and the readable JSON.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.cite.answer import Answer
from eurohpc_kg.results import Cell, Results, python_value

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from eurohpc_kg.documents import Document

# Form -> what it is good for; ``--help`` and the documentation read this.
FORMS = {
    "table": "for a terminal: names, one line for what several sources say",
    "csv": "SPARQL 1.1 CSV: full IRIs, one line a solution",
    "tsv": "SPARQL 1.1 TSV: terms as in Turtle",
    "json": "readable JSON: the question and its values, names, numbers, the sources of each row",
    "srj": "SPARQL 1.1 Query Results JSON",
    "md": "Markdown table",
    "html": "HTML table",
    "ttl": "Turtle: the triples of a CONSTRUCT, else the W3C result-set vocabulary",
    "nt": "N-Triples of the same",
}


def render(results: Results, form: str, *, sources: bool = False, width: int = 0) -> str:
    """Return the answer as text.

    With ``sources``, ``table``, ``md`` and ``html`` end with numbered footnotes; ``json`` always
    has the documents; the other forms have the source columns that the query has. ``width`` is
    that of the terminal, 0 for none.
    """
    if form == "json":
        return to_json(results)
    if form in ("table", "md", "html"):
        return _for_people(results, form, sources, width)
    if form == "ttl":
        from eurohpc_kg.turtle import write

        return write(results.triples(), results.names.prefixes)
    if form == "nt":
        lines = [
            f"{triple.subject} {triple.predicate} {triple.object} ." for triple in results.triples()
        ]
        return "".join(line + "\n" for line in sorted(lines))
    writers = {"csv": results.to_csv, "tsv": results.to_tsv, "srj": results.to_srj}
    return writers[form]()


def to_json(results: Results) -> str:
    """Write ``{"question", "columns", "rows", "sources"}``: a row has its sources by number.

    The answer to a saved question has its ``name`` and the ``values`` of its parameters besides.
    """
    import json

    from eurohpc_kg import documents

    cited = _documents(results)
    numbers = documents.numbers(cited)
    columns = results.plain_columns()
    rows = []
    for cells, sources in results.merged():
        row: dict[str, Any] = {
            name: _value(results, cell) for name, cell in zip(columns, cells, strict=True)
        }
        if results.source_columns:
            row["sources"] = [numbers[iri] for iri in sources]
        rows.append(row)
    taken = {
        name: [_value(results, one) for one in values] for name, values in results.values.items()
    }
    body = {
        "question": results.title,
        **({"name": results.question, "values": taken} if results.question else {}),
        "columns": {name: results.notes.get(name, "") for name in columns},
        "rows": rows,
        "sources": [document.as_dict() for document in cited],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _for_people(results: Results, form: str, sources: bool, width: int) -> str:
    """Lay the answer out, with footnotes if ``sources``."""
    from eurohpc_kg import documents

    cited = _documents(results) if sources else []
    numbers = documents.numbers(cited) if sources else None
    if form == "table":
        notes = documents.footnotes(cited)
        return results.to_table(width, numbers) + ("\n" + notes if notes else "")
    if form == "md":
        notes = documents.markdown_footnotes(cited)
        return results.to_markdown(numbers) + ("\n" + notes if notes else "")
    return results.to_html(numbers) + _html_notes(cited)


def _documents(results: Results) -> list[Document]:
    """Return the documents that the source columns name."""
    from eurohpc_kg import documents

    cited = documents.documents(results)
    if isinstance(results, Answer) and results.is_cited:
        return results.with_addresses(cited)
    return cited


def _value(results: Results, cell: Cell) -> Any:
    if isinstance(cell, ox.NamedNode):
        curie = results.names.prefixes.compact(cell.value)
        label = results.names.label(cell)
        return {"iri": cell.value, "name": label} | ({} if curie[0] == "<" else {"curie": curie})
    return python_value(cell)


def _html_notes(cited: Sequence[Document]) -> str:
    if not cited:
        return ""
    from html import escape

    items = "".join(f'<li id="source-{d.number}">{escape(d.line)}</li>\n' for d in cited)
    return f"<ol>\n{items}</ol>\n"
