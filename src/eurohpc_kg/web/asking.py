"""Asking a worker from a thread that writes a page, and the answer as `Results` of ours."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pyoxigraph as ox

from eurohpc_kg.labels import Names
from eurohpc_kg.results import Cell, Results
from eurohpc_kg.web.build import Ask
from eurohpc_kg.web.endpoint import Asked, Plan, fault_of_worker, plan
from eurohpc_kg.web.faults import Refused
from eurohpc_kg.web.workers import Answered, WorkerError, Workers

_FORMS = {"ttl": "nt"}  # what is read back most quickly


def asker(workers: Workers, loop: asyncio.AbstractEventLoop, names: Names) -> Ask:
    """Return a function that answers a query by way of ``workers``, for other threads than the
    loop's; it raises `Refused` where there is no answer."""

    def ask(text: str) -> Results:
        planned = plan_of(text, names)
        future = asyncio.run_coroutine_threadsafe(workers.answer(planned.request), loop)
        try:
            answered = future.result()
        except WorkerError as fault:
            raise Refused(fault_of_worker(fault, workers.bounds)) from fault
        return results_of(planned, answered, names)

    return ask


def plan_of(text: str, names: Names, services: Collection[str] = ()) -> Plan:
    """Return what to ask a worker where the answer is to be shown on a page."""
    planned = plan(Asked(text), "", names.prefixes, services)
    form = planned.request["form"]
    planned.request["form"] = _FORMS.get(form, form)
    return planned


def results_of(planned: Plan, answered: Answered, names: Names) -> Results:
    """Read what a worker sent for `plan_of`."""
    if planned.request["form"] == "nt":
        triples = [quad.triple for quad in ox.parse(answered.body, format=ox.RdfFormat.N_TRIPLES)]
        rows = tuple(sorted((tuple(triple) for triple in triples), key=str))
        return Results(("subject", "predicate", "object"), rows, names, "CONSTRUCT")
    found = ox.parse_query_results(answered.body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Results(("answer",), ((ox.Literal(bool(found)),),), names, "ASK")
    columns = tuple(variable.value for variable in found.variables)
    lists = [i for i, name in enumerate(columns) if name.split("_")[-1] == "sources"]
    return Results(columns, tuple(_row(solution, lists) for solution in found), names)


def _row(solution: ox.QuerySolution, lists: list[int]) -> tuple[Cell, ...]:
    """Return one row; the order inside a GROUP_CONCAT is the engine's, so lists are sorted."""
    cells: list[Cell] = list(solution)
    for i in lists:
        cell = cells[i]
        if isinstance(cell, ox.Literal):
            cells[i] = ox.Literal(" ".join(sorted(cell.value.split())))
    return tuple(cells)
