"""The real server as a process of its own, over the small content of the tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from eurohpc_kg.repository import Repository


class Running:
    """Run ``eurohpc-kg serve`` on a free port; ``said`` are its lines on stderr."""

    def __init__(self, content: tuple[Repository, Path], *options: str) -> None:
        code = (
            "import sys; sys.path.insert(0, sys.argv[1]); import web_content;"
            "web_content.register(); from eurohpc_kg.store import building;"
            "building.EXAMINER = web_content.EXAMINER;"
            "from eurohpc_kg.cli import main; sys.exit(main(sys.argv[2:]))"
        )
        tests = str(Path(__file__).parents[1])
        environment = {**os.environ, "EUROHPC_KG_ROOT": str(content[0].root),
                       "EUROHPC_KG_CACHE": str(content[1].parents[1])}  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, tests, "serve", "--port", "0", *options],
            stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.address = self.wait_for(r"serving at (http://\S+)/")

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)

    def wait_for(self, pattern: str, seconds: float = 60) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in list(self.said):
                if match := re.search(pattern, line):
                    return match[1] if match.groups() else line
            assert self.process.poll() is None, "".join(self.said)
            time.sleep(0.05)
        raise AssertionError(f"never said {pattern}: {''.join(self.said)}")

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=30) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()
