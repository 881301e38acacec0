"""Values typed on the command line, read exactly."""

from __future__ import annotations

import click

from annotator.model.time import Micros, from_clock

_QUIETEST = -120


class Moment(click.ParamType[Micros]):
    """A time: seconds such as 12.48, or a clock such as 1:23.48; at most six decimals."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Micros:
        """Read a time, or refuse it with an example of one."""
        if isinstance(value, int):
            return Micros(value)
        try:
            return from_clock(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a time such as 12.48 or 1:23.48", param, ctx)


MOMENT = Moment()


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
