"""Debian's Chromium, driven by Playwright, before a server over the whole built store.

All of it is skipped where Chromium or Playwright isn't installed: ``make test-browser`` installs
them. `EUROHPC_KG_CHROMIUM` names another Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra web is not installed")
pytest.importorskip("playwright", reason="the extra browser is not installed: make test-browser")

sys.path.insert(0, str(Path(__file__).parent))

from playwright.sync_api import Browser, sync_playwright
from reading import MANNERS, Manner, Reader

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("EUROHPC_KG_CHROMIUM") or shutil.which("chromium") or ""
# No name is looked up but loopback's; the sandbox of Chromium needs more than a container gives.
ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-dev-shm-usage"]

Opens = Callable[..., Reader]


@contextmanager
def serving() -> Iterator[str]:
    """Serve the built store on a port of its own; end it with the block."""
    command = [sys.executable, "-m", "eurohpc_kg", "serve", "--port", "0", "--quiet"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said += line
            if line.startswith("serving at "):
                break
        assert said.rpartition("serving at ")[1], f"the server ended by itself: {said}"
        yield said.rpartition("serving at ")[2].strip()
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Return the address of the server."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return one browser for a module: Playwright's loop must not run beside other tests."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: make test-browser")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, chromium_sandbox=False
        )
        yield found
        found.close()


@pytest.fixture
def opens(browser: Browser, address: str) -> Iterator[Opens]:
    """Return a function that seats a reader; each is watched, and judged at the end."""
    seated: list[Reader] = []

    def seat(manner: Manner = MANNERS[0], at: str = address) -> Reader:
        seated.append(Reader(browser, at, manner))
        return seated[-1]

    yield seat
    for reader in seated:
        reader.close()


@pytest.fixture(params=MANNERS, ids=str)
def reader(request: pytest.FixtureRequest, opens: Opens) -> Reader:
    """Return a reader in each manner."""
    return opens(request.param)
