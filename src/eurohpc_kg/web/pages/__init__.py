"""Pages: pure functions from a build of the graph, and what a reader asks, to a page.

`page` finds the function for a path; `paths` lists every page that a static site has. The
functions stand one module a kind of page. See `eurohpc_kg.web`.
"""

from __future__ import annotations

from eurohpc_kg.web.pages.page import Page, write_page
from eurohpc_kg.web.pages.routes import page

__all__ = ["Page", "page", "write_page"]
