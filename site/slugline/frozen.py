"""Frozen values with named fields, and settings among them whose fields carry the sentence that documents them.

:class:`Frozen` is what a frozen dataclass is, without what that costs each process at its start: ``dataclasses`` writes and
compiles six functions for each class and loads Python's own inspection for it, a tenth of all that a build in which nothing
changed has to do. Here the functions are written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, NamedTuple, Self, dataclass_transform

__all__ = ["Field", "Frozen", "doc", "fresh"]

_NONE: Any = object()


class Field(NamedTuple):
    """A declared field.

    Attributes:
        name: of the attribute.
        type: as it is annotated.
        doc: the sentence that documents a setting.
        default: its value unless one is given; see :attr:`required`.
        make: makes the default for each value anew.
        key: its name in a file; empty for what is in none.
    """

    name: str
    type: str
    doc: str = ""
    default: Any = _NONE
    make: Callable[[], Any] | None = None
    key: str = ""

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return self.default is _NONE and self.make is None

    def initial(self) -> Any:
        """Its default."""
        return self.make() if self.make else self.default


class _Declaration(NamedTuple):
    doc: str
    default: Any
    make: Callable[[], Any] | None
    key: str | None


def doc(text: str, default: Any = _NONE) -> Any:
    """A documented field; without a default it is required."""
    if isinstance(default, dict):
        return _Declaration(text, _NONE, lambda: dict(default), None)
    return _Declaration(text, default, None, None)


def fresh(make: Callable[[], Any], key: str | None = None) -> Any:
    """A field whose default is made for each value anew; ``key`` where a file calls it otherwise."""
    return _Declaration("", _NONE, make, key)


@dataclass_transform(frozen_default=True)
class Frozen:
    """A value of named fields that does not change; equal to another of its class whose fields are equal.

    Raises:
        TypeError: a field is given that the class has not, or is not given and has no default.
    """

    fields: ClassVar[tuple[Field, ...]] = ()
    hidden: ClassVar[frozenset[str]] = frozenset()
    """Fields that neither comparing nor showing a value looks at."""

    def __init_subclass__(cls) -> None:
        found = list(cls.fields)
        for name, kind in cls.__annotations__.items():
            if "ClassVar" in kind:
                continue
            given = cls.__dict__.get(name, _NONE)
            if isinstance(given, _Declaration):
                delattr(cls, name)
                text, default, make, key = given
                found.append(Field(name, kind, text, default, make, name if key is None else key))
            else:
                found.append(Field(name, kind, "", given, None, name))
        cls.fields = tuple(found)

    def __init__(self, *values: Any, **named: Any) -> None:
        given = self.__dict__
        fields = self.fields
        given.update(zip([field.name for field in fields], values, strict=False))
        for field in fields[len(values) :]:
            if field.name in named:
                given[field.name] = named.pop(field.name)
            elif field.required:
                raise TypeError(f"{type(self).__name__} needs `{field.name}`")
            else:
                given[field.name] = field.initial()
        if named or len(values) > len(fields):
            raise TypeError(f"{type(self).__name__} has no field {', '.join(named) or len(values)}")

    def replaced(self, **changes: Any) -> Self:
        """The same with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: `{name}` cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: `{name}` cannot be deleted")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and tuple(self._shown()) == tuple(other._shown())

    def __hash__(self) -> int:
        return hash(tuple(self._shown()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._shown())})"

    def _shown(self) -> Iterator[tuple[str, Any]]:
        values = self.__dict__
        return ((field.name, values[field.name]) for field in self.fields if field.name not in self.hidden)
