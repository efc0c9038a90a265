"""W3C's protocol tests as they were approved in 2012: each request and reply written out as text.

Today's manifest has the same in triples, and the graphs as files beside it (`w3c` reads those); the
releases of Jena carry the earlier one, without files. Each graph holds what the tests of updates
put into it: that it is a document.
"""

from __future__ import annotations

import re
from textwrap import dedent

_EXCHANGE = re.compile(
    r"#### Request\n(.*?)\n#### Response\n(.*?)(?=\nfollowed by|\n####|\Z)", re.S
)
_GRAPH = re.compile(r"http://kasei\.us/2009/09/sparql/data/data\d\.rdf")
_DOCUMENT = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document>"
_OF_A_CONNECTION = ("host", "user-agent", "content-length")


# Its reply was wrong, and W3C wrote the test anew later: there is no such statement in the graph.
WRONG = {"query_multiple_dataset"}


def graphs_of(comment: str) -> list[tuple[str, str]]:
    """Return name and N-Triples of each graph that a test names."""
    names = sorted(set(_GRAPH.findall(comment.replace("%3A", ":").replace("%2F", "/"))))
    return [(name, f"<{name}> {_DOCUMENT} .\n") for name in names]


def exchanges_of(comment: str) -> list[tuple[str, str, dict[str, str], bytes, str]]:
    """Return method, path, headers and body of each request, and the text of its reply."""
    found = []
    for sent, replied in _EXCHANGE.findall(comment):
        head, _, text = dedent(sent).strip().partition("\n\n")
        first, *lines = head.splitlines()
        headers = dict(line.split(": ", 1) for line in lines)
        kept = {k: v for k, v in headers.items() if k.lower() not in _OF_A_CONNECTION}
        method, path = first.split()[:2]
        encoding = "utf-16" if "utf-16" in comment.lower() else "utf-8"
        found.append((method, path, kept, text.encode(encoding), dedent(replied).strip()))
    return found


def expected_of(body: bytes, replied: str) -> tuple[frozenset[str], str, bool | None]:
    """Return the kinds of status, the form and the truth that the text of a reply asks for."""
    form = ""
    if "rdf+xml" in replied:
        form = "RDF"
    elif "sparql-results" in replied:
        form = "tabular" if b"SELECT" in body else "boolean"
    is_true = form == "boolean" and replied.endswith("true")
    return frozenset(re.findall(r"\dxx", replied)), form, True if is_true else None
