"""Every operation of the OpenAPI description, with what it allows and what it doesn't, at a server.

Schemathesis makes the requests. A reply must have a status and a media type that the description
tells of, and a fault of the server is none of them. `EUROHPC_KG_FUZZ` is the number of requests an
operation; without it these are skipped, since they take minutes.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from running import Running

EXAMPLES = int(os.environ.get("EUROHPC_KG_FUZZ", "0"))
if not EXAMPLES:
    pytest.skip("EUROHPC_KG_FUZZ=10 runs these", allow_module_level=True)
schemathesis: Any = pytest.importorskip(
    "schemathesis", reason="the extra fuzz is not installed: pip install -e '.[fuzz]'"
)
checks: Any = pytest.importorskip("schemathesis.specs.openapi.checks")

HELD = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@schemathesis.serializer("application/sparql-query")
def _query(_context: Any, value: object) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_every_operation(server: Running, mode: str) -> None:
    described = schemathesis.openapi.from_url(f"{server.address}/-/openapi.json")
    wrong, asked = [], set()
    for found in described.get_all_operations():
        operation = found.ok()
        made = operation.as_strategy(generation_mode=schemathesis.GenerationMode[mode])
        asked.add(operation.label)
        try:
            _send(made)
            if mode == "POSITIVE":
                for example in operation.get_strategies_from_examples():
                    _send(example)
        except Unsatisfiable:  # nothing can be wrong with it
            assert mode == "NEGATIVE"
        except (AssertionError, ExceptionGroup, schemathesis.errors.SchemathesisError) as error:
            wrong.append(f"{operation.label}: {error}")
    assert wrong == []
    assert len(asked) > 100


def _send(made: Any) -> None:
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(case=made)
    def send(case: Any) -> None:
        reply = case.call(timeout=30)
        assert b"Traceback" not in reply.content
        if reply.status_code != 503:  # a query that was stopped in time is told of as that
            case.validate_response(reply, checks=[schemathesis.checks.not_a_server_error])
        case.validate_response(reply, checks=HELD)

    send()


def test_the_server_is_well_afterwards(server: Running) -> None:
    assert server.get("/-/health")[0] == 200
    assert not [line for line in server.said if "Traceback" in line]
    statuses = Counter(json.loads(line)["status"] for line in server.said if line[0] == "{")
    assert statuses.total() > 100 * EXAMPLES
    assert statuses[200] > statuses.total() / 10
    assert {200, 303, 400, 404} <= set(statuses)
