"""The page about the shapes: what each class must look like, in words."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from eurohpc_kg.reference.lookups import Folder
from eurohpc_kg.reference.markdown import table
from eurohpc_kg.repository import Repository


def pages(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield one page with a table a class."""
    parts = [
        "# Shapes\n",
        "What the data must look like. A violation can't be published; a warning will be asked "
        "about; an info could be nicer. The name of the rule is the code of its finding.\n",
    ]
    for path in sorted(repository.shapes.glob("*.ttl")):
        folder = Folder(repository, [path])
        nodes = folder.subjects("sh:NodeShape")
        for node in nodes:
            target = folder.value(node, "sh:targetClass")
            about = folder.value(node, "sh:description") or folder.value(node, "rdfs:comment")
            parts.append(f"## {folder.prefixes.compact(node)}\n")
            parts.append(f"{about}{f' Applies to every `{target}`.' if target else ''}\n")
            rows = [
                (
                    f"`{name}`",
                    folder.value(iri, "sh:severity").removeprefix("sh:").lower() or "violation",
                    folder.value(iri, "sh:message"),
                    folder.value(iri, "sh:description"),
                )
                for link in ("sh:property", "sh:sparql")
                for name in folder.values(node, link)
                if (iri := folder.prefixes.expand(name))
            ]
            parts.append(table(("rule", "severity", "what to write", "why"), rows))
    parts.append("## Expected sizes\n")
    parts.append("How many instances of a class there should be (`shapes/sizes.csv`).\n")
    with (repository.shapes / "sizes.csv").open(encoding="utf-8", newline="") as file:
        head, *sizes = csv.reader(file)
    parts.append(table(head, sizes))
    yield "shapes.md", "\n".join(parts)
