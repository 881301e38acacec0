"""Puts several options on a command at once, so that they can be told in groups."""

from __future__ import annotations

from collections.abc import Callable

Command = Callable[..., int]


def with_options(command: Command, *options: Callable[[Command], Command]) -> Command:
    """Put options on a command, in the order in which its help lists them."""
    for option in reversed(options):
        command = option(command)
    return command
