"""``eurohpc-kg site``: the pages as a folder of files, with the data beside them."""

from __future__ import annotations

import argparse
from pathlib import Path

from eurohpc_kg.amounts import amount
from eurohpc_kg.cli.parsing import above_zero, existing
from eurohpc_kg.errors import MissingDependencyError

SUMMARY = "Write the pages as a folder of files, with the data beside them"
EPILOG = """\
  eurohpc-kg site -o public

Any web server or pages host shows it. With --oxigraph, queries are answered in the reader's own
browser: npm install oxigraph, then --oxigraph node_modules/oxigraph. Only what has changed is
written; exit code 1 where a link leads nowhere.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", required=True, metavar="DIR", help="write the site here")
    parser.add_argument(
        "--oxigraph",
        type=existing,
        metavar="DIR",
        help="the package oxigraph of npm, to answer in the browser",
    )
    parser.add_argument(
        "--jobs", type=above_zero, default=0, metavar="N", help="processes (default: one a core)"
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        from eurohpc_kg.web.site import write_site
    except ImportError as error:
        raise MissingDependencyError(
            f"{error.name} is not installed", remedy="Install it: pip install 'eurohpc-kg[web]'"
        ) from error
    from eurohpc_kg.cli.output import say
    from eurohpc_kg.repository import find_repository
    from eurohpc_kg.store import build

    repository = find_repository()
    written = write_site(
        repository, build(repository, say=say), Path(arguments.output), say,
        jobs=arguments.jobs, engine=arguments.oxigraph,
    )  # fmt: skip
    say(
        f"{amount(written.files, 'file')} in {arguments.output}: {written.changed:,} written,"
        f" {written.removed:,} removed"
    )
    if written.report.findings:
        print(written.report.to_text(), end="")
        return 1
    return 0
