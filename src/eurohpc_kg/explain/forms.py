"""The forms in which an explanation leaves."""

from __future__ import annotations

from collections.abc import Callable

from eurohpc_kg.errors import UsageError
from eurohpc_kg.explain.account import Account
from eurohpc_kg.explain.as_html import write_html
from eurohpc_kg.explain.as_json import write_json
from eurohpc_kg.explain.as_mermaid import write_mermaid
from eurohpc_kg.explain.as_text import write_text
from eurohpc_kg.explain.as_turtle import write_turtle
from eurohpc_kg.explain.explained import Explained

FORMS: dict[str, Callable[[Explained, Account], str]] = {
    "text": write_text,
    "json": write_json,
    "ttl": write_turtle,
    "mermaid": write_mermaid,
    "html": write_html,
}


def render(explanation: Explained, form: str) -> str:
    """Return an explanation in one of `FORMS`."""
    if form not in FORMS:
        raise UsageError(f"{form!r} is no form", remedy="Use one of " + ", ".join(FORMS) + ".")
    return FORMS[form](explanation, Account(explanation))
