"""The open knowledge graph of the European HPC and AI ecosystem.

    from eurohpc_kg import load

    graph = load()
    graph.ask("factories-targeting-sector", sector="healthcare")   # a table in a notebook
    graph.sparql("SELECT ?s WHERE { ?s a ehpc:Supercomputer }").to_pandas()
    print(graph.show("LUMI"))

Importing the package costs nothing; each name below is loaded when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from eurohpc_kg.api import Graph, load
    from eurohpc_kg.documents import Document
    from eurohpc_kg.errors import EurohpcKgError
    from eurohpc_kg.questions import Question
    from eurohpc_kg.results import Results
    from eurohpc_kg.show import Profile

__version__ = "0.1.0"

__all__ = [
    "Document",
    "EurohpcKgError",
    "Graph",
    "Profile",
    "Question",
    "Results",
    "__version__",
    "load",
]

_HOMES = {
    "Document": "documents",
    "EurohpcKgError": "errors",
    "Graph": "api",
    "Profile": "show",
    "Question": "questions",
    "Results": "results",
    "load": "api",
}


def __getattr__(name: str) -> object:
    """Load a public name from the module that has it (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
