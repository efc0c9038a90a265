"""What an endpoint holds, what it lacks, and what to do about it.

`examine` asks small questions only and never writes. Each trouble is a `Finding` with its remedy,
so that the command line, tests and programs read the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import pyoxigraph as ox

from eurohpc_kg.amounts import amount
from eurohpc_kg.endpoint.client import Endpoint
from eurohpc_kg.endpoint.product import ALWAYS, LISTED
from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.names import EHPC, GRAPH, NAMESPACE, ONTOLOGY, SOURCE
from eurohpc_kg.namespaces import OWL
from eurohpc_kg.records import dataclass

_LOCK = f"<{NAMESPACE}load#lock> <{NAMESPACE}load#owner>"
_VERSION = OWL + "versionInfo"
# Of what kind a factory is, most documents about it say.
_COUNTED = (
    f"SELECT (COUNT(?x) AS ?every) (COUNT(DISTINCT ?x) AS ?different) {{ ?x a <{EHPC}AIFactory> }}"
)

# Feature -> a query that is true where the feature works.
FEATURES = {
    "sub-queries and aggregates": "ASK { { SELECT (COUNT(*) AS ?n) { VALUES ?x { 1 2 } } } "
    "FILTER(?n = 2) }",
    "VALUES and UNDEF": "ASK { VALUES (?x ?y) { (1 UNDEF) (2 3) } FILTER(?x = 1 && !BOUND(?y)) }",
    "BIND and COALESCE": "ASK { BIND(COALESCE(?nothing, 2) AS ?x) FILTER(?x = 2) }",
    "errors within an expression": "ASK { BIND(COALESCE(1 / 0, 2) AS ?x) FILTER(?x = 2) }",
    "string functions": 'ASK { FILTER(REPLACE("a 1", "^.* ", "") = "1" && STRSTARTS("ab", "a") '
    '&& STRAFTER("a-b", "-") = "b" && SUBSTR("abc", 2) = "bc") }',
    "MAX of texts": 'ASK { { SELECT (MAX(?x) AS ?m) { VALUES ?x { "a" "b" } } } FILTER(?m = "b") }',
    "GROUP_CONCAT": 'ASK { { SELECT (GROUP_CONCAT(?x; separator=" ") AS ?m) '
    '{ VALUES ?x { "a" } } } FILTER(?m = "a") }',
    "NOT EXISTS and MINUS": "ASK { VALUES ?x { 1 } FILTER NOT EXISTS { ?x ?x ?x } "
    "MINUS { VALUES ?x { 2 } } }",
    "property paths": "ASK { FILTER NOT EXISTS { <urn:a> (<urn:b>/^<urn:c>|<urn:d>)+ <urn:e> } }",
    "decimal arithmetic": "ASK { FILTER(0.1 + 0.2 = 0.3) }",
    "partial dates": 'ASK { BIND("2025-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> AS ?d) '
    'FILTER(STR(?d) = "2025-10") }',
}


@dataclass(frozen=True)
class Examination:
    """Hold what was found; ``facts`` are lines for a person, in order."""

    facts: Mapping[str, str]
    report: Report

    def __str__(self) -> str:
        width = max(map(len, self.facts))
        return "".join(f"{name:<{width}}  {text}\n" for name, text in self.facts.items())


def examine(endpoint: Endpoint, version: str = "", expected: Collection[str] = ()) -> Examination:
    """Look at an endpoint; ``version`` and ``expected`` are the version and the graphs of ours."""
    facts: dict[str, str] = {"address": endpoint.address, "product": endpoint.product.title}
    report = Report()

    def found(code: str, problem: str, remedy: str, *, error: bool = False) -> None:
        severity = Severity.ERROR if error else Severity.WARNING
        report.add(Finding("", 0, code, problem, remedy, severity, subject=endpoint.address))

    counts = _counts(endpoint)
    ours = {name: count for name, count in counts.items() if name.startswith(NAMESPACE)}
    sources = [name for name in ours if name.startswith(SOURCE)]
    facts["graphs"] = (
        f"{len(counts):,} in all, {len(ours):,} of ours, {amount(len(sources), 'document')}"
    )
    facts["statements"] = f"{sum(counts.values()):,} in all, {sum(ours.values()):,} of ours"
    held = _value(endpoint, f"SELECT ?v {{ GRAPH ?g {{ <{ONTOLOGY}> <{_VERSION}> ?v }} }}")
    facts["version"] = held or "none"
    facts["default graph"] = _default_graph(endpoint, found, bool(ours))
    facts["counting"] = _counting(endpoint)
    if not ours:
        found(
            "endpoint-empty",
            "it holds nothing of this graph",
            f"Load it: eurohpc-kg load {endpoint.address}",
            error=True,
        )
    elif version and held and held != version:
        found(
            "endpoint-other-version",
            f"it holds version {held}, this program has {version}",
            f"Load the version of this program: eurohpc-kg load {endpoint.address}",
        )
    missing = sorted(set(expected) - set(counts)) if ours else []
    if missing:
        named = ", ".join(name.removeprefix(NAMESPACE) for name in missing[:3])
        more = f" and {len(missing) - 3:,} more" if len(missing) > 3 else ""
        facts["missing"] = f"{amount(len(missing), 'graph')}: {named}{more}"
        found(
            "endpoint-graph-missing",
            f"{amount(len(missing), 'graph is', 'graphs are')} missing: {named}{more}",
            f"Send them: eurohpc-kg load {endpoint.address}",
        )
    staged = [name for name in counts if name.startswith("staged:")]
    is_locked = endpoint.ask(f"ASK {{ GRAPH <{GRAPH}load> {{ {_LOCK} ?who }} }}")
    if staged or is_locked:
        there = amount(len(staged), "staged graph is", "staged graphs are")
        found(
            "endpoint-load-broken-off",
            f"{there if staged else 'a lock is'} there: a load goes on, or was broken off",
            f"Go on with it: eurohpc-kg load {endpoint.address} (or with --undo, remove them)",
        )
    lacking = [name for name, text in FEATURES.items() if not _works(endpoint, text)]
    facts["features"] = f"{len(FEATURES) - len(lacking)} of {len(FEATURES)}"
    for name in lacking:
        found(
            "endpoint-lacks-feature",
            f"{name}: not as SPARQL 1.1 says",
            "Expect other answers where a question uses it; ask the embedded store instead.",
        )
    if endpoint.product.warning:
        facts["loading"] = "not at once: a reader may see some graphs changed and others not yet"
    else:
        facts["loading"] = "at once"
    return Examination(facts, report)


def _default_graph(endpoint: Endpoint, found: Callable[[str, str, str], None], filled: bool) -> str:
    """Say how a question gets the union of all graphs."""
    if endpoint.union == ALWAYS:
        return "the union of all graphs"
    if not filled:
        return "unknown: there is nothing in it"
    if endpoint.union == LISTED:
        found(
            "endpoint-no-union",
            "its default graph is not the union of all graphs",
            "Let the server make it so; until then every question lists all graphs.",
        )
        return "its own; questions list all graphs instead"
    return f"its own; questions ask for the union ({endpoint.product.union_word})"


def _counting(endpoint: Endpoint) -> str:
    """Say how often a statement of several graphs is counted in their union."""
    (row,) = endpoint.select(_COUNTED, union=True)
    every, different = (int(cell.value) for cell in row if isinstance(cell, ox.Literal))
    if every > different:
        return "a statement counts once for each graph that has it: write COUNT(DISTINCT …)"
    return "a statement counts once, however many graphs have it" if every else "unknown"


def _counts(endpoint: Endpoint) -> dict[str, int]:
    rows = endpoint.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {
        name.value: int(count.value)
        for name, count in rows
        if isinstance(name, ox.NamedNode) and isinstance(count, ox.Literal) and int(count.value)
    }


def _value(endpoint: Endpoint, text: str) -> str:
    row = next(iter(endpoint.select(text)), None)
    return row[0].value if row is not None and isinstance(row[0], ox.Literal) else ""


def _works(endpoint: Endpoint, text: str) -> bool:
    try:
        return endpoint.ask(text, union=True)
    except EurohpcKgError:
        return False
