"""Where sources disagree about a thing: the values side by side, and which one is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from markupsafe import Markup

from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.records import dataclass
from eurohpc_kg.trust.judge import APART
from eurohpc_kg.trust.report import value_text
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.facts import joined
from eurohpc_kg.web.pages.filters import day, escaped, values

if TYPE_CHECKING:
    from eurohpc_kg.trust import Conflict
    from eurohpc_kg.trust.claims import Claim
    from eurohpc_kg.web.pages.links import Links

_TAKEN = ' <span class="flag">taken</span>'


@dataclass(frozen=True)
class Disagreement:
    """Hold one disagreement in words; ``apart`` is what may set the values apart."""

    aspect: str
    rule: str
    apart: list[str]
    claims: list[Value]

    def rows(self, links: Links) -> Markup:
        """Return the rows of the table of values."""
        return joined(one.row(links) for one in self.claims)


@dataclass(frozen=True)
class Value:
    """Hold one of the values: as of when, on which basis, and who says it, with which standing."""

    text: str
    date: str
    note: str
    is_taken: bool
    by: str
    standing: str
    page: str

    def row(self, links: Links) -> str:
        """Return the value as a row of a table."""
        kind, flag = (' class="taken"', _TAKEN) if self.is_taken else ("", "")
        return (
            f"<tr{kind}><td>{escaped(values(day(self.text)))}{flag}</td>"
            f"<td>{escaped(day(self.date))}</td><td>{escaped(self.note)}</td>"
            f'<td><a href="{escaped(links.to(self.page))}">{escaped(self.by)}</a>,'
            f" {escaped(self.standing)}</td></tr>\n"
        )


def disagreements(build: Build, node: ox.NamedNode) -> list[Disagreement]:
    """Return where sources disagree about a thing."""
    return [_in_words(build, one) for one in build.conflicts_of(node)]


def _in_words(build: Build, one: Conflict) -> Disagreement:
    return Disagreement(
        build.names.label(one.aspect),
        one.rule,
        [APART[name] for name in one.apart],
        [_value(build, claim, is_taken=claim == one.taken) for claim in one.claims],
    )


def _value(build: Build, claim: Claim, *, is_taken: bool) -> Value:
    (document,) = build.documents([claim.document])
    return Value(
        value_text(claim, build.names),
        claim.date,
        ", ".join(filter(None, (claim.basis, claim.scope))),
        is_taken,
        document.publisher or document.title,
        document.standing,
        claim.document.removeprefix(NAMESPACE),
    )
