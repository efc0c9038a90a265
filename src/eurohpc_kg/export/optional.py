"""Libraries that only some formats need: imported when asked for, or named with their cure."""

from __future__ import annotations

import importlib
from types import ModuleType

from eurohpc_kg.errors import MissingDependencyError

EXTRA = "pip install 'eurohpc-kg[export]'"
_NEWER = {"pyhdtkit": "with Python 3.12; or export ntriples, and give that to rdf2hdt of hdt-java"}
"""What else is to be done where a library asks for more than this program does."""


def require(module: str, purpose: str) -> ModuleType:
    """Import an optional library; raise `MissingDependencyError` where it is not installed.

    ``purpose`` is what needs it, such as ``"the format jelly"``.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.split(".")[0]
        raise MissingDependencyError(
            f"{purpose} needs {name}, which is not installed",
            remedy=" ".join(filter(None, (f"Run {EXTRA}", _NEWER.get(name)))) + ".",
        ) from error
