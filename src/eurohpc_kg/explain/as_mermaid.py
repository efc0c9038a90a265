"""An explanation as a Mermaid flow chart: documents below, the conclusion on top."""

from __future__ import annotations

from collections.abc import Iterator

from eurohpc_kg.explain.account import Account
from eurohpc_kg.explain.explained import Explained
from eurohpc_kg.explain.proof import ASSERTED, Proof, Statement

_ESCAPES = {'"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "#": "#35;", "`": "#96;"}


def write_mermaid(explanation: Explained, account: Account) -> str:
    """Return the proofs as one chart; a statement that does not follow stands alone."""
    chart = _Chart(account)
    chart.statement(explanation.statement)
    for proof in explanation.proofs:
        chart.draw(proof)
    for missing in explanation.missing:
        chart.draw_missing(explanation.statement, missing.name, missing.needed)
    return "".join(line + "\n" for line in chart.lines())


class _Chart:
    """Give each statement, step and document a node once, and join them."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._nodes: dict[str, str] = {}
        self._links: dict[str, None] = {}
        self._names: dict[object, str] = {}

    def lines(self) -> Iterator[str]:
        yield "flowchart BT"
        for name, shape in self._nodes.items():
            yield f"  {name}{shape}"
        for link in self._links:
            yield f"  {link}"

    def statement(self, statement: Statement) -> str:
        text = self.account.wording.statement(statement)
        return self._node(statement, "s", f'["{_escaped(text)}"]')

    def draw(self, proof: Proof) -> None:
        conclusion = self.statement(proof.statement)
        if proof.kind == ASSERTED:
            for graph in proof.graphs:
                document = self.account.document_of(graph)
                text = f"[{document.number}] {document.title}"
                node = self._node(graph, "d", f'(["{_escaped(text)}"])')
                self._links[f"{node} -.-> {conclusion}"] = None
            return
        parts = self.account.parts(proof)
        key = (proof.statement, proof.name, tuple(part.statement for part in parts))
        if key in self._names:
            return
        step = self._node(key, "r", f'{{{{"{_escaped(proof.name)}"}}}}')
        self._links[f"{step} --> {conclusion}"] = None
        for part in parts:
            self._links[f"{self.statement(part.statement)} --- {step}"] = None
            self.draw(part)

    def draw_missing(self, statement: Statement, name: str, needed: object) -> None:
        if needed is None:
            return
        text = self.account.wording.statement(needed)  # type: ignore[arg-type]
        node = self._node(needed, "m", f'["missing: {_escaped(text)}"]')
        step = self._node((needed, name), "r", f'{{{{"{_escaped(name)}"}}}}')
        self._links[f"{node} -.- {step}"] = None
        self._links[f"{step} -.-> {self.statement(statement)}"] = None

    def _node(self, key: object, letter: str, shape: str) -> str:
        if key not in self._names:
            self._names[key] = f"{letter}{len(self._names) + 1}"
            self._nodes[self._names[key]] = shape
        return self._names[key]


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)
