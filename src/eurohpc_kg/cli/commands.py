"""The table of commands: name, summary, group. ``--help`` reads this and imports no command.

To add a command, add a line here and a module of the same name beside this one (``-`` becomes
``_``; ``import``, a word of Python, becomes ``import_``), with ``SUMMARY`` as written here,
``add_arguments(parser)`` and ``run(arguments) -> int``.
A test holds the table and the modules together.
"""

from __future__ import annotations

# Group heading -> {command: summary}; both in the order in which help shows them.
GROUPS: dict[str, dict[str, str]] = {
    "ask": {
        "ask": "Answer a question; without one, list the questions",
        "show": "Show everything known about a thing",
        "explain": "Explain why a statement is true, or what it lacks",
    },
    "weigh": {
        "conflicts": "Show where sources disagree, and which value the rule takes",
        "stale": "Show facts that are older than their age limit, with the page to look at",
        "diff": "Show what changed between two versions, or write it as a patch",
        "sources": "List the source documents, or hold saved copies against the graph",
    },
    "publish": {
        "export": "Write the graph as files in any format, with a manifest",
        "serve": "Serve pages, linked data and the SPARQL endpoint",
        "site": "Write the pages as a folder of files, with the data beside them",
        "load": "Put the graph into a triple store, all or nothing",
        "materialise": "Compute inside a triple store what follows from what it holds",
        "doctor": "Say what a SPARQL endpoint holds and lacks, and what to do",
    },
    "keep": {
        "build": "Build the store that questions are asked of",
        "check": "Check files, shapes, rules, sizes and consistency",
        "fmt": "Write Turtle files in the house form",
        "new": "Begin a source, thing, question, shape or correction in the right file",
        "import": "Make source files and register entries from sheets and ranking lists",
    },
}


def module_of(command: str) -> str:
    """Return the dotted name of the module behind a command.

    >>> module_of("build")
    'eurohpc_kg.cli.build'
    """
    name = command.replace("-", "_")
    return f"eurohpc_kg.cli.{name}_" if name == "import" else f"eurohpc_kg.cli.{name}"


def all_commands() -> dict[str, str]:
    """Return every command with its summary, in the order of help."""
    return {name: summary for group in GROUPS.values() for name, summary in group.items()}
