"""What is exported comes back through Apache Jena, where its ``riot`` is installed.

``riot`` is looked for on the PATH and in ``$JENA_HOME/bin``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from exporting import canonical, make_dataset, quads_of, triples_of, written

RIOT = shutil.which("riot") or shutil.which(
    "riot",
    path=os.path.join(os.environ.get("JENA_HOME", "/nowhere"), "bin"),  # noqa: PTH118
)
FORMATS = {
    "nquads": "nq",
    "trig": "trig",
    "jsonld": "jsonld",
    "jsonld-expanded": "jsonld",
    "ntriples": "nt",
    "turtle": "ttl",
    "rdfxml": "rdf",
}

pytestmark = pytest.mark.skipif(RIOT is None, reason="riot of Apache Jena is not installed")


@pytest.mark.parametrize("name", FORMATS)
def test_it_comes_back_through_riot(tmp_path: Path, name: str) -> None:
    dataset = make_dataset(tmp_path)
    path = tmp_path / f"file.{FORMATS[name]}"
    path.write_bytes(written(dataset, name))
    assert RIOT is not None
    done = subprocess.run(
        [RIOT, "--output=nquads", str(path)], capture_output=True, check=True, timeout=120
    )
    found = canonical(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))
    has_graphs = name in ("nquads", "trig", "jsonld", "jsonld-expanded")
    assert found == (quads_of(dataset) if has_graphs else triples_of(dataset))
