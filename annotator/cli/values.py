"""Values typed on the command line, read exactly."""

from __future__ import annotations

import click

from annotator.model.time import Micros, from_clock


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
