"""The real stores, each on a free port of the loopback, with its data in a temporary directory.

A `Server` is started with `start`, killed with `kill` (SIGKILL, as when a machine loses power) and
started again on the same data. What is not installed is not there: `available` says so.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(os.environ.get("EUROHPC_KG_STORES", Path(__file__).parents[2] / "build" / "stores"))
"""Where the install scripts put what is no package of Python or Debian."""

WAIT = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One store: how it is started, and at which address its dataset is."""

    name: str
    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    read_only: bool = False
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return self.root + ADDRESSES[self.name]

    def start(self) -> Server:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            COMMANDS[self.name](self),
            stdout=log,
            stderr=log,
            cwd=self.folder,
            env={**os.environ, **self.environment},
            start_new_session=True,
        )
        log.close()
        try:
            self._wait()
            AFTER.get(self.name, lambda _: None)(self)
        except BaseException:
            self.kill()
            raise
        return self

    def kill(self) -> None:
        """End it at once, with all it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # it ended by itself
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
            self.process = None
        except subprocess.TimeoutExpired:
            self.kill()

    def _wait(self) -> None:
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.root + READY.get(self.name, "/"), timeout=2).close()
                return
            except urllib.error.HTTPError as error:
                with error:
                    return
            except OSError:
                time.sleep(0.05)
        log = (self.folder / "server.log").read_text(errors="replace")
        raise RuntimeError(f"{self.name} does not start:\n{log[-2000:]}")


def available(name: str) -> bool:
    """Tell whether a store is installed here."""
    return NEEDS[name]()


def _oxigraph(server: Server) -> list[str]:
    program = Path(sys.executable).parent / "oxigraph"
    mode = "serve-read-only" if server.read_only else "serve"
    place = ["--location", str(server.folder / "data"), "--bind", f"127.0.0.1:{server.port}"]
    return [str(program), mode, *place]


def _fuseki(server: Server) -> list[str]:
    _mend_journals(server.folder / "data")
    return [
        "java", "-Xmx1500m", "-jar", str(HOME / "fuseki.jar"), "--localhost",
        f"--port={server.port}", f"--config={_fuseki_config(server)}",
    ]  # fmt: skip


def _mend_journals(folder: Path) -> None:
    """Cut off the entry that a kill left half written, as `docs/loading.md` says.

    TDB2 does not start with one, though nothing of it was committed. An entry has a head of 28
    bytes, which begins with the length of what follows it.
    """
    for path in folder.glob("Data-*/journal.jrnl"):
        text, end = path.read_bytes(), 0
        while end + 28 <= len(text):
            after = end + 28 + int.from_bytes(text[end : end + 4], "big")
            if after > len(text):
                break
            end = after
        os.truncate(path, end)


def _fuseki_config(server: Server) -> Path:
    """Write the configuration: one TDB2 dataset, with users where a test wants them."""
    data = server.folder / "data"
    data.mkdir(exist_ok=True)
    passwords = server.folder / "passwords"
    passwords.write_text("writer: secret\nreader: secret\n")
    path = server.folder / "config.ttl"
    path.write_text(
        "PREFIX : <#>\n"
        "PREFIX fuseki: <http://jena.apache.org/fuseki#>\n"
        "PREFIX ja: <http://jena.hpl.hp.com/2005/11/Assembler#>\n"
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
        "PREFIX tdb2: <http://jena.apache.org/2016/tdb#>\n"
        f'[] rdf:type fuseki:Server ; fuseki:passwd "{passwords}" ; fuseki:auth "basic" ;\n'
        "  fuseki:services ( :service :plain :guarded ) .\n"
        ':service rdf:type fuseki:Service ; fuseki:name "ds" ; fuseki:dataset :data ;\n'
        + _operations()
        + " .\n"
        ':plain rdf:type fuseki:Service ; fuseki:name "plain" ; fuseki:dataset :data ;\n'
        + _operations(union=False)
        + " .\n"
        ':guarded rdf:type fuseki:Service ; fuseki:name "guarded" ; fuseki:dataset :data ;\n'
        + _operations(' ; fuseki:allowedUsers "writer"')
        + " .\n"
        f':data rdf:type tdb2:DatasetTDB2 ; tdb2:location "{data}" .\n'
    )
    return path


def _operations(users: str = "", *, union: bool = True) -> str:
    """Return the operations of a service; ``union`` makes all graphs its default graph."""
    whole = ' ; ja:context [ ja:cxtName "tdb2:unionDefaultGraph" ; ja:cxtValue true ]'
    more = whole if union else ""
    rows = [("query", "query", more), ("query", "sparql", more), ("update", "update", users)]
    rows += [("gsp-rw", "data", users), ("gsp-rw", "", users)]
    return " ;\n".join(
        f"  fuseki:endpoint [ fuseki:operation fuseki:{operation}"
        + (f' ; fuseki:name "{name}"' if name else "")
        + f"{limit} ]"
        for operation, name, limit in rows
    )


def _rdf4j(server: Server) -> list[str]:
    return [
        "java", "-Xmx1500m", f"-Dorg.eclipse.rdf4j.appdata.basedir={server.folder / 'data'}",
        "-jar", str(HOME / "jetty-runner.jar"), "--host", "127.0.0.1", "--port", str(server.port),
        "--path", "/rdf4j-server", str(HOME / "rdf4j-server.war"),
    ]  # fmt: skip


_RDF4J_REPOSITORY = """\
@prefix config: <tag:rdf4j.org,2023:config/> .
@prefix rep: <http://www.openrdf.org/config/repository#> .
@prefix sr: <http://www.openrdf.org/config/repository/sail#> .
@prefix sail: <http://www.openrdf.org/config/sail#> .
@prefix ns: <http://www.openrdf.org/config/sail/native#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

[] a rep:Repository ;
   rep:repositoryID "kg" ;
   rdfs:label "kg" ;
   rep:repositoryImpl [
      rep:repositoryType "openrdf:SailRepository" ;
      sr:sailImpl [
         sail:sailType "openrdf:NativeStore" ;
         ns:tripleIndexes "spoc,posc,cspo,opsc" ;
         ns:forceSync true
      ]
   ] .
"""


def _make_rdf4j_repository(server: Server) -> None:
    url = f"{server.root}/rdf4j-server/repositories/kg"
    try:
        urllib.request.urlopen(url + "/size", timeout=30).close()
    except urllib.error.HTTPError as error:
        with error:
            request = urllib.request.Request(url, _RDF4J_REPOSITORY.encode(), method="PUT")
            request.add_header("Content-Type", "text/turtle")
            urllib.request.urlopen(request, timeout=30).close()


def _virtuoso(server: Server) -> list[str]:
    sql = free_port()
    server.environment["VIRTUOSO_SQL_PORT"] = str(sql)
    text = _VIRTUOSO.format(folder=server.folder, sql=sql, http=server.port)
    (server.folder / "virtuoso.ini").write_text(text)
    lock = server.folder / "virtuoso.lck"
    lock.unlink(missing_ok=True)  # a killed one leaves it
    return ["virtuoso-t", "-f", "-c", str(server.folder / "virtuoso.ini")]


_VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
CheckpointInterval = 60
O_DIRECT = 0
CaseMode = 2
MaxStaticCursorRows = 5000
CheckpointAuditTrail = 0
DirsAllowed = {folder}
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
MaxMemPoolSize = 400000000

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
MaxClientConnections = 10

[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 300
DefaultQuery = select distinct ?Concept where {{[] a ?Concept}} LIMIT 100
"""


def isql(server: Server, text: str, seconds: float = 60) -> str:
    """Carry SQL out in a Virtuoso, as its administrator."""
    port = server.environment["VIRTUOSO_SQL_PORT"]
    program = shutil.which("isql-vt") or "isql-v"
    words = [program, f"127.0.0.1:{port}", "dba", "dba", "VERBOSE=OFF", f"EXEC={text}"]
    return subprocess.run(words, capture_output=True, text=True, timeout=seconds, check=True).stdout


def _make_virtuoso_users(server: Server) -> None:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        try:
            isql(server, "select 1;")
            break
        except subprocess.CalledProcessError:
            time.sleep(0.2)
    if "reader" in isql(server, "select U_NAME from DB.DBA.SYS_USERS;"):
        return
    for text in (
        "DB.DBA.USER_CREATE('writer', 'secret');",
        'GRANT SPARQL_UPDATE TO "writer";',
        "DB.DBA.USER_CREATE('reader', 'secret');",
        'GRANT SPARQL_SELECT TO "reader";',
    ):
        isql(server, text)


COMMANDS = {
    "oxigraph": _oxigraph,
    "fuseki": _fuseki,
    "rdf4j": _rdf4j,
    "virtuoso": _virtuoso,
}
ADDRESSES = {
    "oxigraph": "",
    "fuseki": "/ds",
    "rdf4j": "/rdf4j-server/repositories/kg",
    "virtuoso": "",
}
READY = {"fuseki": "/$/ping", "rdf4j": "/rdf4j-server/protocol", "virtuoso": "/sparql"}
AFTER = {"rdf4j": _make_rdf4j_repository, "virtuoso": _make_virtuoso_users}
NEEDS = {
    "oxigraph": lambda: (Path(sys.executable).parent / "oxigraph").exists(),
    "fuseki": lambda: shutil.which("java") is not None and (HOME / "fuseki.jar").exists(),
    "rdf4j": lambda: shutil.which("java") is not None and (HOME / "rdf4j-server.war").exists(),
    "virtuoso": lambda: shutil.which("virtuoso-t") is not None,
}
