"""Commands, and groups of them, whose help is shown line by line as it is written."""

from __future__ import annotations

from inspect import cleandoc

import click


class PlainCommand(click.Command):
    """A command that shows its help as it stands, so that examples keep their lines."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help without filling its lines anew."""
        write_plain(ctx.command.help or "", formatter)


class PlainGroup(click.Group):
    """Commands under one name, whose help keeps its lines."""

    command_class = PlainCommand

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help without filling its lines anew."""
        write_plain(ctx.command.help or "", formatter)


def write_plain(text: str, formatter: click.HelpFormatter) -> None:
    """Write a help text, indented by two, without filling its lines anew."""
    formatter.write_paragraph()
    for line in cleandoc(text).splitlines():
        formatter.write(f"  {line}".rstrip() + "\n")
