"""Parts of a question: its sub-queries, each with its answer as the ``VALUES`` that gives the same.

By the rules of SPARQL a sub-query is answered before what is around it, and knows nothing of that.
So its answer may stand in its place, as long as no value is given to a parameter within it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from eurohpc_kg.questions import Question
from eurohpc_kg.questions.parameters import values_lines
from eurohpc_kg.sparql import term_text
from eurohpc_kg.sparql.marks import MARK

MOST_ROWS = 5_000
"""A part with more is left as it is: to read its answer takes longer than to ask it."""


def parts(store: ox.Store, question: Question) -> Iterator[tuple[str, str]]:
    """Yield each sub-query that some parameter of the question does not reach, and its answer."""
    lines = question.text.splitlines(keepends=True)
    prologue = "".join(line for line in lines if line.startswith("PREFIX "))
    for start, end in sub_queries(question.text):
        part = question.text[start:end].rstrip()
        reached = {name for _, name, _ in values_lines(part)}
        if reached.issuperset(question.parameters):
            continue
        found = store.query(prologue + part, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        rows = [list(solution) for solution in found]
        terms = {type(term) for row in rows for term in row}
        if len(rows) <= MOST_ROWS and terms <= {ox.NamedNode, ox.Literal, type(None)}:
            yield part, _values([variable.value for variable in found.variables], rows)


def _values(names: list[str], rows: list[list[ox.NamedNode | ox.Literal | None]]) -> str:
    """Write rows as the one ``VALUES`` that gives them."""
    lines = (" ".join("UNDEF" if term is None else term_text(term) for term in row) for row in rows)
    data = "".join(f"({line})\n" for line in lines)
    return f"VALUES ({' '.join('?' + name for name in names)}) {{\n{data}}}"


def sub_queries(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sub-query begins and ends whose answer depends on nothing around it.

    That leaves out what is in ``GRAPH``, ``SERVICE`` or ``EXISTS``, and in another sub-query.

    >>> text = "SELECT * { { SELECT ?a { ?a ?b '}' } } GRAPH ?g { { SELECT ?c { ?c ?d 1 } } } }"
    >>> [text[start:end] for start, end in sub_queries(text)]
    ["SELECT ?a { ?a ?b '}' } "]
    """
    leans: list[bool] = []  # of each open group, whether it depends on what is around it
    before = last = ""
    start = depth = 0
    for match in MARK.finditer(text):
        mark = match.group().upper()
        if mark == "{":
            is_bound = last == "EXISTS" or before in ("GRAPH", "SERVICE", "SILENT")
            leans.append(is_bound or leans[-1:] == [True])
        elif mark == "}":
            if start and len(leans) == depth:
                yield start, match.start()
                start = 0
            del leans[-1:]
        elif mark == "SELECT" and last == "{" and not (start or leans[-1]):
            start, depth = match.start(), len(leans)
        if mark[0] != "#":
            before, last = last, mark
