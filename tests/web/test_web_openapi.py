"""The description of the routes tells what there is: neither less nor more."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from eurohpc_kg.web.addresses import OPENAPI, THINGS
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.indexes import INDEXES
from eurohpc_kg.web.openapi import openapi
from eurohpc_kg.web.pages.routes import BELOW, PARAMETERS, SINGLE, page


@pytest.fixture(scope="module")
def told(client: TestClient) -> dict[str, Any]:
    reply = client.get(f"/{OPENAPI}")
    assert reply.headers["content-type"] == "application/json"
    body: dict[str, Any] = reply.json()
    return body


def test_it_is_openapi_made_from_the_build(told: dict[str, Any], built: Build) -> None:
    assert told == json.loads(json.dumps(openapi(built)))
    assert told["openapi"].startswith("3.1.")
    operations = [one for item in told["paths"].values() for one in item.values()]
    identifiers = [one["operationId"] for one in operations]
    assert len(identifiers) == len(set(identifiers))
    for path, item in told["paths"].items():
        for one in item.values():
            pieces = {p["name"] for p in one["parameters"] if p["in"] == "path"}
            assert pieces == set(re.findall(r"\{(\w+)\}", path))


def test_every_route_is_told(told: dict[str, Any], client: TestClient, built: Build) -> None:
    paths = set(told["paths"])
    routes = {one.path for one in client.app.app.routes}  # type: ignore[attr-defined]
    named = {re.sub(r"\{\w+\}$", "", path) for path in paths}
    assert routes - {"/"} <= named
    firsts = {path.strip("/").partition("/")[0].partition(".")[0] for path in paths}
    assert {*THINGS, *BELOW} <= firsts
    assert all(f"/{path}" in paths for path in INDEXES)
    assert all(f"/{path}.html" in paths or f"/{path}.{{form}}" in paths for path in SINGLE)
    for slug, question in built.questions.items():
        parameters = told["paths"][f"/question/{slug}.{{form}}"]["get"]["parameters"]
        asked = {one["name"] for one in parameters if one["in"] == "query"}
        assert asked == set(question.parameters)


class Recorded(dict[str, list[str]]):
    """Values of a reader that remember which of them were asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __bool__(self) -> bool:
        return True

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return default


@pytest.mark.parametrize("path", SINGLE)
def test_what_a_page_reads_is_told(built: Build, path: str) -> None:
    values = Recorded()
    page(built, path, values)
    assert values.asked == set(PARAMETERS.get(path, {}))
