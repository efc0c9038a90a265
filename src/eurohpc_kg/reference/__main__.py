"""Write the reference pages, or with ``--check`` say which are out of date."""

from __future__ import annotations

import sys

from eurohpc_kg.reference import pages
from eurohpc_kg.repository import find_repository


def main(words: list[str]) -> int:
    """Write what differs; return 1 where ``--check`` finds a page that is not as it would be."""
    repository = find_repository()
    folder = repository.root / "docs" / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    made = dict(pages(repository))
    stale = [
        name
        for name, text in made.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    gone = [path for path in folder.glob("*.md") if path.name not in made]
    if "--check" in words:
        for name in [*stale, *(path.name for path in gone)]:
            print(f"docs/reference/{name}: out of date\n  Run: make docs", file=sys.stderr)
        return 1 if stale or gone else 0
    for name in stale:
        (folder / name).write_text(made[name], encoding="utf-8")
    for path in gone:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
