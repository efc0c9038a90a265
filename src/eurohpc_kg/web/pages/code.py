"""How to ask the same question from a program: text to copy, for each way of asking."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from urllib.parse import urlencode

from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.records import dataclass


@dataclass(frozen=True)
class Snippet:
    name: str
    text: str


def snippets(slug: str, values: Mapping[str, list[str]]) -> list[Snippet]:
    """Return the code for a question with these values.

    >>> [one.name for one in snippets("documents", {})]
    ['Python', 'Command line', 'curl', 'pandas']
    """
    options = "".join(
        f" --{name.replace('_', '-')} {shlex.quote(one)}"
        for name, several in values.items()
        for one in several
    )
    given = {name: several[0] if len(several) == 1 else several for name, several in values.items()}
    keywords = "".join(f", {name}={_text(value)}" for name, value in given.items())
    query = urlencode(values, doseq=True)
    address = f"{NAMESPACE}question/{slug}.csv" + (f"?{query}" if query else "")
    return [
        Snippet(
            "Python",
            f'from eurohpc_kg import load\n\ngraph = load()\ngraph.ask("{slug}"{keywords})',
        ),
        Snippet("Command line", f"eurohpc-kg ask {slug}{options}"),
        Snippet("curl", f"curl -L {shlex.quote(address)}"),
        Snippet("pandas", f"import pandas as pd\n\nframe = pd.read_csv({_text(address)})"),
    ]


def _text(value: str | list[str]) -> str:
    """Write texts as Python does, with the quotes of the house."""
    return json.dumps(value, ensure_ascii=False)
