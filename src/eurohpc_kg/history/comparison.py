"""Two versions compared, in the forms in which a comparison leaves."""

from __future__ import annotations

from eurohpc_kg.errors import UsageError
from eurohpc_kg.history import document, layout, patch
from eurohpc_kg.history.compared import Compared
from eurohpc_kg.history.difference import difference
from eurohpc_kg.history.sides import read_side
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.store.saying import Say, nobody

# Form -> what it is; ``--help`` reads this.
FORMS = {
    "text": "for a terminal",
    "md": "Markdown",
    "json": "everything, with the statements behind each line",
    "rdfp": "RDF Patch",
    "ru": "SPARQL 1.1 Update",
}
_SHOWN = 40  # things of a comparison in a notebook


class Comparison(Compared):
    """Hold two versions, what leads from one to the other, and write it."""

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


def compare(
    before: str, after: str, *, here: Repository | None = None, say: Say = nobody
) -> Comparison:
    """Compare two versions, each a day, a git revision, a file, a folder, or ``now``.

    ``say`` hears what takes long. Raises what `sides.read_side` raises.
    """
    here = here or find_repository()
    old, new = (read_side(text, here, say) for text in (before, after))
    return Comparison(old, new, here, difference(old.graphs, new.graphs))
