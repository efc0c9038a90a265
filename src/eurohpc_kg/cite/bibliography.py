"""Bibliographies: documents as BibTeX and as CSL-JSON.

The author of a document is its publisher, as an organisation; natural persons are not named. A
date is as precise as it is known. BibTeX keeps letters outside ASCII as UTF-8, and writes every
sign that TeX would take as its own in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from eurohpc_kg.documents import Document
from eurohpc_kg.errors import UsageError
from eurohpc_kg.names import NAMESPACE, SOURCE

FORMS = ("bibtex", "csl-json")

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "$&%#_"},
}
_SPECIAL = re.compile(r"[\\{}~^$&%#_]")


def bibliography(documents: Iterable[Document], form: str) -> str:
    """Return documents as ``bibtex`` or ``csl-json``; raise `UsageError` for another form."""
    if form == "bibtex":
        return bibtex(documents)
    if form == "csl-json":
        return csl_json(documents)
    raise UsageError(f"{form!r} is no form of a bibliography", remedy=f"Use {' or '.join(FORMS)}.")


def bibtex(documents: Iterable[Document]) -> str:
    """Write one ``@misc`` a document, with a blank line between."""
    return "\n".join(map(_entry, documents))


def csl_json(documents: Iterable[Document]) -> str:
    """Write an array of items, as the schema of CSL-JSON 1.0 demands."""
    return json.dumps([_item(one) for one in documents], ensure_ascii=False, indent=2) + "\n"


def key(document: Document) -> str:
    """Return the key of a document: the last parts of its IRI.

    >>> key(Document(1, SOURCE + "vtv/2025-10-12-six-more", "", "", "", "", ""))
    'vtv:2025-10-12-six-more'
    """
    name = document.iri.removeprefix(SOURCE).removeprefix(NAMESPACE)
    return ":".join(re.sub(r"[^A-Za-z0-9.-]", "-", part) for part in name.split("/"))


def tex(text: str) -> str:
    r"""Write a text so that TeX prints it as it is, with braces that match.

    >>> tex("R&D at 100 %: {a_b}")
    'R\\&D at 100 \\%: \\textbraceleft{}a\\_b\\textbraceright{}'
    """
    return _SPECIAL.sub(lambda match: _TEX[match.group()], " ".join(text.split()))


def _entry(document: Document) -> str:
    fields = {"title": f"{{{{{tex(document.title)}}}}}"}
    if document.publisher:
        fields["author"] = f"{{{{{tex(document.publisher)}}}}}"
    if parts := _parts(document.issued):
        fields["date"] = f"{{{document.issued}}}"
        fields["year"] = f"{{{parts[0]:04}}}"
        if len(parts) > 1:
            fields["month"] = _MONTHS[parts[1] - 1]
    fields["url"] = f"{{{document.address}}}"
    if _parts(document.retrieved):
        fields["urldate"] = f"{{{document.retrieved}}}"
    if note := _note(document):
        fields["note"] = f"{{{tex(note)}}}"
    body = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@misc{{{key(document)},\n{body}}}\n"


def _item(document: Document) -> dict[str, Any]:
    item: dict[str, Any] = {"id": key(document), "type": "webpage", "title": document.title}
    if document.publisher:
        item["author"] = [{"literal": document.publisher}]
    if parts := _parts(document.issued):
        item["issued"] = {"date-parts": [parts]}
    if parts := _parts(document.retrieved):
        item["accessed"] = {"date-parts": [parts]}
    item["URL"] = document.address
    if note := _note(document):
        item["note"] = note
    return item


def _note(document: Document) -> str:
    """Return what is worth saying beside the usual: the standing, and what is quoted."""
    standing = f"{document.standing.capitalize()} source." if document.standing else ""
    quoted = f"Quotes {document.quoted}." if document.quoted else ""
    return f"{standing} {quoted}".strip()


def _parts(date: str) -> list[int]:
    """Return year, month and day of a date as far as they are known.

    >>> _parts("2025-10"), _parts("undated")
    ([2025, 10], [])
    """
    match = _DATE.fullmatch(date)
    return [int(part) for part in match.groups() if part] if match else []
