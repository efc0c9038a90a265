"""One small content, built once, and the server over it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra web is not installed")

sys.path.insert(0, str(Path(__file__).parents[1]))

from running import Running
from starlette.testclient import TestClient

from eurohpc_kg.repository import Repository
from eurohpc_kg.store import build, building
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.publish import Publisher
from eurohpc_kg.web.server import application
from eurohpc_kg.web.serving import Serving, Settings
from eurohpc_kg.web.workers import Bounds
from web_content import EXAMINER, make_web_content

BOUNDS = Bounds(seconds=8.0, rows=50, bytes=2_000_000, memory=800_000_000, at_once=2)


@contextmanager
def at_home(cache: Path, root: Path) -> Iterator[None]:
    """Let the small content be the one that is found, and let its cache be the cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EUROHPC_KG_CACHE", str(cache))
        patch.setenv("EUROHPC_KG_ROOT", str(root))
        patch.setattr(building, "EXAMINER", EXAMINER)
        yield


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def content(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Repository, Path]:
    """Build the small content with a cache of its own; a session needs one only."""
    repository = make_web_content(tmp_path_factory.mktemp("content"))
    with at_home(cache, repository.root):
        return repository, build(repository)


@pytest.fixture(scope="module", autouse=True)
def home(cache: Path, content: tuple[Repository, Path]) -> Iterator[None]:
    """Be at home for a module only: the tests of other folders ask the real content."""
    with at_home(cache, content[0].root):
        yield


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


@pytest.fixture
def running(content: tuple[Repository, Path]) -> Iterator[Running]:
    """Run a server that a test may end."""
    server = Running(content, "--seconds", "4")
    yield server
    server.close()


@pytest.fixture(scope="module")
def server(content: tuple[Repository, Path]) -> Iterator[Running]:
    """Run a server for the tests of a module, which leave it as it is."""
    server = Running(content, "--seconds", "8")
    yield server
    server.close()
