"""The register as it could be known: without the things that only later documents speak of.

A thing leaves the register of a past day when a document that was not published yet names it, none
that was published does, none that was published is what its entry was taken from, and nothing that
stays refers to it. What no document names at all, such as a country, stays. Works on the text: an
entry is one block of the house form, and what is not in that form stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

REGISTER = "data/register/"

_NAME = re.compile(r"(?:\bid:|/eurohpc-kg/id/)([\w.-]*[\w-])")
_SUBJECT = re.compile(r"id:([\w.-]*[\w-]) (?!a ehpc:(?:Place|Country|Region|City)\b)")
_TAKEN_FROM = re.compile(r"dcterms:source\s+((?:<[^>\s]*>[\s,]*)+)")
_ADDRESS = re.compile(r"<([^>\s]*)>")


def known_entries(
    register: Mapping[str, str], known: Iterable[str], later: Iterable[str]
) -> dict[str, str]:
    """Return the files of the register, by path, without what could not be known.

    ``known`` and ``later`` are the texts of the documents that were published, and of those that
    were not; what else may refer to a thing, such as the ontology, counts as ``known``.
    """
    named: set[str] = set()
    read: set[str] = set()
    for text in known:
        named.update(_NAME.findall(text))
        read.update(addresses(text))
    unknown = {name for text in later for name in _NAME.findall(text)} - named
    if not unknown:
        return dict(register)
    blocks = {path: text.split("\n\n") for path, text in register.items()}
    waiting: dict[str, list[str]] = {}
    stays: list[str] = []
    for block in (block for found in blocks.values() for block in found):
        name = _entry(block)
        is_unknown = name in unknown and read.isdisjoint(addresses(block))
        if is_unknown:
            waiting.setdefault(name, []).append(block)
        else:
            stays.append(block)
    while stays:
        for name in _NAME.findall(stays.pop()):
            stays += waiting.pop(name, ())
    gone = {block for found in waiting.values() for block in found}
    return {path: _without(found, gone) for path, found in blocks.items()}


def addresses(text: str) -> set[str]:
    """Return the addresses that a document or an entry says it was taken from.

    >>> sorted(addresses("id:a dcterms:source <x:1> , <x:2> ; rdfs:seeAlso <x:3> ."))
    ['x:1', 'x:2']
    """
    return {found for part in _TAKEN_FROM.findall(text) for found in _ADDRESS.findall(part)}


def _entry(block: str) -> str:
    """Return the name of the thing that a block is the whole entry of, else nothing."""
    lines = block.rstrip().split("\n")
    match = _SUBJECT.match(block)
    if match is None or '"""' in block or "'''" in block:
        return ""
    is_whole = block.rstrip().endswith(".") and all(line.startswith(" ") for line in lines[1:])
    return match[1] if is_whole else ""


def _without(blocks: list[str], gone: set[str]) -> str:
    """Put the blocks that are left together; nothing is left of a file that has no entry."""
    left = [block for block in blocks if block not in gone]
    if len(left) < len(blocks) and not any(_entry(block) for block in left):
        return ""
    text = "\n\n".join(left)
    return text if text.endswith("\n") else text + "\n"
