"""HDT as hdt-java, the format's own implementation, reads it back.

pyhdtkit asks for Python 3.12, and hdt-java for a JVM: `.ci/run` installs both, elsewhere it is
skipped.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.errors import MissingDependencyError
from eurohpc_kg.export import choose
from eurohpc_kg.export.exporting import require_libraries
from eurohpc_kg.export.formats.hdt import spelling
from exporting import canonical, make_dataset, triples_of, written
from stores.servers import HOME

HAS_WRITER = importlib.util.find_spec("pyhdtkit") is not None
HDT_JAVA = HOME / "hdt"
PAIR = re.compile(rb"\\u[Dd][89ABab]..\\u[Dd][C-Fc-f]..")

writer = pytest.mark.skipif(not HAS_WRITER, reason="pyhdtkit is not installed: .ci/run does")


@writer
@pytest.mark.skipif(not HDT_JAVA.is_dir(), reason="tests/stores/install/hdt.sh was not run")
def test_it_comes_back_through_hdt_java(tmp_path: Path) -> None:
    dataset = make_dataset(tmp_path)
    path, back = tmp_path / "file.hdt", tmp_path / "back.nt"
    path.write_bytes(written(dataset, "hdt"))
    words = ["java", "-cp", f"{HDT_JAVA}/*", "org.rdfhdt.hdt.tools.HDT2RDF", str(path), str(back)]
    subprocess.run(words, capture_output=True, check=True, timeout=120)
    found = ox.parse(PAIR.sub(_character, back.read_bytes()), format=ox.RdfFormat.N_TRIPLES)
    assert canonical(found) == triples_of(dataset)


def _character(pair: re.Match[bytes]) -> bytes:
    """Return the character that Java writes as two escapes, which N-Triples does not allow."""
    return (
        pair[0].decode("unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16").encode()
    )


@writer
def test_it_comes_back_through_its_own_library(tmp_path: Path) -> None:
    from pyhdtkit.hdt.reader import read_hdt

    dataset = make_dataset(tmp_path)
    path = tmp_path / "file.hdt"
    path.write_bytes(written(dataset, "hdt"))
    lines = [line.decode() for line in dataset.triples()]
    wanted = {tuple(map(spelling, line[:-3].split(" ", 2))) for line in lines}
    assert set(read_hdt(path)) == wanted


def test_without_the_library_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhdtkit", None)
    with pytest.raises(MissingDependencyError) as caught:
        require_libraries(choose(["hdt"]))
    assert "Python 3.12" in caught.value.remedy
    assert "rdf2hdt" in caught.value.remedy
