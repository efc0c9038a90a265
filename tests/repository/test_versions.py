"""One number for package, ontology and data."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import eurohpc_kg

ROOT = Path(__file__).parents[2]


def written(path: str, pattern: str) -> str:
    found = re.search(pattern, (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{path} has nothing like {pattern}"
    return found.group(1)


def test_every_file_that_names_the_version_names_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"], "hatch reads it from eurohpc_kg/__init__.py"
    assert {
        written("CITATION.cff", r"^version: (\S+)$"),
        written("ontology/ontology.ttl", r'owl:versionInfo "([^"]+)"'),
        written("ontology/ontology.ttl", r"owl:versionIRI <[^>]*/([0-9.]+)>"),
    } == {eurohpc_kg.__version__}
