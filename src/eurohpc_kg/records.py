"""Frozen records at a tenth of the price: what `dataclasses` does, without importing `inspect`.

Importing `dataclasses` takes as long as opening the store, a sixth of the time to an answer. The
modules on the path of ``eurohpc-kg ask``, and those of the first page that is served, take these
names from here; they mean the same (always frozen, no ordering), and a type checker sees the
standard ones.
"""

from __future__ import annotations

__all__ = ["cached_property", "dataclass", "field", "replace"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from functools import cached_property
else:

    class cached_property:  # noqa: N801 - it stands for a class of that name
        """Compute an attribute when it is first asked for, and keep it."""

        def __init__(self, compute):
            self.compute = compute
            self.__doc__ = compute.__doc__

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            value = instance.__dict__[self.compute.__name__] = self.compute(instance)
            return value

    class field:  # noqa: N801 - it stands for a function of that name
        """Say of a name how its default is made, and whether it is shown and compared."""

        def __init__(self, *, default_factory=None, repr=True, compare=True):
            self.default_factory = default_factory
            self.repr = repr
            self.compare = compare

    def dataclass(*, frozen):
        """Make a class a record of its annotated names; ``frozen`` must be true."""
        assert frozen, "use the standard dataclasses for what changes"
        return _record

    def replace(record, /, **changes):
        """Return a record that differs in these values."""
        kept = {name: record.__dict__[name] for name in record.__match_args__}
        return type(record)(**kept | changes)

    def _record(cls):
        names = cls.__match_args__ = tuple(cls.__annotations__)
        cls._fields = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        cls._shown = tuple(name for name in names if getattr(cls._fields.get(name), "repr", True))
        cls._compared = tuple(n for n in names if getattr(cls._fields.get(n), "compare", True))
        cls.__init__ = _init
        cls.__setattr__ = cls.__delattr__ = _refuse
        for name, method in (("__repr__", _repr), ("__eq__", _equal), ("__hash__", _hash)):
            if name not in cls.__dict__:
                setattr(cls, name, method)
        return cls

    def _init(self, *values, **named):
        names = self.__match_args__
        if len(values) == len(names) and not named:  # most are made so
            self.__dict__.update(zip(names, values, strict=True))
            return
        given = dict(zip(names, values, strict=False))
        wrong = [name for name in named if name in given or name not in names]
        if wrong or len(values) > len(names):
            raise TypeError(f"{type(self).__name__} got too much: {wrong or values[len(names) :]}")
        given |= named
        for name in names:
            if name not in given:
                default = self._fields.get(name, field())
                if isinstance(default, field):
                    if default.default_factory is None:
                        raise TypeError(f"{type(self).__name__} misses {name!r}")
                    default = default.default_factory()
                given[name] = default
        self.__dict__.update(given)

    def _repr(self):
        shown = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._shown)
        return f"{type(self).__qualname__}({shown})"

    def _values(self):
        return tuple(self.__dict__[name] for name in self._compared)

    def _equal(self, other):
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def _hash(self):
        return hash(_values(self))

    def _refuse(self, name, *_):
        raise AttributeError(f"a {type(self).__name__} can't change: {name}")
