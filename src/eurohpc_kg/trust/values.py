"""When two values agree: numbers with their bounds and rounding, dates with their precision.

Nothing here knows of RDF or of sources. A number stands for a range: *about 40* for 38 to 42 (by
the tolerance of the bound), *at least 40* for 40 and more. It also agrees with a finer one that
rounds to it, as 18 does with 18.29 and 25,000,000 with 24,996,884; two numbers written equally
finely agree only where they are equal. A date agrees with one inside it: 2025 with 2025-10-12.
"""

from __future__ import annotations

from decimal import Decimal

from eurohpc_kg.records import dataclass

AT_LEAST, AT_MOST, ABOUT = "at-least", "at-most", "about"
_ENDLESS = Decimal("Infinity")
# From here on numbers are spoken in words: 40 million, 1.5 billion.
_WORDS = Decimal(1_000_000)


@dataclass(frozen=True)
class Range:
    """Hold what a figure says of the true value; ``grain`` is half the last place written."""

    low: Decimal
    high: Decimal
    grain: Decimal

    def agrees(self, other: Range) -> bool:
        """Tell whether one true value fits both.

        >>> range_of("18").agrees(range_of("18.29")), range_of("15.2").agrees(range_of("15.7"))
        (True, False)
        """
        slack = Decimal(0) if self.grain == other.grain else max(self.grain, other.grain)
        return self.low - slack <= other.high and other.low - slack <= self.high


def range_of(
    text: str, bound: str = "", tolerance: Decimal = Decimal(0), factor: Decimal = Decimal(1)
) -> Range:
    """Return what a number says; ``factor`` converts it to the unit in which it is compared.

    >>> range_of("40", "at-least").high
    Decimal('Infinity')
    """
    number = Decimal(text)
    low = high = number
    if bound == ABOUT:
        low, high = number - abs(number) * tolerance, number + abs(number) * tolerance
    elif bound == AT_LEAST:
        high = _ENDLESS
    elif bound == AT_MOST:
        low = -_ENDLESS
    return Range(low * factor, high * factor, grain(number) * factor)


def grain(number: Decimal) -> Decimal:
    """Return half of the last place that a number is written to.

    From a million on that is the last place of the number of millions or billions.

    >>> [float(grain(Decimal(text))) for text in ("12.91", "40000000", "1500000000")]
    [0.005, 500000.0, 50000000.0]
    """
    if abs(number) >= _WORDS:
        thousands = (number.adjusted()) // 3
        word = Decimal(1000) ** thousands
        exponent = (number / word).normalize().as_tuple().exponent
        assert isinstance(exponent, int)
        return word * Decimal(10) ** min(exponent, 0) / 2
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(10) ** min(exponent, 0) / 2


def same_time(one: str, other: str) -> bool:
    """Tell whether two dates can be of one time; an unknown one can be of any.

    >>> same_time("2025", "2025-10-12"), same_time("2025-10", "2025-11-01")
    (True, False)
    """
    return not one or not other or one.startswith(other) or other.startswith(one)
