"""Write the golden answer of every saved question anew: ``make golden``; the diff is the review.

Each question is asked with its defaults over the real data; its answer stands in
``tests/golden/questions/<slug>.csv``.
"""

from __future__ import annotations

from pathlib import Path

from eurohpc_kg import Graph, Question, load

FOLDER = Path(__file__).parent / "questions"


def golden_path(question: Question) -> Path:
    """Return where the golden answer of a question stands."""
    return FOLDER / f"{question.slug}.csv"


def golden_text(graph: Graph, question: Question) -> str:
    """Return the answer of a question with its defaults, as the golden file holds it."""
    return graph.ask_question(question, {}).to_csv()


def main() -> None:
    """Write every file, and remove those of questions that are gone."""
    graph = load()
    FOLDER.mkdir(exist_ok=True)
    kept = set()
    for question in graph.questions():
        path = golden_path(question)
        path.write_text(golden_text(graph, question), encoding="utf-8", newline="")
        kept.add(path)
    for path in set(FOLDER.glob("*.csv")) - kept:
        path.unlink()


if __name__ == "__main__":
    main()
