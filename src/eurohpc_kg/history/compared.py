"""Two versions beside each other: what came, went and changed, by thing; which answers change.

The exact difference is there at once; what is for readers (`Compared.things` and so on) is worked
out when it is asked for, so a patch does not wait for it.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from eurohpc_kg.errors import InputError
from eurohpc_kg.history.answers import AnswerChange, changed_answers
from eurohpc_kg.history.difference import Difference
from eurohpc_kg.history.pairs import ADDED, CHANGED, GONE, Change, changes
from eurohpc_kg.history.reasons import RULE, Reason, reasons_of_graphs
from eurohpc_kg.history.sides import Side
from eurohpc_kg.history.things import Entry, entries
from eurohpc_kg.names import GRAPH
from eurohpc_kg.questions import all_questions
from eurohpc_kg.repository import Repository

INFERRED = GRAPH + "inferred"
ONTOLOGY = GRAPH + "ontology"


class Compared:
    """Hold two versions and what leads from one to the other."""

    def __init__(self, before: Side, after: Side, here: Repository, exact: Difference) -> None:
        self.before = before
        self.after = after
        self.difference = exact
        self._here = here

    def __bool__(self) -> bool:
        return bool(self.difference)

    @cached_property
    def changes(self) -> list[Change]:
        """What changed, statement by statement."""
        return changes(self.difference, self.before.store, self.after.store)

    @property
    def things(self) -> list[Entry]:
        """What changed about things, by name."""
        return self._entries[0]

    @property
    def documents(self) -> list[Entry]:
        """The source documents that came, went or are described otherwise."""
        return self._entries[1]

    @property
    def rules(self) -> list[Entry]:
        """What changed in the ontology, the shapes and the questions."""
        return self._entries[2]

    @cached_property
    def views(self) -> list[tuple[str, str]]:
        """The views that came, went or changed, each with which of these it did."""
        texts = []
        for side in (self.before, self.after):
            if side.repository is None:
                return []
            texts.append({path.stem: path.read_bytes() for path in _views(side.repository)})
        old, new = texts
        return [
            (name, ADDED if name not in old else GONE if name not in new else CHANGED)
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        ]

    @cached_property
    def answers(self) -> list[AnswerChange]:
        """The saved questions whose answers change."""
        if not self:
            return []
        try:
            questions = all_questions(self.after.repository or self._here)
        except InputError:  # a question of the past need not be one today
            questions = all_questions(self._here)
        return changed_answers(questions, self.before, self.after, self.difference)

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many came, went and changed: of documents, things, statements, and what follows."""
        asserted = [change.kind for change in self.changes if change.graph != INFERRED]
        following = [change.kind for change in self.changes if change.graph == INFERRED]
        return {
            "documents": _tally([entry.kind for entry in self.documents]),
            "things": _tally([entry.kind for entry in self.things]),
            "rules": _tally([entry.kind for entry in self.rules] + [k for _, k in self.views]),
            "statements": _tally(asserted),
            "following": _tally(following),
        }

    @cached_property
    def _entries(self) -> tuple[list[Entry], list[Entry], list[Entry]]:
        reasons = reasons_of_graphs(self.before.graphs, self.after.graphs, self.difference)
        reasons.pop(INFERRED, None)  # that it follows is no reason
        if self.views or ONTOLOGY in reasons:
            reasons[INFERRED] = Reason(RULE)
        return entries(self.changes, self.before, self.after, reasons)


def _views(repository: Repository) -> list[Path]:
    return sorted(repository.views.glob("*.rq")) if repository.views.is_dir() else []


def _tally(kinds: list[str]) -> dict[str, int]:
    return {kind: kinds.count(kind) for kind in (ADDED, GONE, CHANGED)}
