"""An explanation as a page of HTML: nested lists that fold, the documents as links at the end."""

from __future__ import annotations

from html import escape

from eurohpc_kg import documents as cite
from eurohpc_kg.explain.account import Account
from eurohpc_kg.explain.as_text import write_text
from eurohpc_kg.explain.explained import Explained
from eurohpc_kg.explain.proof import ASSERTED, Proof

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
.proof ul { border-left: 1px solid #888; list-style: none; margin: 0 0 0 .6rem; padding-left: 1rem }
.rule { color: #666; font-size: .9em }
"""


def write_html(explanation: Explained, account: Account) -> str:
    """Return a whole page, to be opened as it is."""
    title = escape(account.wording.statement(explanation.statement))
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"{fragment(explanation, account)}</body>\n</html>\n"
    )


def fragment(explanation: Explained, account: Account) -> str:
    """Return the explanation alone, to be put into another page."""
    if not explanation.follows:
        return f"<pre>{escape(write_text(explanation, account))}</pre>\n"
    proofs = "".join(
        f'<section class="proof">\n{_proof(proof, account)}\n</section>\n'
        for proof in explanation.proofs
    )
    notes = "".join(f"{_note(document)}\n" for document in account.documents)
    return f"{proofs}<h2>Sources</h2>\n<ol>\n{notes}</ol>\n"


def _proof(proof: Proof, account: Account) -> str:
    text = escape(account.wording.statement(proof.statement))
    if proof.kind == ASSERTED:
        notes = "".join(
            f' <a href="#source-{number}">[{number}]</a>' for number in account.numbers(proof)
        )
        return f"{text}{notes}"
    reason = escape(account.wording.reason(proof.kind, proof.name, proof.weighed))
    items = "".join(f"<li>{_proof(part, account)}</li>\n" for part in account.parts(proof))
    return (
        f'<details open><summary>{text}</summary>\n<div class="rule">{reason}</div>\n'
        f"<ul>\n{items}</ul>\n</details>"
    )


def _note(document: cite.Document) -> str:
    line = escape(document.line)
    if document.address.startswith(("https://", "http://")):
        line = f'<a href="{escape(document.address)}">{line}</a>'
    return f'<li id="source-{document.number}">{line}</li>'
