"""Turtle: read it with positions, write it in the one house form, and find a line in it.

``write(read(x))`` says what ``x`` says; ``format_text`` of a formatted text changes nothing.
Terms are pyoxigraph's, because they keep a literal as it was written (``12.50``).
"""

from eurohpc_kg.turtle.locate import locate
from eurohpc_kg.turtle.read import decode, parse, read, read_text
from eurohpc_kg.turtle.render import literal_parts, unescaped
from eurohpc_kg.turtle.write import format_text, write, write_texts

__all__ = [
    "decode",
    "format_text",
    "literal_parts",
    "locate",
    "parse",
    "read",
    "read_text",
    "unescaped",
    "write",
    "write_texts",
]
