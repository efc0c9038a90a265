"""One process that writes pages beside the server's own, one at a time; `serving` starts it.

Python runs in one thread of a process at a time, so that a server with pages to write for several
readers would use one processor and leave the others idle. This process has the same build in
memory, and speaks as `worker` does: a request (path, values, what is accepted, language), and the
reply. It keeps none; the server does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from eurohpc_kg.repository import Repository
from eurohpc_kg.store.canonical import load_in_memory
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.page import environment
from eurohpc_kg.web.publish import Publisher
from eurohpc_kg.web.worker import read_request, send_answer


def main(root: str, folder: str) -> int:
    build = Build(Repository(Path(root)), Path(folder), store=load_in_memory(Path(folder)))
    build.conflicts, environment()
    publisher = Publisher(build, room=0)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    send_answer(sink, {}, b"")
    while (request := read_request(source)) is not None:
        status, headers, body, etag = publisher.reply(
            request["path"], request["values"], request["accept"], request["language"]
        )
        send_answer(sink, {"status": status, "headers": headers, "etag": etag}, body)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
