"""Values typed on the command line, read exactly."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

import click

from annotator.model.time import Micros, from_clock

Kind = TypeVar("Kind", bound=StrEnum)

_QUIETEST = -120


class Moment(click.ParamType[Micros]):
    """A time: seconds such as 12.48, or a clock such as 1:23.48; at most six decimals.

    Where it `is_length` it cannot be less than 0.
    """

    name = "time"

    def __init__(self, *, is_length: bool = False) -> None:
        self._is_length = is_length

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Micros:
        """Read a time, or refuse it with an example of one."""
        if isinstance(value, int):
            return Micros(value)
        try:
            time = from_clock(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a time such as 12.48 or 1:23.48", param, ctx)
        if time < 0 and self._is_length:
            self.fail(f"{value} is less than nothing; give 0 or more", param, ctx)
        return time


MOMENT = Moment()
LENGTH = Moment(is_length=True)


class Level(click.ParamType[float | None]):
    """A loudness in dBFS from -120 to 0, or "auto", which is None."""

    name = "level"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | None:
        """Read a loudness, or refuse it with an example of one."""
        text = str(value).strip().lower().removesuffix("dbfs").removesuffix("db")
        if text == "auto":
            return None
        try:
            level = float(text)
        except ValueError:
            level = 1.0
        if not _QUIETEST <= level <= 0:
            self.fail(f"{value!r} is neither auto nor a loudness such as -40", param, ctx)
        return level


LEVEL = Level()


class SeveralOf(click.ParamType[frozenset[Kind]]):
    """Some of what there is of a kind, with commas between, as faces,voice."""

    name = "list"

    def __init__(self, kind: type[Kind], noun: str, nothing: str = "") -> None:
        """Call one of them by the noun; `nothing` is a word for none of them, if there is any."""
        self._known = {one.value: one for one in kind}
        self._noun, self._nothing = noun, nothing

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[Kind]:
        """Read the words, or refuse one that there is not with those that there are."""
        words = {word for part in str(value).split(",") if (word := part.strip())}
        words -= {self._nothing}
        for word in sorted(words - set(self._known)):
            known = ", ".join([*self._known, *filter(None, [self._nothing])])
            told = f'There is no {self._noun} "{word}"; {self._noun}s are {known}.'
            self.fail(told, param, ctx)
        return frozenset(self._known[word] for word in words)
