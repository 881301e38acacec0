"""The command line as a whole: which commands there are, and how it ends when one fails."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click

from annotator.cli.endings import ended_as_by_hand
from annotator.cli.plain import write_plain
from annotator.cli.screen import explain_import, require_window
from annotator.cli.window import Window
from annotator.errors import AnnotatorError

FAILED = 2


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a command is written; its module is imported once the command is asked for."""

    module: str
    function: str
    summary: str


_COMMANDS = {
    "demo": _Place("demo", "demo", "Show the sample session, or tour it where there is no screen."),
    "doctor": _Place("doctor", "doctor", "Tell what this machine has and lacks."),
    "info": _Place("films", "info", "Tell what is in a film: picture, sound, timing."),
    "frame": _Place("films", "frame", "Save one exact frame of a film as a PNG picture."),
    "new": _Place("making", "new", "Make a session file for one or more films."),
    "tags": _Place("listing", "tags", "List the tags of a session."),
    "tag": _Place("tagging", "tag", "Add one tag to a session."),
    "passes": _Place("passes", "passes", "List the coding passes of a session."),
    "compare": _Place("comparing", "compare", "Tell where two coding passes differ."),
    "summary": _Place("summary", "summary", "Summarise counts, rates, durations and scores."),
    "talk": _Place("talk", "talk", "Measure who speaks when: shares, turns, silences."),
    "transitions": _Place("transitions", "transitions", "Tell which code follows which."),
    "agree": _Place("agree", "agree", "Tell how far coders coincide, ready to report."),
    "figure": _Place("figure", "figure", "Draw a figure for print, with its numbers."),
    "codebook": _Place("codebook", "codebook", "List, show, check and move between codebooks."),
    "transcript": _Place("transcript", "transcript", "Import, show and export transcripts."),
    "clips": _Place("clips", "clips", "Cut moments out of the film, as consent allows."),
    "mask": _Place("mask", "mask", "Copy a film with faces and voices masked."),
    "convert": _Place("convert", "convert", "Bring in and hand on files of other programs."),
    "consent": _Place("consent", "consent", "Tell and write down what may be shown to whom."),
    "silences": _Place("silences", "silences", "List the silences, or add them as proposals."),
    "align": _Place("align", "align", "Find how much later one recording began than another."),
    "cache": _Place("cache", "cache", "Tell what is kept of sounds, or delete it."),
    "check": _Place("checking", "check", "Find every problem in sessions and codebooks."),
}


def command_names() -> tuple[str, ...]:
    """Name the commands in the order in which they are met."""
    return tuple(_COMMANDS)


def command(name: str) -> click.Command:
    """Import one of the commands; raises KeyError where there is none of that name."""
    place = _COMMANDS[name]
    found: click.Command = getattr(import_module(f"annotator.cli.{place.module}"), place.function)
    return found


class _Commands(click.Group):
    """Our commands, each imported when it is asked for; any other word is a file to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are met."""
        return [*_COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is none of that name."""
        if cmd_name == _open.name:
            return _open
        return command(cmd_name) if cmd_name in _COMMANDS else super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command for a file to open."""
        if args[0] in _COMMANDS:
            return super().resolve_command(ctx, args)
        return _open.name, _open, args

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help as it stands, so that its lines stay under one another."""
        write_plain(ctx.command.help or "", formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            rows = [(name, _COMMANDS[name].summary) for name in self.list_commands(ctx)]
            formatter.write_dl(rows)


@click.command("open", options_metavar="")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1)
@click.pass_obj
def _open(window: Window, files: tuple[Path, ...]) -> int:
    """Open a film or a session in the window."""
    file = files[0]
    if not file.exists():
        raise _no_such(str(file))
    if len(files) > 1:
        remedy = "To make one session of several films: annotator new FILM FILM …"
        raise AnnotatorError("The window opens one film or session at a time.", remedy)
    require_window(os.environ)
    return window.open(file)


def _no_such(word: str) -> AnnotatorError:
    """Say that a word is neither a command nor a file, with the nearest command if one is near."""
    near = get_close_matches(word, _COMMANDS, n=1)
    hint = f'Did you mean "annotator {near[0]}"?' if near else "See annotator --help."
    return AnnotatorError(f'There is no file and no command "{word}".', hint)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    subcommand_metavar="[FILE | COMMAND …]",
    options_metavar="",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 92},
)
@click.version_option(package_name="annotator", message="annotator %(version)s")
@click.pass_context
def _annotator(ctx: click.Context) -> int:
    """Step through filmed therapy sessions and attach timestamped tags.

    annotator                opens the window with its welcome page
    annotator FILM           opens a film; its session is kept beside it
    annotator X.session.json opens a session

    The commands below work without a window and without a screen. Times are
    seconds such as 12.48, or a clock such as 1:23.48. Every command ends
    with exit code 0 when all went well and 2 when it could not do its work.
    """
    if ctx.invoked_subcommand is not None:
        return 0
    require_window(os.environ)
    window: Window = ctx.obj
    return window.open(None)


def run(arguments: Sequence[str], window: Window) -> int:
    """Carry out a command line and give the exit code; what goes wrong is told on stderr."""
    try:
        with ended_as_by_hand():
            outcome = _annotator.main(
                list(arguments), prog_name="annotator", standalone_mode=False, obj=window
            )
    except click.ClickException as mistake:
        mistake.show()
        return mistake.exit_code
    except click.Abort:
        return _fail("Stopped.")
    except AnnotatorError as error:
        return _fail(f"{error.what}\n{error.remedy}".strip())
    except ImportError as error:
        explanation = explain_import(error)
        if not explanation:
            raise
        return _fail(f"{explanation}\n`annotator doctor` lists all that is missing.")
    return outcome if isinstance(outcome, int) else 0


def _fail(message: str) -> int:
    click.echo(message, err=True)
    return FAILED
