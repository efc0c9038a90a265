"""Bounds on an answer while it is being written: so many rows, so many bytes, and no more.

The engine writes an answer in its own code, many times as quickly as Python could; a `RowSink`
takes the bytes, counts the rows in them by what each format puts between two rows, and where there
are too many cuts the answer after a whole row and closes it, so that what is sent is well formed.
"""

from __future__ import annotations

from eurohpc_kg.patterns import Pattern

# What begins a row (or ends one, in the formats of lines), how many of it stand before the first,
# and what closes an answer that is cut before or behind it.
_JSON_GAP = b'},{"'
_XML_ROW = b"<result>"
_CLOSE = {"json": b"}]}}", "xml": b"</results></sparql>", "csv": b"", "tsv": b""}
_CSV_MARK = Pattern(rb'["\n]')


class TooMuchError(Exception):
    """Say that an answer is longer than its bounds; a cut one is in the sink."""


class RowSink:
    """Take an answer in ``json``, ``xml``, ``csv`` or ``tsv``, up to a number of rows and bytes.

    ``is_cut`` tells whether the limit of rows was reached; then `content` is closed all the same.
    """

    def __init__(self, suffix: str, rows: int, most: int) -> None:
        self._suffix = suffix
        self._rows = rows
        self._most = most
        self._data = bytearray()
        self._found = 0
        self._from = 0
        self._quoted = False
        self._is_over = False
        self.is_cut = False

    @property
    def content(self) -> bytes:
        return bytes(self._data)

    def write(self, data: bytes) -> int:
        """Take more; raise `TooMuchError` where it goes over a bound, and ever after."""
        if self._is_over:  # a writer that empties its buffer though it was told to stop
            raise TooMuchError
        self._data += data
        end = self._end_of_rows()
        if end >= 0:
            self.is_cut = self._is_over = True
            del self._data[end:]
            self._data += _CLOSE[self._suffix]
            raise TooMuchError
        if len(self._data) > self._most:
            self._is_over = True
            raise TooMuchError
        return len(data)

    def flush(self) -> None:
        """Do nothing: all of it is kept."""

    def _end_of_rows(self) -> int:
        """Return where the last row that is allowed ends, or -1 as long as there is none over."""
        if self._suffix == "json":
            return self._search(_JSON_GAP, self._rows, 0)
        if self._suffix == "xml":
            return self._search(_XML_ROW, self._rows + 1, 0)
        if self._suffix == "csv":
            return self._lines_with_quotes()
        return self._over(self._search(b"\n", self._rows + 1, 1))

    def _search(self, mark: bytes, wanted: int, behind: int) -> int:
        """Return where the mark stands for the ``wanted``-th time."""
        while (place := self._data.find(mark, self._from)) >= 0:
            self._found += 1
            if self._found == wanted:
                self._found -= 1  # found again where nothing follows yet
                return place + behind
            self._from = place + len(mark)
        self._from = max(self._from, len(self._data) - len(mark) + 1)
        return -1

    def _lines_with_quotes(self) -> int:
        """Count the lines of CSV; a line break between quotes belongs to a value."""
        for match in _CSV_MARK.finditer(self._data, self._from):
            if match.group() == b'"':
                self._quoted = not self._quoted
            elif not self._quoted:
                self._found += 1
                if self._found == self._rows + 1:
                    self._found -= 1
                    self._from = match.start()
                    return self._over(match.end())
        self._from = len(self._data)
        return -1

    def _over(self, end: int) -> int:
        """Return the end only if something stands behind it: the last row of all cuts nothing."""
        return end if 0 <= end < len(self._data) else -1
