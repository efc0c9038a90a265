"""An explanation as an indented tree, for a terminal.

The conclusion stands at the top, what it rests on below it; a number in brackets is a document.
"""

from __future__ import annotations

from collections.abc import Iterator

from eurohpc_kg.explain.account import Account
from eurohpc_kg.explain.explained import Explained
from eurohpc_kg.explain.proof import ASSERTED, RULE, Missing, Proof, Statement
from eurohpc_kg.explain.wording import LEFT_OUT

# Up to so many other ways are counted for the reader.
_FEW = 20


def write_text(explanation: Explained, account: Account) -> str:
    """Return the proofs as trees with footnotes, or what is missing."""
    if not explanation.follows:
        return _what_is_missing(explanation, account)
    blocks = []
    for number, proof in enumerate(explanation.proofs, 1):
        lines = list(_lines(proof, account, set()))
        if len(explanation.proofs) > 1:
            lines.insert(0, f"{number} of {len(explanation.proofs)}")
        blocks.append("".join(line + "\n" for line in lines))
    return "\n".join([*blocks, account.footnotes()])


def _lines(proof: Proof, account: Account, shown: set[Statement]) -> Iterator[str]:
    text = account.wording.statement(proof.statement)
    if proof.kind == ASSERTED:
        yield " ".join([text, *(f"[{number}]" for number in account.numbers(proof))])
        return
    if proof.statement in shown:
        yield f"{text} (as above)"
        return
    shown.add(proof.statement)
    yield text
    yield f"└─ {account.wording.reason(proof.kind, proof.name, proof.weighed)}"
    parts = account.parts(proof)
    for number, part in enumerate(parts, 1):
        is_last = number == len(parts)
        for i, line in enumerate(_lines(part, account, shown)):
            branch = ("└─ " if is_last else "├─ ") if i == 0 else ("   " if is_last else "│  ")
            yield f"   {branch}{line}"


def _what_is_missing(explanation: Explained, account: Account) -> str:
    wording = account.wording
    lines = [f"{wording.statement(explanation.statement)}: this does not follow."]
    if explanation.left_out:
        lines = [
            f"{wording.statement(explanation.statement)}: the graph leaves this out.",
            f"It is {LEFT_OUT[explanation.left_out]}.",
        ]
    if explanation.instead:
        lines += ["", "What the graph says instead:"]
        lines += [f"  {wording.statement(other)}" for other in explanation.instead]
    if explanation.missing and not explanation.left_out:
        lines += ["", "What would be needed:"]
        for missing in explanation.missing:
            lines += (f"  {line}" for line in _missing(missing, explanation.statement, account))
    elif not explanation.instead and not explanation.left_out:
        lines += ["", "No rule and no view concludes anything like it."]
    return "".join(line + "\n" for line in lines)


def _missing(missing: Missing, statement: Statement, account: Account) -> list[str]:
    """Return what is needed, by which rule or view, and what is there already.

    Of what a view reads only that is shown which is about the statement: the rest is how it
    computes.
    """
    wording = account.wording
    reason = wording.reason(missing.kind, missing.name)
    if missing.needed is None:
        return [f"another choice by {reason}"]
    others = ""
    if missing.others:
        many = "many others" if missing.others > _FEW else f"{missing.others} others"
        others = " (or another like it)" if missing.others == 1 else f" (or one of {many} like it)"
    held = [
        premise
        for premise in missing.held
        if missing.kind == RULE or set(premise[::2]) & set(statement)
    ]
    return [
        f"{wording.statement(missing.needed)}{others}",
        f"└─ by {reason}",
        *(f"   ✓ {wording.statement(premise)}" for premise in held),
    ]
