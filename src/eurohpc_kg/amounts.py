"""Numbers of things as messages write them: one thing is not "1 things"."""

from __future__ import annotations


def amount(count: int, one: str, several: str = "") -> str:
    """Write how many there are of what.

    >>> amount(1, "graph"), amount(1200, "graph"), amount(2, "graph is", "graphs are")
    ('1 graph', '1,200 graphs', '2 graphs are')
    """
    return f"{count:,} {agreeing(count, one, several)}"


def agreeing(count: float, one: str, several: str = "") -> str:
    """Return the words that go with a number.

    >>> agreeing(1, "row"), agreeing(0, "row"), agreeing(1, "has", "have")
    ('row', 'rows', 'has')
    """
    return one if count == 1 else several or one + "s"
