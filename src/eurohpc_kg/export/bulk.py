"""Files for the bulk loaders of triple stores: the data as each one takes it, and the commands.

For stores that load offline, faster than by any request. ``eurohpc-kg load`` adopts what they
loaded: it reads the graphs back, and writes only their hashes.
"""

from __future__ import annotations

import re

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.records import dataclass

DATA = "eurohpc-kg.nq"
_DECIMAL = re.compile(rb'"([+-]?[0-9]*\.?[0-9]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#decimal>')


@dataclass(frozen=True)
class Loader:
    """Say how one product loads offline: more files than the data, and the commands, in order."""

    name: str
    title: str
    commands: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()
    short_decimals: bool = False


LOADERS = {
    loader.name: loader
    for loader in (
        Loader(
            "virtuoso",
            "Virtuoso",
            (
                "# the folder must stand in DirsAllowed of virtuoso.ini; run in this folder",
                "# (Debian calls Virtuoso's isql isql-vt)",
                "isql 1111 dba PASSWORD load.sql",
            ),
            (
                (
                    "load.sql",
                    "-- Replace DIRECTORY by the path of this folder, as the server sees it.\n"
                    f"ld_dir('DIRECTORY', '{DATA}', 'https://w3id.org/eurohpc-kg/graph/none');\n"
                    "rdf_loader_run();\n"
                    "SELECT ll_file, ll_error FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL;\n"
                    "checkpoint;\n",
                ),
            ),
        ),
        Loader(
            "qlever",
            "QLever",
            ("# run in this folder", "qlever index", "qlever start"),
            (
                (
                    "Qleverfile",
                    "[data]\nNAME = eurohpc-kg\nDESCRIPTION = EuroHPC knowledge graph\n"
                    "FORMAT = nq\n\n"
                    f"[index]\nINPUT_FILES = {DATA}\nCAT_INPUT_FILES = cat ${{INPUT_FILES}}\n"
                    'SETTINGS_JSON = {"ascii-prefixes-only": false}\n\n'
                    "[server]\nPORT = 7001\nACCESS_TOKEN = ${data:NAME}\n\n"
                    "[runtime]\nSYSTEM = native\n",
                ),
            ),
        ),
        Loader(
            "graphdb",
            "Ontotext GraphDB",
            (
                "# with GraphDB stopped, into a repository that is there; run in this folder",
                f"importrdf load -f -i REPOSITORY -m parallel {DATA}",
            ),
        ),
        Loader(
            "neptune",
            "Amazon Neptune",
            (
                f"aws s3 cp {DATA} s3://BUCKET/{DATA}",
                "curl -X POST https://CLUSTER:8182/loader -H 'Content-Type: application/json' "
                "-d @loader.json",
            ),
            (
                (
                    "loader.json",
                    '{\n  "source": "s3://BUCKET/' + DATA + '",\n  "format": "nquads",\n'
                    '  "iamRoleArn": "ROLE",\n  "region": "REGION",\n  "failOnError": "TRUE",\n'
                    '  "parallelism": "MEDIUM"\n}\n',
                ),
            ),
        ),
        Loader(
            "tdb2",
            "Apache Jena TDB2",
            (
                "# with no Fuseki on the database; run in this folder",
                f"tdb2.tdbloader --loc DATABASE {DATA}",
            ),
            short_decimals=True,
        ),
    )
}


def exporter_for(name: str) -> Exporter:
    """Return the format of one bulk loader."""
    loader = LOADERS[name]

    def write_folder(dataset: Dataset, folder: Folder) -> None:
        _write(dataset, folder, loader)

    return Exporter(
        f"for the bulk loader of {loader.title}: N-Quads and the commands",
        group="rdf",
        write_folder=write_folder,
        only_named=True,
        rank=90,
    )


def shortened(line: bytes) -> bytes:
    """Write decimals at their shortest, with one place at least: TDB2 can't delete others again.

    >>> shortened(b'"12.50"^^<http://www.w3.org/2001/XMLSchema#decimal>')[:6]
    b'"12.5"'
    """

    def short(match: re.Match[bytes]) -> bytes:
        whole, _, rest = match[1].lstrip(b"+-").partition(b".")
        number = (whole.lstrip(b"0") or b"0") + b"." + (rest.rstrip(b"0") or b"0")
        if match[1].startswith(b"-") and number != b"0.0":
            number = b"-" + number
        return match[0].replace(b'"' + match[1] + b'"', b'"' + number + b'"')

    return _DECIMAL.sub(short, line)


def _write(dataset: Dataset, folder: Folder, loader: Loader) -> None:
    place = f"bulk-{loader.name}"
    (folder.path / place).mkdir()
    with folder.open(
        f"{place}/{DATA}", place, "application/n-quads", f"N-Quads for {loader.title}"
    ) as file:
        for graph in dataset.graphs:
            end = f" <{graph.name}> .\n".encode()
            for chunk in dataset.chunks(graph):
                text = chunk.replace(b" .\n", end)
                file.write(shortened(text) if loader.short_decimals else text)
            dataset.tick(graph.count)
    after = "# then let the store know the hashes of its graphs; nothing is sent again"
    lines = [*loader.commands, after, "eurohpc-kg load URL"]
    commands = ("COMMANDS.txt", "".join(f"{line}\n" for line in lines))
    for name, words in (*loader.files, commands):
        title = f"{name} for {loader.title}"
        with folder.open(f"{place}/{name}", place, "text/plain", title) as file:
            file.write(words.encode())
