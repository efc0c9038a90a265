"""The answer to a query: columns and rows of terms, and every form in which they leave.

``Results`` holds pyoxigraph terms, so a number is still as its source writes it. CSV, TSV and
``srj`` follow the SPARQL 1.1 results recommendations (full IRIs, one row a solution); ``table``,
``md``, ``html`` and ``json`` are for people: names instead of IRIs, and rows that differ in nothing
but their source are one row with several sources.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.labels import Names
from eurohpc_kg.names import short_source
from eurohpc_kg.patterns import Pattern
from eurohpc_kg.records import dataclass, field
from eurohpc_kg.results import wire
from eurohpc_kg.results.wire import Cell, plain, python_value

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    import pandas
    import polars

# Short forms of sources shown in one cell of a table before "+n".
_SHOWN = 2
_CITED = Pattern(r"(?<=<td>)(\[\d+\])+(?=</td>)")
_NUMBER = Pattern(r"\[(\d+)\]")


@dataclass(frozen=True)
class Results:
    """Hold an answer. ``form`` is the form of the query; ``notes`` explain the columns.

    ``question`` is the name of the saved question that it answers, empty where it answers none;
    ``values`` are those of its parameters, the defaults too, none where any will do.

    The answer to CONSTRUCT and DESCRIBE has the columns subject, predicate and object; the answer
    to ASK has one column, ``answer``, and one row.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    names: Names = field(repr=False, compare=False)
    form: str = "SELECT"
    title: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    values: Mapping[str, Sequence[Cell]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        """Tell whether there are rows; of ASK, what the answer is."""
        return bool(python_value(self.rows[0][0])) if self.form == "ASK" else bool(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_dicts())

    def __repr__(self) -> str:
        from eurohpc_kg.amounts import amount

        return f"{type(self).__name__}({amount(len(self), 'row')}: {', '.join(self.columns)})"

    def __str__(self) -> str:
        return self.to_table()

    @property
    def source_columns(self) -> tuple[int, ...]:
        """Return which columns hold source documents: ``source``, ``…_source``, ``sources``."""
        return tuple(
            i for i, name in enumerate(self.columns) if name.split("_")[-1] in ("source", "sources")
        )

    def sources(self) -> list[str]:
        """Return the IRIs of the source documents, in the order in which rows name them."""
        found: dict[str, None] = {}
        for row in self.rows:
            for i in self.source_columns:
                found.update(dict.fromkeys(_addresses(row[i])))
        return list(found)

    def in_words(self) -> Results:
        """Return the answer as people read it: names, and one row for what several documents say.

        The IRIs of the documents are in its last column, ``sources``.
        """
        rows = []
        for (cells, sources), line in zip(self.merged(), self.grid()[1], strict=True):
            words = [
                ox.Literal(text) if isinstance(cell, ox.NamedNode) else cell
                for cell, text in zip(cells, line, strict=False)
            ]
            rows.append((*words, *([ox.Literal(" ".join(sources))] if self.source_columns else [])))
        columns = (*self.plain_columns(), *(["sources"] if self.source_columns else []))
        return self.with_rows(columns, tuple(rows), self.notes)

    def with_rows(
        self,
        columns: tuple[str, ...],
        rows: tuple[tuple[Cell, ...], ...],
        notes: Mapping[str, str],
    ) -> Results:
        """Return an answer to the same question with other columns and rows."""
        told = self.names, self.form, self.title, notes, self.question, self.values
        return Results(columns, rows, *told)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a dictionary a row: IRIs and texts as ``str``, numbers and booleans as such."""
        return [dict(zip(self.columns, map(python_value, row), strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """Write SPARQL 1.1 CSV: IRIs and texts plain."""
        return wire.csv(self.columns, self.rows)

    def to_tsv(self) -> str:
        """Write SPARQL 1.1 TSV: each term as in Turtle."""
        return wire.tsv(self.columns, self.rows)

    def to_srj(self) -> str:
        """Write the SPARQL 1.1 Query Results JSON Format."""
        if self.form == "ASK":
            return wire.boolean_json(bool(python_value(self.rows[0][0])))
        return wire.json_results(self.columns, self.rows)

    def to_table(self, width: int = 0, numbers: Mapping[str, int] | None = None) -> str:
        """Lay the answer out for a terminal; ``numbers`` are the footnotes of the sources."""
        from eurohpc_kg.results.tables import text_table

        header, grid = self.grid(numbers)
        return text_table(header, grid, width, self._numeric())

    def to_markdown(self, numbers: Mapping[str, int] | None = None) -> str:
        """Write a Markdown table; with ``numbers``, sources are footnote references."""
        from eurohpc_kg.results.tables import markdown_table

        header, grid = self.grid(numbers)
        text = markdown_table(header, grid, self._numeric())
        for number in (numbers or {}).values():  # the references were escaped as text
            text = text.replace(f"\\[{number}\\]", f"[^{number}]")
        return text

    def to_html(self, numbers: Mapping[str, int] | None = None) -> str:
        """Write an HTML table; with ``numbers``, sources are links to ``#source-<number>``."""
        from eurohpc_kg.results.tables import html_table

        text = html_table(*self.grid(numbers), caption=self.title)
        return _CITED.sub(_links, text) if numbers else text

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas DataFrame; raise `MissingDependencyError` where pandas is missing."""
        from eurohpc_kg.results.frames import pandas_frame

        return pandas_frame(self.columns, self.to_dicts())

    def to_polars(self) -> polars.DataFrame:
        """Return a polars DataFrame; raise `MissingDependencyError` where polars is missing."""
        from eurohpc_kg.results.frames import polars_frame

        return polars_frame(self.columns, self.to_dicts())

    def triples(self) -> list[ox.Triple]:
        """Return the triples of a CONSTRUCT, or any other answer in the result-set vocabulary."""
        if self.form in ("CONSTRUCT", "DESCRIBE"):
            return [ox.Triple(*row) for row in self.rows]  # type: ignore[arg-type]
        return wire.result_set(self.columns, self.rows)

    def merged(self) -> list[tuple[tuple[Cell, ...], list[str]]]:
        """Return the rows without their source columns, each with all the sources it has."""
        named = self.source_columns
        kept = [i for i in range(len(self.columns)) if i not in named]
        found: dict[tuple[Cell, ...], dict[str, None]] = {}
        for row in self.rows:
            sources = found.setdefault(tuple(row[i] for i in kept), {})
            for i in named:
                sources.update(dict.fromkeys(_addresses(row[i])))
        return [(row, list(sources)) for row, sources in found.items()]

    def plain_columns(self) -> list[str]:
        """Return the columns that are not sources."""
        return [c for i, c in enumerate(self.columns) if i not in self.source_columns]

    def grid(self, numbers: Mapping[str, int] | None = None) -> tuple[list[str], list[list[str]]]:
        """Return header and cells as people read them: names, and sources in short at the end."""
        merged = self.merged()
        columns = self.plain_columns()
        labelled = [[self._in_words(cell) for cell in row] for row, _ in merged]
        for i in range(len(columns)):
            cells = [row[i] for row, _ in merged]
            if any(isinstance(cell, ox.NamedNode) for cell in cells) and all(
                line[i] in line[:i] + line[i + 1 :] for line in labelled
            ):
                # The name stands in another column already: show what can be typed.
                for line, cell in zip(labelled, cells, strict=True):
                    if isinstance(cell, ox.NamedNode):
                        line[i] = self.names.prefixes.compact(cell.value)
        if not self.source_columns:
            return columns, labelled
        for line, (_, sources) in zip(labelled, merged, strict=True):
            line.append(_cited(sources, numbers))
        return [*columns, "source"], labelled

    def _in_words(self, cell: Cell) -> str:
        return self.names.label(cell).strip("<>") if isinstance(cell, ox.NamedNode) else plain(cell)

    def _numeric(self) -> list[int]:
        kept = [i for i in range(len(self.columns)) if i not in self.source_columns]
        return [
            place
            for place, i in enumerate(kept)
            if all(r[i] is None or isinstance(python_value(r[i]), (int, float)) for r in self.rows)
        ]


def short_sources(iris: Iterable[str]) -> str:
    """Return the first two of some sources in short, and how many more there are.

    >>> short_sources(SOURCE + name for name in ("b/2025-x", "a/2025-y", "c/undated-z"))
    'a 2025, b 2025 +1'
    """
    shorts = sorted(set(map(short_source, iris)))
    more = f" +{len(shorts) - _SHOWN}" if len(shorts) > _SHOWN else ""
    return ", ".join(shorts[:_SHOWN]) + more


def _addresses(cell: Cell) -> list[str]:
    return plain(cell).split()


def _links(cell: re.Match[str]) -> str:
    return _NUMBER.sub(r'<a href="#source-\1">[\1]</a>', cell[0])


def _cited(sources: Iterable[str], numbers: Mapping[str, int] | None) -> str:
    if numbers is not None:
        return "".join(f"[{number}]" for number in sorted(numbers[iri] for iri in sources))
    return short_sources(sources)
