"""The pages about the saved queries: questions by group, checks, and views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eurohpc_kg.check.queries import KEYS, VIEW_KEYS
from eurohpc_kg.questions import GROUPS, Question, all_questions
from eurohpc_kg.questions.header import read_header
from eurohpc_kg.reference.markdown import code, table
from eurohpc_kg.repository import Repository


def pages(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield the questions page, the checks page and the views page."""
    yield "questions.md", _questions(all_questions(repository))
    yield "checks.md", _checks(sorted(repository.checks.glob("*.rq")))
    yield "views.md", _views(sorted(repository.views.glob("*.rq")))


def _questions(questions: list[Question]) -> str:
    parts = [
        "# Questions\n",
        f"{len(questions)} saved questions, by group. Each is a SPARQL file of "
        "`queries/questions/`; ask it with `eurohpc-kg ask NAME`.\n",
    ]
    for group, heading in GROUPS.items():
        members = [question for question in questions if question.group == group]
        if members:
            parts.append(f"## {heading}\n")
            parts.extend(_question(question) for question in members)
    return "\n".join(parts)


def _question(question: Question) -> str:
    parameters = [
        (f"`--{name.replace('_', '-')}`", parameter.description, f"`{parameter.usual}`")
        for name, parameter in question.parameters.items()
    ]
    columns = [(f"`{name}`", text) for name, text in question.columns.items()]
    return (
        f"### {question.slug}\n\n**{question.summary}** {question.description}\n\n"
        + (table(("option", "what it takes", "default"), parameters) + "\n" if parameters else "")
        + table(("column", "what it holds"), columns)
    )


def _checks(paths: list[Path]) -> str:
    parts = [
        "# Check queries\n",
        "A row of a check query is a finding; the name of the query is its code. Shapes have a "
        "page of their own.\n",
    ]
    for path in paths:
        header = read_header(path.read_text(encoding="utf-8"), KEYS, str(path))
        tags = header.get("tags", [])
        parts.append(
            f"## {path.stem}\n\n**{header['summary']}** ({header['severity']})\n\n"
            f"- **problem**: {header['problem']}\n- **why**: {header['why']}\n"
            f"- **solution**: {header['solution']}\n"
            + (f"- **tags**: {code(tags)}\n" if isinstance(tags, list) and tags else "")
        )
    return "\n".join(parts)


def _views(paths: list[Path]) -> str:
    parts = [
        "# Views\n",
        "Triples that follow by a written rule beyond OWL 2 RL; they stand in `graph/inferred`.\n",
    ]
    for path in paths:
        header = read_header(path.read_text(encoding="utf-8"), VIEW_KEYS, str(path))
        parts.append(f"## {path.stem}\n\n**{header['summary']}** {header['description']}\n")
    return "\n".join(parts)
