"""Records: they do what frozen dataclasses do, and cost next to nothing to import."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eurohpc_kg.records import cached_property, dataclass, field, replace
from imports import imported_by


@dataclass(frozen=True)
class Point:
    """A point with a name."""

    x: int
    y: int = 0
    names: dict[str, str] = field(default_factory=dict)

    @property
    def sum(self) -> int:
        return self.x + self.y


def test_a_record_is_made_by_place_or_by_name_with_defaults() -> None:
    assert Point(1, 2) == Point(x=1, y=2)
    assert Point(1) == Point(1, 0, {})
    assert Point(1).names is not Point(1).names
    assert Point(1, 2).sum == 3


def test_records_compare_by_class_and_values() -> None:
    @dataclass(frozen=True)
    class Other:
        x: int

    assert Point(1) != Point(2)
    assert Point(1) != Other(1)  # type: ignore[comparison-overlap]
    assert len({Other(1), Other(1), Other(2)}) == 2


def test_a_record_can_be_had_with_other_values() -> None:
    first = Point(1, 2, {"a": "b"})
    assert replace(first, y=3) == Point(1, 3, {"a": "b"})
    assert first == Point(1, 2, {"a": "b"})
    with pytest.raises(TypeError, match="z"):
        replace(first, z=3)


def test_a_record_shows_its_values() -> None:
    assert repr(Point(1)) == "Point(x=1, y=0, names={})"


def test_a_name_may_be_left_out_of_what_is_shown_and_compared() -> None:
    @dataclass(frozen=True)
    class Answer:
        rows: int
        names: object = field(repr=False, compare=False)

    assert Answer(1, "a") == Answer(1, "b")
    assert repr(Answer(1, "a")).endswith("Answer(rows=1)")
    with pytest.raises(TypeError, match="names"):
        Answer(1)  # type: ignore[call-arg]


def test_a_record_can_be_matched() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Point(),  # type: ignore[call-arg]
        lambda: Point(1, 2, {}, 4),  # type: ignore[call-arg]
        lambda: Point(1, x=1),  # type: ignore[misc]
        lambda: Point(1, z=1),  # type: ignore[call-arg]
    ],
    ids=["too little", "too much", "twice", "unknown"],
)
def test_wrong_values_are_a_type_error(make: Callable[[], Point]) -> None:
    with pytest.raises(TypeError, match="Point"):
        make()


def test_a_record_can_not_change() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del point.x
    assert point.x == 1


def test_a_cached_property_is_computed_once() -> None:
    class Slow:
        """Count how often it is asked."""

        asked = 0

        @cached_property
        def value(self) -> int:
            """Return what took long."""
            self.asked += 1
            return 42

    slow = Slow()
    assert (slow.value, slow.value, slow.asked) == (42, 42, 1)
    assert Slow.value.__doc__ == "Return what took long."


def test_importing_it_imports_nothing_else() -> None:
    assert imported_by("import eurohpc_kg.records")[0] == {"eurohpc_kg.records"}
