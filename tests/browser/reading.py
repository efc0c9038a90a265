"""A reader at a browser: opens pages as a person does, and notes what a page must never do.

Whatever is opened is watched: a request to another host, a script that fails, anything that the
Content-Security-Policy had to stop is a fault, and `Reader.close` fails on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

PATIENCE = 15_000  # milliseconds for whatever a reader waits for
Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Manner:
    """Say how somebody reads: in which colours, how wide, with scripts or without."""

    scheme: Scheme = "light"
    width: int = 1280
    scripts: bool = True

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}{'' if self.scripts else '-without-scripts'}"


MANNERS = [
    Manner("light", 1280),
    Manner("light", 390),
    Manner("dark", 1280),
    Manner("dark", 390),
    Manner("light", 1280, scripts=False),
    Manner("dark", 390, scripts=False),
]


class Reader:
    """Read at one address in one manner; ``page`` is Playwright's."""

    def __init__(self, browser: Browser, address: str, manner: Manner) -> None:
        self.address, self.manner = address, manner
        self.faults: list[str] = []
        self.context = browser.new_context(
            viewport={"width": manner.width, "height": 900},
            color_scheme=manner.scheme,
            java_script_enabled=manner.scripts,
            locale="en-GB",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self._asks)
        self.context.on("console", self._says)
        self.context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        self.page: Page = self.context.new_page()

    def open(self, path: str) -> Response:
        """Open a page by its path; return the reply. Scripts have run by then."""
        reply = self.page.goto(self.address + path, wait_until="domcontentloaded")
        assert reply is not None
        return reply

    def follow(self, name: str | re.Pattern[str], within: str = "main") -> None:
        """Click the first link of that name, and wait for the page that it leads to."""
        self.goes(self.link(name, within))

    def goes(self, place: Locator) -> None:
        """Click what leads to another page."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            place.click()

    def link(self, name: str | re.Pattern[str], within: str = "main") -> Locator:
        return self.page.locator(within).get_by_role("link", name=name).first

    def press(self, name: str, within: str = "main") -> None:
        """Press the button of that name, and wait for the page that it leads to."""
        self.goes(self.page.locator(within).get_by_role("button", name=name, exact=True).first)

    def text(self, place: str = "main") -> str:
        """Return what stands there, as it is seen."""
        return " ".join(self.page.locator(place).first.inner_text().split())

    def heading(self) -> str:
        return self.text("h1")

    def column(self, name: str, table: str = "table.answer") -> list[str]:
        """Return what stands in a column of an answer, row by row."""
        heads = self.page.locator(f"{table} thead th").all_inner_texts()
        place = [head.split("\n")[0].strip(" ↕↑↓").lower() for head in heads].index(name.lower())
        rows = self.page.locator(f"{table} tbody tr:visible > :nth-child({place + 1})")
        return [" ".join(text.split()) for text in rows.all_inner_texts()]

    def takes(self, link: Locator) -> tuple[str, str]:
        """Download what a link leads to; return its name and its text."""
        with self.page.expect_download() as taken:
            link.click()
        body = taken.value.path().read_text(encoding="utf-8")
        return taken.value.suggested_filename, body

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        root = "document.documentElement"
        wide: int = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        return wide

    def close(self) -> None:
        self.context.close()
        assert not self.faults, "\n".join(self.faults)

    def _asks(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def _says(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Uncaught" in message.text:
            self.faults.append(f"console: {message.text}")
