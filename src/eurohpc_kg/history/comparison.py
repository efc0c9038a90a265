"""Two versions compared: what to remove and add, what that means by thing, which answers change.

`compare` finds the exact difference at once; what is for readers (`Comparison.things` and so on) is
worked out when it is asked for, so a patch does not wait for it.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from eurohpc_kg.errors import InputError, UsageError
from eurohpc_kg.history.answers import AnswerChange, changed_answers
from eurohpc_kg.history.difference import Difference, difference
from eurohpc_kg.history.pairs import ADDED, CHANGED, GONE, Change, changes
from eurohpc_kg.history.reasons import RULE, Reason, reasons_of_graphs
from eurohpc_kg.history.sides import Side, read_side
from eurohpc_kg.history.things import Entry, entries
from eurohpc_kg.names import GRAPH
from eurohpc_kg.questions import all_questions
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.store import Say

INFERRED = GRAPH + "inferred"
ONTOLOGY = GRAPH + "ontology"

# Form -> what it is; ``--help`` reads this.
FORMS = {
    "text": "for a terminal",
    "md": "Markdown",
    "json": "everything, with the statements behind each line",
    "rdfp": "RDF Patch",
    "ru": "SPARQL 1.1 Update",
}
_SHOWN = 40  # things of a comparison in a notebook


def _nobody(text: str) -> None:
    """Hear nothing."""


class Comparison:
    """Hold two versions and what leads from one to the other."""

    def __init__(self, before: Side, after: Side, here: Repository, exact: Difference) -> None:
        self.before = before
        self.after = after
        self.difference = exact
        self._here = here

    def __bool__(self) -> bool:
        return bool(self.difference)

    def __str__(self) -> str:
        return self.render("text")

    def _repr_markdown_(self) -> str:
        return self.render("md", limit=_SHOWN)

    def render(
        self, form: str, *, limit: int = 0, with_answers: bool = True, width: int = 0
    ) -> str:
        """Return it in one of `FORMS`.

        ``limit`` is for ``text`` and ``md``: how many things, documents and rules, 0 for all. Only
        the patches leave the answers of questions out by themselves.
        """
        from eurohpc_kg.history import document, layout, patch

        if form == "rdfp":
            return patch.rdf_patch(self.difference)
        if form == "ru":
            return patch.sparql_update(self.difference)
        if form == "json":
            return document.to_json(self, with_answers)
        if form == "md":
            return layout.to_markdown(self, limit, with_answers)
        if form == "text":
            return layout.to_text(self, limit, with_answers, width)
        raise UsageError(f"{form!r} is no form", remedy="Use one of " + ", ".join(FORMS) + ".")

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


def compare(
    before: str, after: str, *, here: Repository | None = None, say: Say = _nobody
) -> Comparison:
    """Compare two versions, each a day, a git revision, a file, a folder, or ``now``.

    ``say`` hears what takes long. Raises what `sides.read_side` raises.
    """
    here = here or find_repository()
    old, new = (read_side(text, here, say) for text in (before, after))
    return Comparison(old, new, here, difference(old.graphs, new.graphs))


def _views(repository: Repository) -> list[Path]:
    return sorted(repository.views.glob("*.rq")) if repository.views.is_dir() else []


def _tally(kinds: list[str]) -> dict[str, int]:
    return {kind: kinds.count(kind) for kind in (ADDED, GONE, CHANGED)}
