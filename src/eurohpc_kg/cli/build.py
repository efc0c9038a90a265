"""``eurohpc-kg build``: make the store that questions are asked of."""

from __future__ import annotations

import argparse

SUMMARY = "Build the store that questions are asked of"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="build even where a store is there")


def run(arguments: argparse.Namespace) -> int:
    from eurohpc_kg.repository import find_repository
    from eurohpc_kg.store import build

    path = build(find_repository(), force=arguments.force)
    print(path)
    return 0
