"""A small repository in a folder of its own, and an examiner that finds no fault with it.

For tests of what surrounds the content: the store, the command line.
"""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from pyoxigraph import Quad

from eurohpc_kg.findings import Report
from eurohpc_kg.graph import assemble
from eurohpc_kg.questions import Question, all_questions
from eurohpc_kg.repository import ROOMS, Repository
from eurohpc_kg.store.runs import Run, runs_of

THING = '@prefix id: <https://w3id.org/eurohpc-kg/id/> .\n\nid:a <urn:label> "A" .\n'


@dataclass
class Examined:
    """Hold what `store.building` asks for."""

    asserted: list[Quad]
    questions: list[Question]
    inferred: list[Quad] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    trail: str = ""

    @property
    def runs(self) -> list[Run]:
        """What is asserted, as N-Quads."""
        return list(runs_of(self.asserted))


def make_repository(folder: Path) -> Repository:
    """Make a repository with one thing in its register."""
    for room in ROOMS:
        (folder / room).mkdir(parents=True)
    prefixes = Path(__file__).parents[1] / "ontology" / "prefixes.ttl"
    shutil.copy(prefixes, folder / "ontology")
    (folder / "data" / "register").mkdir()
    (folder / "data" / "register" / "things.ttl").write_text(THING, encoding="utf-8")
    return Repository(folder)


def examiner(report: Report | None = None, pause: float = 0.0, name: str = "examiner") -> str:
    """Make a module that examines without judging; return its name, for `building.EXAMINER`.

    It counts its calls in ``calls`` and takes ``pause`` seconds for each.
    """
    module = ModuleType(name)

    def examine(repository: Repository) -> Examined:
        module.calls += 1  # type: ignore[attr-defined]
        time.sleep(pause)
        asserted, questions = assemble(repository), all_questions(repository)
        return Examined(asserted, questions, report=report or Report())

    module.calls = 0  # type: ignore[attr-defined]
    module.examine = examine  # type: ignore[attr-defined]
    sys.modules[name] = module
    return name
