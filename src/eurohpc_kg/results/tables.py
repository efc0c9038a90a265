"""Grids of plain text as a table for a terminal, as Markdown, as HTML.

This module alone knows widths and how the three forms escape. It knows nothing of RDF.
"""

from __future__ import annotations

from itertools import zip_longest

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[str]

# Control characters would move the cursor of a terminal; each is shown as its picture instead.
_PICTURES = {code: chr(0x2400 + code) for code in range(32)} | {0x7F: "␡", 0x9B: "␛"}
_GAP = "  "
_INDENT = "    "
_NARROWEST = 8
_LONGEST_WORD = 18  # a longer one may be broken


def text_table(header: Row, rows: Sequence[Row], width: int = 0, right: Sequence[int] = ()) -> str:
    """Lay a table out in ``width`` columns of a terminal, 0 for as wide as it needs.

    ``right`` numbers the columns that are set flush right. Cells that are too wide are wrapped
    between words; no text is left out. Where the columns don't fit without breaking words, each
    row is a block of its own, a line a cell; without names of columns, the cells of a row stand
    one after another. An empty ``header`` is left out with its rule.

    >>> print(text_table(["name", "rank"], [["LUMI", "9"], ["Leonardo", "10"]], right=[1]), end="")
    name      rank
    ────────  ────
    LUMI         9
    Leonardo    10
    """
    grid = [
        [cell if cell.isprintable() else cell.translate(_PICTURES) for cell in row]
        for row in [*([header] if header else []), *rows]
    ]
    natural = [max(map(_width, column)) for column in zip(*grid, strict=True)]
    widths = natural
    if width:
        room = width - len(_GAP) * (len(natural) - 1)
        fitting = _fit(natural, [max(map(_longest_word, c)) for c in zip(*grid, strict=True)], room)
        if fitting is None and rows:
            return _blocks(grid[0], grid[1:], width) if header else _runs(grid, width)
        widths = fitting or natural
    parts = [[row] if widths == natural else _wrapped(row, widths) for row in grid]
    columns = zip(*(line for lines in parts for line in lines), strict=True)
    filled = [
        [_set(cell, wide, i in right) for cell in column]
        for i, (column, wide) in enumerate(zip(columns, widths, strict=False))
    ]
    lines = [_GAP.join(line).rstrip() + "\n" for line in zip(*filled, strict=True)]
    if header:
        lines.insert(len(parts[0]), _GAP.join("─" * wide for wide in widths) + "\n")
    return "".join(lines)


def markdown_table(header: Row, rows: Sequence[Row], right: Sequence[int] = ()) -> str:
    """Write a table in GitHub's Markdown.

    >>> print(markdown_table(["name"], [["a|b"]]), end="")
    | name |
    | --- |
    | a\\|b |
    """
    marks = ["---:" if i in right else "---" for i in range(len(header))]
    grid = [list(map(_markdown, header)), marks, *(list(map(_markdown, row)) for row in rows)]
    return "".join(f"| {' | '.join(row)} |\n" for row in grid)


def html_table(header: Row, rows: Sequence[Row], caption: str = "") -> str:
    """Write an HTML table; cells that are web addresses become links."""
    head = "".join(f"<th>{_html(cell)}</th>" for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    title = f"<caption>{_html(caption)}</caption>\n" if caption else ""
    return (
        f"<table>\n{title}<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    )


def _fit(natural: list[int], least: list[int], room: int) -> list[int] | None:
    """Take width from the widest column until the table fits, or say that it can't."""
    if sum(map(min, natural, least)) > room:
        return None
    widths = list(natural)
    while sum(widths) > room:
        widest = max(
            (i for i, wide in enumerate(widths) if wide > least[i]), key=lambda i: widths[i]
        )
        second = max((w for w in widths if w < widths[widest]), default=0)
        over = sum(widths) - room
        widths[widest] -= max(1, min(over, widths[widest] - max(second, least[widest])))
    return widths


def _longest_word(text: str) -> int:
    return min(max(map(_width, text.split(" "))), _LONGEST_WORD)


def _blocks(header: Row, rows: Sequence[Row], width: int) -> str:
    """Lay each row out as a block: the name of a column, then its cell, if there is one."""
    names = max(map(_width, header))
    room = max(width - names - len(_GAP), _NARROWEST)
    blocks = []
    for row in rows:
        lines = [
            _GAP.join((_set(name if not i else "", names, False), part)) + "\n"
            for name, cell in zip(header, row, strict=True)
            if cell
            for i, part in enumerate(_wrap(cell, room))
        ]
        blocks.append("".join(lines))
    return "\n".join(blocks)


def _runs(rows: Sequence[Row], width: int) -> str:
    """Lay the cells of each row out one after another, the further lines indented.

    The place of a mark that some rows have in their first cell is kept in the others.
    """
    room = max(width - len(_INDENT), _NARROWEST)
    mark = max(_width(row[0]) for row in rows) if any(not row[0] for row in rows) else 0
    text = ""
    for row in rows:
        lines, line = [], ""
        for cell in (_set(row[0], mark, False), *row[1:]):
            joined = f"{line}{_GAP}{cell}" if line and cell else line or cell
            if _width(joined) > room and line.strip():
                lines.append(line)
                joined = cell
            *whole, line = _wrap(joined, room)
            lines += whole
        text += f"\n{_INDENT}".join([*lines, line]) + "\n"
    return text


def _wrapped(row: Row, widths: Sequence[int]) -> list[Row]:
    """Return the lines that a row takes, each with a cell a column."""
    cells = (_wrap(cell, wide) for cell, wide in zip(row, widths, strict=True))
    return list(zip_longest(*cells, fillvalue=""))


def _set(text: str, width: int, is_right: bool) -> str:
    """Fill a text up to ``width``."""
    if text.isascii():
        return text.rjust(width) if is_right else text.ljust(width)
    space = " " * (width - _width(text))
    return space + text if is_right else text + space


def _wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width``, between words where that is possible."""
    if _width(text) <= width:
        return [text]
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if _width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while _width(line) > width:
            cut = _cut(line, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line or not lines else lines


def _cut(text: str, width: int) -> int:
    """Return how many characters fit, at least one; after a hyphen or slash where there is one."""
    cut = next((i for i in range(1, len(text)) if _width(text[: i + 1]) > width), len(text))
    mark = max(text.rfind(c, 1, cut) for c in "-/_]")
    return mark + 1 if mark >= cut // 2 else cut


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _markdown(text: str) -> str:
    for mark in "\\|<>*_`[]":
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())


def _html(text: str) -> str:
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(mark, entity)
    return text


def _cell(text: str) -> str:
    if text.startswith(("https://", "http://")) and " " not in text:
        return f'<a href="{_html(text)}">{_html(text)}</a>'
    return _html(text)
