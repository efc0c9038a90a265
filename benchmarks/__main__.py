"""Run every benchmark, or those named: ``python -m benchmarks [NAME …]``."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

HELPERS = {"__init__", "__main__", "measure", "peer", "servers"}


def main(words: list[str]) -> int:
    """Print a heading and a table for each benchmark."""
    names = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if p.stem not in HELPERS)
    unknown = set(words) - set(names)
    if unknown:
        print(
            f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names)}",
            file=sys.stderr,
        )
        return 2
    for name in words or names:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"## {name}\n\n{module.__doc__.strip()}\n\n{module.main()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
