"""The small numbers behind a statement, which lead to the footnotes of its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup


class Marks:
    """Write the marks of one page; a template has it as ``marks``.

    Most statements of a page have the same few sources, so each list of sources is written once.
    """

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Take the number of each footnote by the IRI of its document."""
        self._numbers = numbers
        self._written: dict[tuple[str, ...], Markup] = {}

    def __call__(self, sources: Iterable[str]) -> Markup:
        """Return the marks of these documents in the order of their numbers, or nothing.

        >>> Marks({"urn:a": 2, "urn:b": 1})(["urn:a"])
        Markup('<span class="marks"><a href="#source-2" aria-label="source 2">2</a></span>')
        """
        key = tuple(sources)
        if key not in self._written:
            self._written[key] = self._write(key)
        return self._written[key]

    def _write(self, sources: tuple[str, ...]) -> Markup:
        found = sorted({self._numbers[iri] for iri in sources if iri in self._numbers})
        if not found:
            return Markup()
        links = (f'<a href="#source-{n}" aria-label="source {n}">{n}</a>' for n in found)
        return Markup('<span class="marks">' + "".join(links) + "</span>")
