"""How single values and whole objects go to JSON and come back: the table codecs are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Generic, TypeVar

from annotator.model.coding import Tag
from annotator.model.rules import Problem
from annotator.model.session import ExcludedSpan
from annotator.model.time import Interval, Micros, from_seconds, to_seconds, to_seconds_text
from annotator.model.transcript import Cue, Word
from annotator.storage.codec_text import is_too_deep, joined, shown

T = TypeVar("T")
Timed = TypeVar("Timed", Tag, Cue, Word, ExcludedSpan)

Problems = list[Problem]

_extra_of = attrgetter("extra")

_WHOLE = 100  # percent
_LARGEST = 10**15  # beyond it a float no longer tells one whole number from the next


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value: `read` gives the model's value, or anything after noting a problem."""

    read: Callable[[object, str, Problems], object]
    write: Callable[[object], object]

    @property
    def maybe(self) -> Kind:
        """The same kind of value, or null where there is none; null itself is never read."""
        return Kind(self.read, lambda value: None if value is None else self.write(value))


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an object; `name` is the model's field where that differs.

    Where a key that is not `required` is missing or null, the model's own default stands. One
    that is `seldom` set is written only where it is, so that most files do without it.
    """

    key: str
    kind: Kind
    name: str = ""
    required: bool = False
    seldom: bool = False

    @property
    def attribute(self) -> str:
        """The name of the field in the model."""
        return self.name or self.key


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """One kind of object: its keys in order of writing; keys it does not know survive."""

    make: Callable[..., T]
    fields: tuple[Field, ...]

    def read(self, raw: object, path: str, problems: Problems) -> T | None:
        """Read an object, noting each problem with its path; None where there was any."""
        if not isinstance(raw, dict):
            problems.append(Problem(path, f"{shown(raw)} is not an object"))
            return None
        before = len(problems)
        values: dict[str, object] = {}
        for field in self.fields:
            value = raw.get(field.key)
            where = joined(path, field.key)
            if value is not None:
                values[field.attribute] = field.kind.read(value, where, problems)
            elif field.required:
                missing = "null is no value for this" if field.key in raw else "this is missing"
                problems.append(Problem(where, missing))
        values["extra"] = self.unknown(raw, path, problems)
        return self.make(**values) if len(problems) == before else None

    def unknown(
        self, raw: Mapping[str, object], path: str, problems: Problems
    ) -> dict[str, object]:
        """Give the keys that this shape does not know, with their values as they were read."""
        known = {field.key for field in self.fields}
        extra = {key: value for key, value in raw.items() if key not in known}
        for key, value in extra.items():
            if is_too_deep(value):
                where = joined(path, key)
                problems.append(Problem(where, "lists and objects are nested too deeply"))
        return extra

    def write(self, value: object) -> dict[str, object]:
        """Give the object as JSON keeps it, known keys first, in order."""
        tree = {
            field.key: field.kind.write(one)
            for field in self.fields
            if (one := getattr(value, field.attribute)) or not field.seldom
        }
        extra: Mapping[str, object] = _extra_of(value)
        known = {field.key for field in self.fields} if extra else ()
        return tree | {key: one for key, one in extra.items() if key not in known}

    @property
    def kind(self) -> Kind:
        """An object of this shape as a value."""
        return Kind(self.read, self.write)

    @property
    def maybe(self) -> Kind:
        """An object of this shape, or null where there is none."""
        return self.kind.maybe

    def unless(self, usual: T) -> Kind:
        """Give an object of this shape, written as null where it is the usual one."""
        return Kind(self.read, lambda value: None if value == usual else self.write(value))


def list_of(kind: Kind) -> Kind:
    """Give the kind of a list whose members are all of one kind."""

    def read(raw: object, path: str, problems: Problems) -> object:
        if not isinstance(raw, list):
            problems.append(Problem(path, f"{shown(raw)} is not a list"))
            return ()
        members = enumerate(raw)
        return tuple(kind.read(member, f"{path}[{index}]", problems) for index, member in members)

    def write(value: object) -> object:
        return [kind.write(member) for member in value] if isinstance(value, tuple) else []

    return Kind(read, write)


def one_of(kinds: type[StrEnum]) -> Kind:
    """Give the kind of a word out of an enumeration."""
    known = {member.value: member for member in kinds}

    def read(raw: object, path: str, problems: Problems) -> object:
        found = known.get(raw) if isinstance(raw, str) else None
        if found is None:
            words = ", ".join(f'"{word}"' for word in known)
            problems.append(Problem(path, f"{shown(raw)} is none of {words}"))
        return found

    return Kind(read, str)


def _as_it_is(value: object) -> object:
    return value


def read_text(raw: object, path: str, problems: Problems) -> str | None:
    """Read a text; None after noting a problem."""
    if isinstance(raw, str):
        return raw
    problems.append(Problem(path, f"{shown(raw)} is not a text in quotes"))
    return None


def _read_id(raw: object, path: str, problems: Problems) -> object:
    if raw == "":
        problems.append(Problem(path, "this may not be empty"))
    return read_text(raw, path, problems)


def _read_yes_no(raw: object, path: str, problems: Problems) -> object:
    if not isinstance(raw, bool):
        problems.append(Problem(path, f"{shown(raw)} is neither true nor false"))
    return raw


def _read_whole(raw: object, path: str, problems: Problems) -> object:
    if not isinstance(raw, int) or isinstance(raw, bool):
        problems.append(Problem(path, f"{shown(raw)} is not a whole number"))
    return raw


def _read_count(raw: object, path: str, problems: Problems) -> object:
    if isinstance(raw, int) and raw < 0:
        problems.append(Problem(path, f"{shown(raw)} is less than nothing"))
    return _read_whole(raw, path, problems)


def _read_percent(raw: object, path: str, problems: Problems) -> object:
    if isinstance(raw, int) and not 1 <= raw <= _WHOLE:
        problems.append(Problem(path, f"{shown(raw)} is not from 1 to {_WHOLE}"))
    return _read_whole(raw, path, problems)


def _read_number(raw: object, path: str, problems: Problems) -> object:
    if (isinstance(raw, Decimal) or type(raw) is int) and -_LARGEST < raw < _LARGEST:
        return float(raw)
    problems.append(Problem(path, f"{shown(raw)} is not a number that can be used"))
    return None


def _write_number(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def read_time(raw: object, path: str, problems: Problems) -> Micros:
    """Read decimal seconds; 0 after noting a problem."""
    if isinstance(raw, Decimal) or type(raw) is int:
        try:
            return from_seconds(raw)
        except ValueError as error:
            problems.append(Problem(path, f"{shown(raw)} has {error}"))
    else:
        problems.append(Problem(path, f"{shown(raw)} is not a number of seconds"))
    return Micros(0)


def _read_length(raw: object, path: str, problems: Problems) -> object:
    length = read_time(raw, path, problems)
    if length < 0:
        problems.append(Problem(path, f"{shown(raw)} seconds is less than nothing"))
    return length


def _write_time(value: object) -> object:
    return to_seconds(Micros(value)) if isinstance(value, int) else None


def read_interval(raw: object, path: str, problems: Problems) -> Interval | None:
    """Read the start and end of an object; None after noting a problem."""
    if not isinstance(raw, dict):
        problems.append(Problem(path, f"{shown(raw)} is not an object"))
        return None
    before = len(problems)
    ends = [_read_end(raw, key, path, problems) for key in ("start", "end")]
    if len(problems) == before and ends[1] < ends[0]:
        told = f"{shown(raw['end'])} lies before the start {shown(raw['start'])}"
        problems.append(Problem(joined(path, "end"), told))
    return Interval(ends[0], ends[1]) if len(problems) == before else None


def _read_end(raw: Mapping[str, object], key: str, path: str, problems: Problems) -> Micros:
    where = joined(path, key)
    if raw.get(key) is None:
        problems.append(Problem(where, "this is missing"))
        return Micros(0)
    return read_time(raw[key], where, problems)


def ordered(timed: Timed | None, path: str, problems: Problems) -> Timed | None:
    """Give what was read, but None after noting where its end lies before its start."""
    if timed is None or timed.start <= timed.end:
        return timed
    told = f"{to_seconds_text(timed.end)} lies before the start {to_seconds_text(timed.start)}"
    problems.append(Problem(joined(path, "end"), told))
    return None


def _write_interval(value: object) -> object:
    if not isinstance(value, Interval):
        return None
    return {"start": to_seconds(value.start), "end": to_seconds(value.end)}


def _read_words(raw: object, path: str, problems: Problems) -> object:
    if not isinstance(raw, dict):
        problems.append(Problem(path, f"{shown(raw)} is not an object"))
        return {}
    for key, value in raw.items():
        read_text(value, joined(path, key), problems)
    return raw


def _write_words(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else {}


TEXT = Kind(read_text, _as_it_is)
ID = Kind(_read_id, _as_it_is)
YES_NO = Kind(_read_yes_no, _as_it_is)
WHOLE = Kind(_read_whole, _as_it_is)
COUNT = Kind(_read_count, _as_it_is)
PERCENT = Kind(_read_percent, _as_it_is)
NUMBER = Kind(_read_number, _write_number)
TIME = Kind(read_time, _write_time)
LENGTH = Kind(_read_length, _write_time)
INTERVAL = Kind(read_interval, _write_interval)
WORDS = Kind(_read_words, _write_words)
