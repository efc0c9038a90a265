"""Export of the whole graph, from a built store to a file, beside ``oxigraph convert`` of the same
data. The target is at most 2 times its CPU. Memory is measured once more with ten times the graph:
a format that streams takes no more for it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measure import measure, table
from eurohpc_kg.export import choose, choose_graphs, export_file
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store.canonical import CanonicalGraph, read_graphs, write_index

FORMATS = {
    "nquads": "nq",
    "trig": "trig",
    "ntriples": "nt",
    "turtle": "ttl",
    "rdfxml": "rdf",
    "jsonld": "jsonld",
    "jsonld-expanded": "jsonld",
    "rdf12": "ttl",
    "reified": "ttl",
    "jelly": "jelly",
}
# What Oxigraph writes of a dataset; it has no union of graphs for the others.
CONVERTED = {"nquads": "nq", "trig": "trig", "jsonld": "jsonld"}
TIMES = 10
CODE = """
import sys
from pathlib import Path
from eurohpc_kg.export import choose, export_file
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store.canonical import read_graphs
name, folder, target = sys.argv[1:]
export_file(choose([name])[0], read_graphs(Path(folder)), find_repository(), Path(target))
"""


def main() -> str:
    """Measure every streaming format; return a table."""
    oxigraph = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    repository = find_repository()
    graphs = choose_graphs(repository)
    folder = graphs[0].path.parent
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        data = work / "data.nq"
        export_file(choose(["nquads"])[0], graphs, repository, data)
        large = _larger(graphs, work / "large")
        rows = []
        for form, ending in FORMATS.items():
            target = str(work / f"out.{ending}")
            command = [sys.executable, "-m", "eurohpc_kg", "export", form, "-o", target]
            peer = [oxigraph, "convert", "--from-file", str(data), "--to-file", f"{target}2"]
            peer += ["--to-format", CONVERTED.get(form, ending)]
            commands = {"export": command}
            if Path(oxigraph).exists() and form in CONVERTED:
                commands["convert"] = peer
            found = measure(commands, runs=3)
            bare = [sys.executable, "-c", CODE, form, str(folder), target]
            grown = [sys.executable, "-c", CODE, form, str(large), target]
            small = measure({"small": bare}, runs=1)["small"]
            big = measure({"big": grown}, runs=1)["big"]
            ours, theirs = found["export"], found.get("convert")
            rows.append(
                [
                    form,
                    f"{ours.cpu:.2f} s",
                    f"{theirs.cpu:.2f} s" if theirs else "-",
                    f"{ours.cpu / theirs.cpu:.1f}" if theirs else "-",
                    f"{small.memory:.0f} MiB",
                    f"{big.memory:.0f} MiB",
                ]
            )
    count = sum(graph.count for graph in graphs)
    head = ["format", "export", "oxigraph convert", "ratio", "memory", f"memory, x{TIMES}"]
    return f"{count:,} quads\n\n{table(head, rows)}"


def _larger(graphs: Iterable[CanonicalGraph], folder: Path) -> Path:
    """Write a store's graphs several times over, each time under other names of things."""
    folder.mkdir()
    kept: list[CanonicalGraph] = []
    with (folder / "graphs.nt").open("wb") as file:
        for number in range(TIMES):
            for graph in graphs:
                start = file.tell()
                for chunk in graph.chunks():
                    file.write(chunk.replace(b"kg/id/", b"kg/id/copy%d-" % number))
                name = f"{graph.name}/copy{number}"
                size = file.tell() - start
                kept.append(
                    CanonicalGraph(
                        name,
                        folder / "graphs.nt",
                        start,
                        size,
                        graph.count,
                        graph.hash,
                        graph.has_blank_nodes,
                    )
                )
    write_index(folder, kept)
    assert len(read_graphs(folder)) == len(kept)
    return folder
