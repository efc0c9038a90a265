"""Errors say place, problem and remedy, and carry the exit code of their kind."""

from __future__ import annotations

import inspect

import pytest

from eurohpc_kg import errors

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.EurohpcKgError)
]


def test_an_error_reads_place_problem_remedy() -> None:
    fault = errors.TurtleSyntaxError("no dot", place="a.ttl:3:1", remedy="End with a dot.")
    assert str(fault) == "a.ttl:3:1: no dot\n  End with a dot."


def test_an_error_without_place_and_remedy_is_its_problem() -> None:
    assert str(errors.StoreError("gone")) == "gone"


def test_an_unknown_name_offers_its_candidates() -> None:
    fault = errors.UnknownNameError("nothing is called lumii", candidates=["lumi"])
    assert str(fault) == "nothing is called lumii\n  Did you mean lumi?"
    assert fault.candidates == ("lumi",)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_docstring_draws_every_kind(kind: type[errors.EurohpcKgError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_findings_exit_with_1_usage_with_2_and_the_rest_with_3(
    kind: type[errors.EurohpcKgError],
) -> None:
    usual = 2 if issubclass(kind, errors.UsageError) else 3
    assert kind.exit_code == (1 if kind is errors.RefusedError else usual)
