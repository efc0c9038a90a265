"""The codes of findings, except those that have a file of their own.

A finding's code is stable: people search for it in the documentation, which is made from this
table. A code that is not here is the name of a shape (``AIFactory-selectedIn``, in ``shapes/``) or
of a check query (``unit-not-of-quantity``, in ``queries/checks/``); each says in its own file what
it means.
"""

from __future__ import annotations

from eurohpc_kg.findings import Finding, Severity
from eurohpc_kg.records import dataclass


@dataclass(frozen=True)
class Code:
    """Say what a code means, how grave it is, and what to do where the place gives no better."""

    severity: Severity
    meaning: str
    remedy: str


CODES: dict[str, Code] = {
    # Files: read one by one.
    "file-encoding": Code(Severity.ERROR, "A file is not UTF-8.", "Save the file as UTF-8."),
    "file-placement": Code(
        Severity.ERROR,
        "A file stands where no graph is filled from, or has another base than its place gives it.",
        "Move the file, or write the base that follows from its place.",
    ),
    "file-size": Code(
        Severity.ERROR, "A file or a literal is larger than any may be.", "Split it."
    ),
    "file-unreadable": Code(
        Severity.ERROR, "A file can't be opened.", "Check its name and its permissions."
    ),
    "house-form": Code(
        Severity.WARNING,
        "A Turtle file is not in the house form, so its findings may lack a line.",
        "Run: eurohpc-kg fmt",
    ),
    "turtle-syntax": Code(
        Severity.ERROR, "A file is not Turtle.", "Correct the text at this place."
    ),
    # Saved queries: read one by one.
    "query-columns": Code(
        Severity.ERROR,
        "The columns in the header of a query are not those that it returns, in their order.",
        "Describe each returned variable in the header, in the order of SELECT.",
    ),
    "query-header": Code(
        Severity.ERROR, "The header of a query can't be read.", "Write it as its neighbours do."
    ),
    "query-order": Code(
        Severity.WARNING,
        "A query has no ORDER BY, so that two runs may give two orders.",
        "Add ORDER BY with the columns that a reader sorts by.",
    ),
    "query-syntax": Code(
        Severity.ERROR, "A file is not a read-only SPARQL query.", "Correct the query there."
    ),
    # The whole graph.
    "class-too-large": Code(
        Severity.WARNING,
        "A class has more instances than shapes/sizes.csv expects.",
        "Look for things that stand twice; if all are right, raise the bound.",
    ),
    "class-too-small": Code(
        Severity.ERROR,
        "A class has fewer instances than shapes/sizes.csv expects.",
        "Look for what was lost; if nothing was, lower the bound.",
    ),
    "inconsistent": Code(
        Severity.ERROR,
        "What is stated contradicts the ontology.",
        "Correct the statement, or the axiom that it contradicts.",
    ),
    "owl-dl-declaration": Code(
        Severity.ERROR,
        "The ontology uses a term that it does not declare.",
        "Declare the term, in ontology/external.ttl if it is somebody else's.",
    ),
    "owl-dl-simple": Code(
        Severity.ERROR,
        "A property that is transitive or follows by a chain is also functional or the like.",
        "Drop one of the two; a shape can count or forbid what an axiom can't.",
    ),
    "near-duplicate-spelling": Code(
        Severity.WARNING,
        "Two things of one kind have names that differ by a slip: a letter or two of one word.",
        "Correct the name that is misspelt, or merge the two if they are one thing; if they are "
        "not, say so with owl:differentFrom, and why in a skos:editorialNote beside it.",
    ),
    "owl-rl-class": Code(
        Severity.ERROR,
        "A class expression stands where OWL 2 RL allows none of its kind.",
        "See OWL 2 Profiles, section 4.2.3, for what may stand there.",
    ),
    "owl-rl-datatype": Code(
        Severity.ERROR,
        "An axiom names a datatype that OWL 2 RL has not.",
        "Use schema:rangeIncludes and a shape for it.",
    ),
    "owl-uncovered": Code(
        Severity.ERROR,
        "The reasoner has no rule for an axiom.",
        "Say it within OWL 2 RL, or as a shape or a view.",
    ),
    "shapes-unusable": Code(
        Severity.ERROR,
        "The shapes can't be compiled.",
        "Correct the shape that the message names.",
    ),
    "sizes-unusable": Code(
        Severity.ERROR,
        "A row of shapes/sizes.csv can't be used.",
        "Write class, least, most and why, with whole numbers and a class of the ontology.",
    ),
    "stages-skipped": Code(
        Severity.WARNING,
        "The graph as a whole was not checked, because a file of it can't be read.",
        "Correct the files named as errors, then check again.",
    ),
}


def finding(
    code: str,
    path: str,
    message: str = "",
    *,
    line: int = 0,
    column: int = 0,
    remedy: str = "",
    subject: str = "",
) -> Finding:
    """Make a finding of `CODES`, with the table's words where none are given."""
    entry = CODES[code]
    return Finding(
        path=path,
        line=line,
        code=code,
        message=message or entry.meaning,
        remedy=remedy or entry.remedy,
        severity=entry.severity,
        column=column,
        subject=subject,
    )
