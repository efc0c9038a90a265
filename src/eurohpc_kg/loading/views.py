"""Views as updates over disguised graphs: the same query, each IRI behind ``staged:``.

In disguise everything keeps its relations, so a view that reads names and makes names does so there
too. What must not be disguised: datatypes and functions of XML Schema, texts, variables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import QuerySyntaxError
from eurohpc_kg.loading.disguise import WORD
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.reason.views import View, read_by
from eurohpc_kg.reason.vocabulary import TYPE

_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>\s*$", re.IGNORECASE | re.MULTILINE)
_FORM = re.compile(r"\s*CONSTRUCT\s*\{(?P<head>[^{}]*)\}\s*WHERE\s*(?P<body>\{.*\})\s*", re.DOTALL)
_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.)*"(?:@[\w-]+)?)|(?P<iri><[^<>\s]*>)|(?P<skip>[?$]\w+|[\w-]*:[\w.-]+)'
    r"|(?P<a>\ba\b)"
)


def insert_of_view(view: View, default: str, named: Sequence[str], target: str) -> str:
    """Return the update that puts what a view makes of disguised graphs into ``target``.

    ``default`` is the graph that a view sees as the union, ``named`` are those it may name. Raises
    `QuerySyntaxError` for a view that is no plain CONSTRUCT query.
    """
    text = _COMMENT.sub("", view.text)
    prefixes = "".join(
        f"PREFIX {prefix}: <{iri if iri == XSD else WORD + iri}>\n"
        for prefix, iri in _PREFIX.findall(text)
    )
    match = _FORM.fullmatch(_PREFIX.sub("", text))
    if match is None:
        raise QuerySyntaxError(
            "the view is no plain CONSTRUCT query",
            place=view.place,
            remedy="Write prefixes, then CONSTRUCT { … } WHERE { … } and nothing after it.",
        )
    using = f"USING <{default}>\n"
    if re.search(r"\bGRAPH\b", match["body"], re.IGNORECASE):
        using += "".join(f"USING NAMED <{name}>\n" for name in named)
    head, body = (_disguised(match[part]) for part in ("head", "body"))
    return f"{prefixes}INSERT {{ GRAPH <{target}> {{ {head} }} }}\n{using}WHERE {body}"


def named_graphs(endpoint: Endpoint, views: Sequence[View], limit: str) -> list[str]:
    """Return the graphs, within ``limit``, in which a ``GRAPH`` clause of a view may match."""
    inside = {
        name
        for view in views
        for clause in re.findall(r"GRAPH\s+\?\w+\s*\{([^{}]*)\}", view.text)
        for name in read_by([view])
        if re.search(rf"\b{re.escape(_local(name))}\b", clause)
    }
    if not inside:
        return []
    values = " ".join(map(str, sorted(inside, key=str)))
    rows = endpoint.select(
        f"SELECT DISTINCT ?g WHERE {{ VALUES ?p {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} {limit} }}"
    )
    return sorted(row[0].value for row in rows if isinstance(row[0], ox.NamedNode))


def _local(name: ox.NamedNode) -> str:
    return re.split(r"[/#]", name.value)[-1]


def _disguised(text: str) -> str:
    def replaced(match: re.Match[str]) -> str:
        if match["iri"]:
            return f"<{WORD}{match['iri'][1:]}"
        return f"<{WORD}{TYPE.value}>" if match["a"] else match.group()

    return _TOKEN.sub(replaced, text)
