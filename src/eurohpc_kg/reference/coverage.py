"""The page ``coverage.md``: what the graph has, how well it is sourced, and what is missing.

`counting` counts; here stands what is shown of it.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eurohpc_kg.graph import from_files
from eurohpc_kg.reference.counting import Coverage, measure
from eurohpc_kg.reference.markdown import table
from eurohpc_kg.repository import Repository

PAGE = Path("docs/reference/coverage.md")
LEFT_OUT = Path("docs/review/left-out-rows.csv")
SHEETS = Path("docs/review/rows-of-the-sheets.csv")

# Column -> what fills it: properties, or quantity, milestone type and ranking by their slugs.
Columns = Mapping[str, tuple[str, ...]]
FACTORIES: Columns = {
    "lead": ("coordinatedBy", "ledBy", "chairedBy"),
    "host": ("hostedBy", "operatedBy", "locatedAt"),
    "place": ("locatedIn",),
    "partners": ("hasPartner",),
    "sectors": ("targetsSector",),
    "services": ("offersService",),
    "users": ("servesTargetGroup",),
    "selected": ("milestone-type/selected", "selectedIn"),
    "budget": ("quantity/total-budget",),
    "EU part": ("quantity/eu-contribution", "quantity/eu-share"),
    "national part": ("quantity/national-contribution", "quantity/national-share"),
    "grant": ("cordisGrantNumber",),
    "planned system": ("plansSystem",),
    "system in use": ("usesSystem",),
    "start": ("milestone-type/operational", "milestone-type/services-started"),
}
SYSTEMS: Columns = {
    "host": ("hostedBy",),
    "place": ("locatedIn",),
    "owner": ("ownedBy",),
    "vendor": ("suppliedBy",),
    "class": ("hasSystemClass",),
    "peak": ("quantity/peak-performance",),
    "LINPACK": ("quantity/sustained-performance", "quantity/linpack-performance", "ranking"),
    "power": ("quantity/power-draw", "ranking"),
    "cost": ("quantity/total-cost", "quantity/contract-value", "quantity/acquisition-cost"),
    "EU part": ("quantity/eu-contribution", "quantity/eu-share"),
    "contract": ("milestone-type/contract-signed",),
    "start": ("milestone-type/operational", "milestone-type/inaugurated"),
    "status": ("status",),
}
QUANTUM: Columns = {
    "host": ("hostedBy",),
    "place": ("locatedIn",),
    "vendor": ("suppliedBy",),
    "technology": ("usesQubitTechnology",),
    "model": ("usesComputingModel",),
    "qubits": ("quantity/physical-qubits", "quantity/planned-qubits"),
    "budget": ("quantity/total-budget", "quantity/total-cost", "quantity/project-cost"),
    "EU part": ("quantity/eu-contribution",),
    "contract": ("milestone-type/contract-signed", "milestone-type/contract-announced"),
    "start": ("milestone-type/operational", "milestone-type/inaugurated"),
    "connected to": ("connectedTo",),
    "status": ("status",),
}

_HPCG = """\
The fact sheets have 739 of the HPCG entries up to June 2026; the other 70 are from the lists' own
spreadsheets. These, imported again, give all 809; the values are those of the TOP500's files too.
"""


def pages(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield the one page."""
    yield PAGE.name, page(repository)


def page(repository: Repository) -> str:
    """Return the page as Markdown."""
    found = measure(from_files(repository))
    own = {slug for slugs in found.classes.values() for slug in slugs if "top500-" not in slug}
    parts = [
        "# Coverage\n",
        "What the graph holds and what it lacks, counted from the files of `data/`. Made by "
        "`make docs`; do not edit it by hand.\n",
        _summary(found),
        "## Things by class\n",
        _class_table(found),
        _matrix("AI Factories", "AIFactory", FACTORIES, found, own),
        _matrix("Supercomputers", "Supercomputer", SYSTEMS, found, own),
        _matrix("Quantum systems", "QuantumSystem", QUANTUM, found, own),
        "## Facts by class and property\n",
        "What source documents state of the things of a class, and how often: relations and texts "
        "by their property, figures by their quantity, changes of state by their type.\n",
        _table(("class", "facts", "of which"), _facts_by_class(found)),
        "## Statements by property\n",
        "How often source documents use a property of the ontology about a thing.\n",
        _table(("property", "statements"), _ranked(found.properties)),
        "## Ranking lists\n",
        _table(("list", "editions", "first", "last", "entries of Europe"), _lists(found)),
        _HPCG,
        "## Rows of the fact sheets\n",
        "The rows of each sheet, and how many of them are in the graph.\n",
        _table(("sheet", "rows", "in the graph", "left out"), _sheets(repository)),
        "Those left out, each with the reason; by property in `docs/review/left-out-rows.csv`.\n",
        _table(("reason", "rows"), _left_out(repository)),
    ]
    return "\n".join(parts)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return the counts, the largest first, equal ones by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _summary(found: Coverage) -> str:
    rows = [
        ("source documents", len(found.all_documents)),
        ("of these primary", len(found.primary & found.all_documents)),
        ("things in the register", len({s for slugs in found.classes.values() for s in slugs})),
        ("figures", found.records["Figure"]),
        ("milestones", found.records["Milestone"]),
        ("status reports", found.records["StatusReport"]),
        ("ranking entries", found.records["RankingEntry"]),
        ("other statements about things", sum(found.properties.values())),
    ]
    return _table(("what", "how many"), rows)


def _class_table(found: Coverage) -> str:
    rows = []
    for name, slugs in sorted(found.classes.items()):
        documents = [len(found.documents[slug]) for slug in slugs]
        placed = sum("locatedIn" in found.facts[slug] for slug in slugs)
        average = f"{sum(documents) / len(slugs):.1f}"
        primary = sum(len(found.documents[slug] & found.primary) for slug in slugs)
        share = f"{100 * primary / (sum(documents) or 1):.0f} %"
        rows.append((f"`{name}`", len(slugs), placed, average, documents.count(1), share))
    head = ("class", "things", "with a place", "documents a thing", "one document only", "primary")
    return _table(head, rows)


def _facts_by_class(found: Coverage) -> Iterator[tuple[str, int, str]]:
    by_class: dict[str, Counter[str]] = defaultdict(Counter)
    of = {slug: name for name, slugs in found.classes.items() for slug in slugs}
    for (slug, property), count in found.said.items():
        if slug in of:
            by_class[of[slug]][property] += count
    for name, counts in sorted(by_class.items()):
        words = ", ".join(f"{property} {count}" for property, count in _ranked(counts))
        yield f"`{name}`", sum(counts.values()), words


def _matrix(title: str, class_: str, columns: Columns, found: Coverage, own: set[str]) -> str:
    """Return a table of which thing has what, with its documents and their primary share."""
    rows: list[Sequence[object]] = []
    slugs = sorted(found.classes.get(class_, set()) & own, key=lambda s: found.labels.get(s, s))
    for slug in slugs:
        marks = ["●" if found.facts[slug] & set(names) else "·" for names in columns.values()]
        documents = found.documents[slug]
        primary = len(documents & found.primary)
        rows.append((found.labels.get(slug, slug), *marks, len(documents), primary))
    totals = (sum(row[i] == "●" for row in rows) for i in range(1, len(columns) + 1))
    full = ("", *(f"{total}/{len(rows)}" for total in totals), "", "")
    head = ("name", *columns, "documents", "primary")
    note = "● stated by a source or in the register, · not; the last line counts.\n"
    return f"## {title}\n\n{note}\n{_table(head, [*rows, full])}"


def _lists(found: Coverage) -> Iterator[tuple[object, ...]]:
    for name in sorted({ranking for ranking, _ in found.lists}):
        entries = {e: count for (ranking, e), count in found.lists.items() if ranking == name}
        yield name, len(entries), min(entries), max(entries), sum(entries.values())


def _sheets(repository: Repository) -> list[tuple[str, ...]]:
    """Return the rows of the table of sheets, and their sum."""
    path = repository.root / SHEETS
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        rows = [tuple(row) for row in csv.reader(file)][1:]
    return [*rows, ("together", *(str(sum(int(row[i]) for row in rows)) for i in (1, 2, 3)))]


def _left_out(repository: Repository) -> list[tuple[str, int]]:
    path = repository.root / LEFT_OUT
    if not path.is_file():
        return []
    reasons: Counter[str] = Counter()
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            reasons[row["reason"]] += int(row["rows"])
    return _ranked(reasons)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return table(head, ([str(cell) for cell in row] for row in rows))
