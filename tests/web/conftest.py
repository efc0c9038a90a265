"""One small content, built once, and the server over it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra web is not installed")

sys.path.insert(0, str(Path(__file__).parents[1]))

from starlette.testclient import TestClient

from eurohpc_kg.repository import Repository
from eurohpc_kg.store import build, building
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.publish import Publisher
from eurohpc_kg.web.server import application
from eurohpc_kg.web.serving import Serving, Settings
from eurohpc_kg.web.workers import Bounds
from web_content import EXAMINER, make_web_content

BOUNDS = Bounds(seconds=3.0, rows=50, bytes=2_000_000, memory=800_000_000, at_once=2)


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Repository, Path]]:
    """Build the small content with a cache of its own; a session needs one only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EUROHPC_KG_CACHE", str(tmp_path_factory.mktemp("cache")))
        repository = make_web_content(tmp_path_factory.mktemp("content"))
        patch.setenv("EUROHPC_KG_ROOT", str(repository.root))
        patch.setattr(building, "EXAMINER", EXAMINER)
        yield repository, build(repository)


@pytest.fixture(scope="session")
def built(content: tuple[Repository, Path]) -> Build:
    return Build(*content)


@pytest.fixture(scope="session")
def publisher(built: Build) -> Publisher:
    return Publisher(built)


@pytest.fixture(scope="session")
def client(content: tuple[Repository, Path]) -> Iterator[TestClient]:
    settings = Settings(BOUNDS)
    log: list[str] = []
    app = application(Serving(*content, settings, log.append), log.append)
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as made:
        made.log = log  # type: ignore[attr-defined]
        yield made
