"""A profile as text, Markdown, JSON, Turtle or JSON-LD.

Text and Markdown number the documents and list them at the end; Turtle and JSON-LD hold the
asserted statements about the thing and its records, as the sources make them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyoxigraph as ox

from eurohpc_kg import documents
from eurohpc_kg.errors import UsageError
from eurohpc_kg.namespaces import RDF, XSD
from eurohpc_kg.results.tables import html_table, markdown_table, text_table
from eurohpc_kg.show.profiles import Profile

FOLLOWS = "follows"
_RDF_TYPE = RDF + "type"
_XSD_STRING = XSD + "string"


class Shown(Profile):
    """A profile that prints as ``eurohpc-kg show`` writes it, and that a notebook shows."""

    def __str__(self) -> str:
        return _text(self, 0)

    def _repr_html_(self) -> str:
        return _html(self)


def write_profile(profile: Profile, form: str, width: int = 0) -> str:
    """Write a profile in one of `FORMS`; ``width`` is that of the terminal, 0 for none."""
    if form not in FORMS:
        raise UsageError(f"{form!r} is no form", remedy="Use one of " + ", ".join(FORMS) + ".")
    return FORMS[form](profile, width)


def _text(profile: Profile, width: int) -> str:
    cited = profile.documents()
    numbers = documents.numbers(cited)
    kinds = f"  ({', '.join(profile.kinds)})" if profile.kinds else ""
    lines = [profile.label + kinds, profile.node.value, ""]
    parts = ["\n".join(lines)]
    for heading, group in profile.groups.items():
        rows = _rows(profile, heading, numbers)
        indented = text_table([], rows, max(width - 2, 0))
        body = "".join(f"  {line}\n" for line in indented.splitlines())
        parts.append(f"\n{heading}\n{body}")
        assert len(rows) == len(group)
    parts.append("\n" + documents.footnotes(cited))
    return "".join(parts)


def _markdown(profile: Profile, _width: int) -> str:
    cited = profile.documents()
    numbers = documents.numbers(cited)
    kinds = f"{', '.join(profile.kinds)} · " if profile.kinds else ""
    parts = [f"# {profile.label}\n\n{kinds}<{profile.node.value}>\n"]
    for heading in profile.groups:
        rows = _rows(profile, heading, numbers)
        table = markdown_table(["what", "value", "detail", "source"], rows)
        for number in numbers.values():
            table = table.replace(f"\\[{number}\\]", f"[^{number}]")
        parts.append(f"\n## {heading.capitalize()}\n\n{table}")
    parts.append("\n" + documents.markdown_footnotes(cited))
    return "".join(parts)


def _html(profile: Profile) -> str:
    cited = profile.documents()
    numbers = documents.numbers(cited)
    head = html_table([profile.label], [[", ".join(profile.kinds)], [profile.node.value]])
    tables = [
        html_table(["what", "value", "detail", "source"], _rows(profile, heading, numbers), heading)
        for heading in profile.groups
    ]
    named = [[f"[{one.number}]", one.line, one.address] for one in cited]
    return "".join([head, *tables, html_table(["", "source", "address"], named)])


def _json(profile: Profile, _width: int) -> str:
    import json

    cited = profile.documents()
    numbers = documents.numbers(cited)
    groups = {
        heading: [
            {
                key: value
                for key, value in (
                    ("what", line.aspect),
                    ("value", line.value),
                    ("iri", line.term.value if isinstance(line.term, ox.NamedNode) else ""),
                    ("detail", line.detail),
                )
                if value
            }
            | (
                {"sources": [numbers[s] for s in line.sources]}
                if line.sources
                else {"follows": True}
            )
            for line in group
        ]
        for heading, group in profile.groups.items()
    }
    body = {
        "iri": profile.node.value,
        "curie": profile.names.prefixes.compact(profile.node.value),
        "name": profile.label,
        "kinds": list(profile.kinds),
        "groups": groups,
        "sources": [document.as_dict() for document in cited],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _turtle(profile: Profile, _width: int) -> str:
    from eurohpc_kg.turtle import write

    return write(profile.triples, profile.names.prefixes)


def _jsonld(profile: Profile, _width: int) -> str:
    import json

    compact = profile.names.prefixes.compact
    subjects: dict[str, dict[str, Any]] = {}
    for triple in profile.triples:
        subject = subjects.setdefault(_name(triple.subject, compact), {})
        if triple.predicate.value == _RDF_TYPE:
            subject.setdefault("@type", []).append(_name(triple.object, compact))
        else:
            key = _name(triple.predicate, compact)
            subject.setdefault(key, []).append(_jsonld_value(triple.object, compact))
    used = {
        name: namespace
        for name, namespace in profile.names.prefixes
        if any(f"<{namespace}" in str(triple) for triple in profile.triples)
    }
    graph = [{"@id": name, **values} for name, values in subjects.items()]
    return json.dumps({"@context": used, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def _jsonld_value(term: Any, compact: Callable[[str], str]) -> dict[str, str]:
    if not isinstance(term, ox.Literal):
        return {"@id": _name(term, compact)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if datatype == _XSD_STRING:
        return {"@value": term.value}
    return {"@value": term.value, "@type": _name(term.datatype, compact)}


def _name(term: Any, compact: Callable[[str], str]) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else compact(term.value).strip("<>")


def _rows(profile: Profile, heading: str, numbers: dict[str, int]) -> list[list[str]]:
    rows = []
    for line in profile.groups[heading]:
        marks = "".join(f"[{number}]" for number in sorted(numbers[s] for s in line.sources))
        rows.append([line.aspect, line.value, line.detail, marks or FOLLOWS])
    return rows


FORMS: dict[str, Callable[[Profile, int], str]] = {
    "text": _text,
    "md": _markdown,
    "json": _json,
    "ttl": _turtle,
    "jsonld": _jsonld,
}
