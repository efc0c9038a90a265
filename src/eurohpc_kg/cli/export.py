"""``eurohpc-kg export``: the graph as files for any tool."""

from __future__ import annotations

import argparse
import sys

from eurohpc_kg.amounts import amount
from eurohpc_kg.cli.days import add_days, content
from eurohpc_kg.cli.parsing import address

SUMMARY = "Write the graph as files in any format, with a manifest"
EPILOG = """\
Without -o it lists the formats. A FORMAT is a name, a file's ending (ttl), a group (rdf, tables,
graphs, description) or `all`; nq.gz or turtle.zst writes it compressed. Without a FORMAT these are
written: nquads, trig, turtle, void.

-o DIR       a folder that appears whole or not at all, with manifest.json; an earlier export of
             that name is replaced
-o FILE.nq   one file, in the format of its ending (.gz and .zst too); with a FORMAT that one
-o -         one format on standard output

The same content gives the same bytes; dates come from the data, or from $SOURCE_DATE_EPOCH.
"""
DEFAULT = ("nquads", "trig", "turtle", "void")
# What only somebody says who wants something written.
_MEANT = (
    "formats", "graph", "subset", "steps", "with_inferred", "asserted", "compress", "force",
    "store", "site", "as_of", "on",
)  # fmt: skip
# Endings of files that a format writes into a folder, under names of its own.
_INNER = frozenset(
    (".csv", ".duckdb", ".json", ".parquet", ".sqlite", ".tsv", ".xlsx", ".gz", ".zst")
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from eurohpc_kg.export import Choice


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help="what to write; see below")
    parser.add_argument("-o", "--output", metavar="DIR", help="where to write: DIR, FILE or -")
    parser.add_argument(
        "--graph",
        "--graphs",
        action="append",
        default=[],
        metavar="NAME",
        help="only this named graph (register, ontology, source/vtv/*); may be given again",
    )
    parser.add_argument(
        "--subset",
        action="append",
        default=[],
        metavar="KIND=NAME",
        help="only a part: thing=lumi, class=AIFactory, country=Finland, question=NAME or FILE.rq, "
        "date=2025..2026; may be given again",
    )
    parser.add_argument(
        "--steps",
        type=_steps,
        default=0,
        metavar="N",
        help="with thing=: also what is related to it, N steps away (at most 5)",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--with-inferred",
        action="store_true",
        help="with the graph of what follows from the statements; the default",
    )
    which.add_argument("--asserted", action="store_true", help="only what sources and files state")
    parser.add_argument(
        "--compress", choices=("gzip", "zstd"), default="", help="compress the RDF files"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace a folder that is no earlier export"
    )
    parser.add_argument(
        "--for",
        dest="store",
        default="",
        metavar="STORE",
        help="with the format bulk: virtuoso, qlever, graphdb, neptune or tdb2",
    )
    parser.add_argument(
        "--site",
        type=address,
        metavar="URL",
        help="where it will be published, for descriptions",
    )
    add_days(parser)


def run(arguments: argparse.Namespace) -> int:
    import tempfile
    from pathlib import Path

    from eurohpc_kg.cli.progress import Ticker
    from eurohpc_kg.cli.stopping import stoppable
    from eurohpc_kg.errors import UsageError
    from eurohpc_kg.export import choose, choose_graphs, export, export_file
    from eurohpc_kg.export.subset import read_part, subset

    output = arguments.output
    arguments.formats = _with_store(arguments.formats, arguments.store)
    if output is None:
        choose(arguments.formats, arguments.compress)
        if any(getattr(arguments, name) for name in _MEANT):
            _require_output()
        sys.stdout.write(_list())
        return 0
    single = _single(output, arguments)
    choices = [single] if single else choose(arguments.formats or DEFAULT, arguments.compress)
    parts = [read_part(text) for text in arguments.subset]
    if arguments.steps and not any(part.kind == "thing" for part in parts):
        raise UsageError("--steps goes with --subset thing=NAME", remedy="Name the thing.")
    repository = content(arguments)
    graphs = choose_graphs(repository, arguments.graph, inferred=not arguments.asserted, say=_say)
    known = choose_graphs(repository)
    with (
        stoppable(),
        tempfile.TemporaryDirectory(prefix="eurohpc-kg-") as part,
        Ticker() as ticker,
    ):
        if parts:
            graphs = subset(parts, arguments.steps, graphs, repository, Path(part))
        if single:
            target = None if output == "-" else Path(output)
            export_file(single, graphs, repository, target, known=known, progress=ticker.start)
            return 0
        done = export(
            choices,
            graphs,
            repository,
            Path(output),
            known=known,
            force=arguments.force,
            note=_note(arguments),
            site=arguments.site or "",
            progress=ticker.start,
        )
    count, size = len(done.files) + 1, sum(file.size for file in done.files)
    quads = sum(graph.count for graph in graphs)
    sys.stdout.write(f"{done.target}\n")
    _say(f"{amount(count, 'file')}, {size / 1e6:,.1f} MB, of {amount(quads, 'quad')}")
    return 0


def _with_store(formats: list[str], store: str) -> list[str]:
    """Return the formats with the bulk loader that ``--for`` names in place of ``bulk``."""
    from eurohpc_kg.errors import UsageError
    from eurohpc_kg.export.bulk import LOADERS

    if ("bulk" in formats) != bool(store) or (store and store not in LOADERS):
        problem = "the format bulk needs the store it is for"
        if store:
            known = "it goes with the format bulk"
            problem = known if store in LOADERS else f"there is no bulk loader for {store!r}"
        raise UsageError(
            problem,
            place="--for",
            remedy="Write: eurohpc-kg export bulk --for " + "|".join(LOADERS) + " -o DIR",
        )
    return [f"bulk-{store}" if name == "bulk" else name for name in formats]


def _single(output: str, arguments: argparse.Namespace) -> Choice | None:
    """Return the one format that goes to a file or to stdout, where the output is no folder."""
    from pathlib import Path

    from eurohpc_kg.errors import UsageError
    from eurohpc_kg.export import all_exporters, choose
    from eurohpc_kg.export.compression import split_ending

    if output == "-":
        chosen = choose(arguments.formats, arguments.compress)
        if len(chosen) != 1:
            raise UsageError(
                f"standard output takes one format, not {len(chosen)}",
                place="-o -",
                remedy="Name one format, or give -o DIR.",
            )
        return chosen[0]
    path = Path(output)
    if path.is_dir() or output.endswith("/"):
        return None
    name, compression = split_ending(path.name)
    endings = {e.ending: n for n, e in all_exporters().items() if e.ending and not e.file}
    fitting = [ending for ending in endings if name.endswith(f".{ending}")]
    if not fitting:
        if path.suffix in _INNER:
            raise UsageError(
                f"no format is written to one file ending in {path.suffix}",
                place=f"-o {output}",
                remedy="Give -o DIR: the files in it have names of their own.",
            )
        return None
    # The longest: eurohpc-kg.reified.ttl is no plain Turtle.
    words = arguments.formats or [endings[max(fitting, key=len)]]
    chosen = choose(words, compression or arguments.compress)
    if len(chosen) != 1:
        raise UsageError(
            f"one file takes one format, not {len(chosen)}",
            place=f"-o {output}",
            remedy="Name one format, or give -o DIR.",
        )
    return chosen[0]


def _list() -> str:
    from eurohpc_kg.export import all_exporters
    from eurohpc_kg.export.registry import GROUPS

    exporters = all_exporters()
    width = max(map(len, exporters)) + 2
    lines = []
    for group in GROUPS:
        members = {name: e for name, e in exporters.items() if e.group == group}
        if members:
            lines += [f"{group}:", *(f"  {n:<{width}}{e.summary}" for n, e in members.items()), ""]
    return "\n".join([*lines, "Write some of them with: eurohpc-kg export FORMAT … -o DIR", ""])


def _require_output() -> None:
    from eurohpc_kg.errors import UsageError

    raise UsageError("it is not said where to write", remedy="Give -o DIR, -o FILE or -o -.")


def _steps(text: str) -> int:
    if text not in ("0", "1", "2", "3", "4", "5"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 5")
    return int(text)


def _note(arguments: argparse.Namespace) -> str:
    parts = (
        "without what is inferred" if arguments.asserted else "",
        f"graphs {', '.join(arguments.graph)}" if arguments.graph else "",
        f"subset {', '.join(arguments.subset)}" if arguments.subset else "",
        amount(arguments.steps, "step") if arguments.steps else "",
        f"as of {arguments.as_of}" if arguments.as_of else "",
        f"on {arguments.on}" if arguments.on else "",
    )
    return "; ".join(part for part in parts if part)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
