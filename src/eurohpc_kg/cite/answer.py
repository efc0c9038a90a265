"""An answer that can say where each of its rows comes from.

`Answer` is what `Graph.ask` returns: the rows, and on demand the smallest set of
documents behind each (`citations`), the documents of all of them, and their bibliography. The work
is in `citing`, which is imported when a citation is first asked for.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.results import Results

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas
    import polars

    from eurohpc_kg.cite.citation import Citation
    from eurohpc_kg.documents import Document
    from eurohpc_kg.explain import Explainer

SOURCES = "sources"


class Answer(Results):
    """Hold an answer with the query that it answers, so that its sources can be found."""

    query: str
    explainer: Callable[[], Explainer]

    @staticmethod
    def of(results: Results, query: str, explainer: Callable[[], Explainer]) -> Answer:
        """Return an answer that knows its query; ``explainer`` is called when it is needed."""
        answer = Answer(*(getattr(results, name) for name in Results.__match_args__))
        answer.__dict__.update(query=query, explainer=explainer)
        return answer

    @property
    def citations(self) -> list[Citation]:
        """Return what each row rests on, in the order of the rows.

        Raises `QuerySyntaxError` for a query that goes beyond SPARQL 1.1.
        """
        found: list[Citation] | None = self.__dict__.get("_citations")
        if found is None:
            from eurohpc_kg.cite.citing import cite_rows

            found = self.__dict__["_citations"] = cite_rows(self, self.query, self.explainer)
        return found

    @property
    def is_cited(self) -> bool:
        """Tell whether the citations were asked for already."""
        return "_citations" in self.__dict__

    @property
    def documents(self) -> list[Document]:
        """Return the documents that the rows cite, numbered in the order in which they do."""
        from eurohpc_kg.documents import documents_of

        cited = dict.fromkeys(iri for citation in self.citations for iri in citation.cited)
        return self.with_addresses(documents_of(cited, self.names))

    def cite(self, form: str) -> str:
        """Return the bibliography of the answer: ``bibtex`` or ``csl-json``."""
        from eurohpc_kg.cite.bibliography import bibliography

        return bibliography(self.documents, form)

    def with_sources(self) -> Answer:
        """Return the same rows with one more column: the IRIs of each row's documents."""
        name = SOURCES
        while name in self.columns:
            name = "row_" + name
        rows = tuple(
            (*row, ox.Literal(" ".join(citation.cited)))
            for row, citation in zip(self.rows, self.citations, strict=True)
        )
        columns = (*self.columns, name)
        notes = {**self.notes, name: "the documents that support the row"}
        whole = self.with_rows(columns, rows, notes)
        answer = Answer.of(whole, self.query, self.explainer)
        answer.__dict__["_citations"] = self.citations
        return answer

    def with_addresses(self, documents: Iterable[Document]) -> list[Document]:
        """Say of each of the project's own graphs where it has what the rows take from it."""
        return [
            one.quoting(
                dict.fromkeys(
                    address
                    for citation in self.citations
                    if one.iri in citation.own and not citation.documents
                    for address in citation.addresses
                )
            )
            for one in documents
        ]

    def to_pandas(self, sources: bool = False) -> pandas.DataFrame:
        """Return a pandas DataFrame, with a column of each row's documents if ``sources``."""
        return self.with_sources().to_pandas() if sources else super().to_pandas()

    def to_polars(self, sources: bool = False) -> polars.DataFrame:
        """Return a polars DataFrame, with a column of each row's documents if ``sources``."""
        return self.with_sources().to_polars() if sources else super().to_polars()
